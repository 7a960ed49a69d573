import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useOwnMember } from '../auth/session';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { RecordPage } from '../layout/RecordPage';
import { fenOf } from '../money/money';
import { useCommand } from '../operation/useCommand';
import { useMemberName } from '../party/name';
import { useParties } from '../party/useParty';
import { ProblemAlert } from '../problem/ProblemAlert';
import { StripCutter } from '../strip/StripCutter';
import type { Holding } from './holding';
import { HoldingHead } from './HoldingHead';
import { ReceiverCard } from './ReceiverCard';
import { complaintsOf, emptyReceiver, formOf, givenFen, typedOf } from './transfer-draft';

const MOST_RECEIVERS = 50;

/** Passes parts of a holding on: amounts are cut on the strip or typed, the remainder shows at once. */
export function TransferPage() {
  return <RecordPage<Holding> resource="holdings">{(record) => <Form holding={record} />}</RecordPage>;
}

function Form({ holding }: { holding: Holding }) {
  const text = useText();
  const navigate = useNavigate();
  const nameOf = useMemberName();
  const own = useOwnMember();
  const [receivers, setReceivers] = useState(() => [emptyReceiver(crypto.randomUUID())]);
  const [tried, setTried] = useState(false);
  const { give, busy, problem, fields } = useCommand(`/holdings/${holding.id}/transfers`);
  const parties = useParties(receivers.flatMap(({ member }) => (member === '' ? [] : [member])));
  const totalFen = holding.amount === undefined ? 0n : fenOf(holding.amount);
  const complaints = complaintsOf(totalFen, receivers);

  const complaint = (path: string): string | undefined => {
    const mine = complaints[path];
    // What is too much is told while it is typed; what is still missing only once the form was given.
    if (mine !== undefined && (tried || mine === 'tooMuch')) return text(`holding.need.${mine}`);
    return fields[path] ?? fields[`${path}.amount`];
  };
  const change = (index: number, changed: Partial<(typeof receivers)[number]>) => {
    setReceivers(receivers.map((one, at) => (at === index ? { ...one, ...changed } : one)));
  };
  const submit = async () => {
    setTried(true);
    if (Object.keys(complaints).length > 0) return;
    if ((await give(formOf(receivers))) !== null) void navigate('/transfers');
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PageTitle title={text('holding.transferTitle')} />
      <HoldingHead holding={holding} />
      <Card sx={{ p: 2, mb: 2 }}>
        <StripCutter
          label={text('holding.cut')}
          totalFen={totalFen}
          pieces={receivers.map((receiver, index) => {
            const party = parties.get(receiver.member);
            return {
              key: receiver.key,
              label: party === undefined ? text('holding.receiver', { number: index + 1 }) : nameOf(party),
              fen: givenFen(receiver),
            };
          })}
          onChange={(index, fen) => {
            change(index, { amount: typedOf(fen) });
          }}
        />
      </Card>
      {receivers.map((receiver, index) => (
        <ReceiverCard
          key={receiver.key}
          number={index + 1}
          receiver={receiver}
          without={own === undefined ? [] : [own.id]}
          onChange={(changed) => {
            change(index, changed);
          }}
          onRemove={
            receivers.length === 1
              ? undefined
              : () => {
                  setReceivers(receivers.filter(({ key }) => key !== receiver.key));
                }
          }
          complaint={(field) => complaint(`receivers.${String(index)}.${field}`)}
        />
      ))}
      {problem !== null && <ProblemAlert problem={problem} />}
      <Box sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1, mt: 2 }}>
        <Button
          startIcon={<Add />}
          disabled={receivers.length >= MOST_RECEIVERS}
          onClick={() => {
            setReceivers([...receivers, emptyReceiver(crypto.randomUUID())]);
          }}
        >
          {text('holding.addReceiver')}
        </Button>
        <Button type="submit" variant="contained" loading={busy}>
          {text('command.go')}
        </Button>
      </Box>
    </form>
  );
}
