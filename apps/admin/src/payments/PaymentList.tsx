import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { useKind } from '../layout/role';
import { ProblemAlert } from '../problem/ProblemAlert';
import type { Payment } from './payment';
import { PaymentListing } from './PaymentListing';

/** Money that came to the firm, and money it paid. */
export function PaymentList() {
  const text = useText();
  const { kind } = useKind();
  const [chosen, setChosen] = useState<'in' | 'out' | null>(null);
  const direction = chosen ?? (kind === 'CORE' ? 'out' : 'in');
  const { data, error } = useQuery({
    queryKey: ['payments', 'getList', direction],
    queryFn: ({ signal }) => get<{ items: Payment[] }>('/payments', { direction }, signal),
  });
  return (
    <>
      <PageTitle title={text('frame.menu.payments')} />
      <Tabs
        value={direction}
        onChange={(_, next: 'in' | 'out') => {
          setChosen(next);
        }}
        aria-label={text('frame.menu.payments')}
        sx={{ mb: 1.5, minHeight: 40 }}
      >
        <Tab value="in" label={text('payment.in')} sx={{ minHeight: 40 }} />
        <Tab value="out" label={text('payment.out')} sx={{ minHeight: 40 }} />
      </Tabs>
      {error !== null && data === undefined ? (
        <ProblemAlert problem={error} />
      ) : (
        <PaymentListing payments={data?.items} ours={direction === 'out'} />
      )}
    </>
  );
}
