import { parseAmount } from '@tallystick/domain';
import { useState } from 'react';
import type { Money } from '../api/types';
import { FormDialog } from '../command/FormDialog';
import { useText } from '../i18n';
import { moneyOf } from '../money/money';
import { MoneyField } from '../money/MoneyField';
import { readTypedAmount } from '../money/typed-amount';
import { useCommand } from '../operation/useCommand';

/** Up to which amount one person of the firm signs alone; zero means always two. */
export function SoloLimitDialog({ limit, onClose }: { limit: string; onClose: () => void }) {
  const text = useText();
  const [typed, setTyped] = useState(limit === '0.00' ? '' : limit);
  const { give, busy, problem, fields } = useCommand<{ limit: Money }>('/members/me/solo-limit');
  const read = readTypedAmount(typed);
  const fen = read.ok ? read.fen : read.why === 'empty' || read.why === 'zero' ? parseAmount('0') : null;
  const submit = async () => {
    if (fen !== null && (await give({ limit: moneyOf(fen) })) !== null) onClose();
  };
  return (
    <FormDialog
      title={text('member.setSoloLimit')}
      explain={text('member.soloLimitExplain')}
      busy={busy}
      problem={problem}
      ready={fen !== null}
      onGive={() => void submit()}
      onClose={onClose}
    >
      <MoneyField
        label={text('member.soloLimit')}
        value={typed}
        onChange={setTyped}
        problem={fields['limit'] ?? fields['limit.amount']}
        autoFocus
      />
    </FormDialog>
  );
}
