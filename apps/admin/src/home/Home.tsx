import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { useKind } from '../layout/role';
import { Exposure } from './Exposure';
import { FallingDue } from './FallingDue';
import { Health } from './Health';
import { Held } from './Held';
import { Inbox } from './Inbox';
import { Lines } from './Lines';
import { Overdue } from './Overdue';
import { Pipeline } from './Pipeline';

/** First what waits for the reader, then the numbers of the role. */
export function Home() {
  const text = useText();
  const { kind } = useKind();
  return (
    <>
      <PageTitle title={text('frame.home')} />
      <Inbox />
      {kind === 'CORE' && (
        <>
          <Overdue />
          <FallingDue title={text('home.payables')} to="/settlements" />
          <Lines />
        </>
      )}
      {kind === 'SUPPLIER' && (
        <>
          <Held />
          <FallingDue title={text('home.receivables')} to="/holdings" />
        </>
      )}
      {kind === 'BANK' && (
        <>
          <SideBySide>
            <Pipeline />
            <Exposure />
          </SideBySide>
          <FallingDue title={text('home.collections')} to="/holdings" />
        </>
      )}
      {kind === 'OPERATOR' && <Health />}
      {kind === 'REGULATOR' && (
        <>
          <Overdue />
          <FallingDue title={text('home.outstanding')} to="/certificates" />
          <Exposure />
        </>
      )}
    </>
  );
}

function SideBySide({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        columnGap: 2,
        alignItems: 'start',
      }}
    >
      {children}
    </Box>
  );
}
