import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';
import { Act } from '../command/Act';
import { DateWithDays } from '../date/DateWithDays';
import { useText } from '../i18n';
import { Panel } from '../layout/Panel';
import { Empty } from '../list/Empty';
import { Money } from '../money/Money';
import { useMemberName } from '../party/name';
import { StateChip } from '../state/StateChip';
import { inOrderOfCost, type Financing, type Quote } from './financing';

/** Quotes side by side, the most cash first; the applicant takes one, a bank withdraws its own. */
export function Quotes({ financing }: { financing: Financing }) {
  const text = useText();
  const nameOf = useMemberName();
  const { id, role, quotes, invitations, stage } = financing;
  const sorted = inOrderOfCost(quotes);
  const waiting = invitations.filter(
    ({ bank, state }) => state === 'open' && !quotes.some((quote) => quote.bank.id === bank.id),
  );
  const refused = invitations.filter(({ state }) => state === 'refused');
  const rows: readonly [string, (quote: Quote) => ReactNode][] = [
    [text('financing.net'), ({ net }) => <Money value={net} big />],
    [text('financing.apr'), ({ apr }) => <strong>{apr} %</strong>],
    [text('financing.rate'), ({ rate, basis }) => `${rate} % · ${text(`financing.bases.${basis}`)}`],
    [
      text('financing.days'),
      ({ days, valueDate, endDate }) => text('financing.daysOf', { days, from: valueDate, to: endDate }),
    ],
    [text('financing.interest'), ({ interest }) => <Money value={interest} />],
    [text('financing.fees'), ({ fees }) => <Fees fees={fees} />],
    [
      text('financing.recourse'),
      ({ recourse }) => text(recourse ? 'operation.word.withRecourse' : 'operation.word.withoutRecourse'),
    ],
    [
      text('financing.validUntil'),
      ({ validUntil, state }) => <DateWithDays date={validUntil} pressing={state === 'open'} />,
    ],
    [text('financing.state'), ({ state }) => <StateChip group="financing.quoteStates" state={state} />],
  ];
  return (
    <Panel title={text(role === 'bank' ? 'financing.ownQuotes' : 'financing.quotes')}>
      {sorted.length === 0 ? (
        <Empty title={text('financing.noQuotes')} hint={text('financing.noQuotesHint')} />
      ) : (
        <TableContainer tabIndex={0} aria-label={text('financing.quotes')}>
          <Table size="small" sx={{ width: 'auto', minWidth: '60%' }}>
            <TableHead>
              <TableRow>
                <TableCell />
                {sorted.map(({ id: quote, bank }) => (
                  <TableCell key={quote} align="right" sx={{ minWidth: 190 }}>
                    {nameOf(bank)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(([label, cell]) => (
                <TableRow key={label}>
                  <TableCell component="th" scope="row" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
                    {label}
                  </TableCell>
                  {sorted.map((quote) => (
                    <TableCell key={quote.id} align="right">
                      {cell(quote)}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
              {(stage === 'quoted' || stage === 'open') && (
                <TableRow>
                  <TableCell sx={{ borderBottom: 0 }} />
                  {sorted.map((quote) => (
                    <TableCell key={quote.id} align="right" sx={{ borderBottom: 0 }}>
                      {quote.state === 'open' && <QuoteCommand financing={id} role={role} quote={quote} />}
                    </TableCell>
                  ))}
                </TableRow>
              )}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {role === 'applicant' && (
        <Box sx={{ mt: 1.5, color: 'text.secondary' }}>
          {waiting.length > 0 && (
            <div>{text('financing.waiting', { banks: waiting.map(({ bank }) => nameOf(bank)).join(', ') })}</div>
          )}
          {refused.length > 0 && (
            <div>{text('financing.refusedBy', { banks: refused.map(({ bank }) => nameOf(bank)).join(', ') })}</div>
          )}
        </Box>
      )}
    </Panel>
  );
}

function QuoteCommand({ financing, role, quote }: { financing: string; role: Financing['role']; quote: Quote }) {
  const text = useText();
  const base = `/financings/${financing}/quotes/${quote.id}`;
  return role === 'applicant' ? (
    <Act can={quote.can} command="accept" path={`${base}/acceptance`} label={text('financing.accept')} />
  ) : (
    <Act
      can={quote.can}
      command="withdraw"
      path={`${base}/withdrawal`}
      label={text('financing.withdrawQuote')}
      variant="outlined"
      color="error"
      size="small"
    />
  );
}

function Fees({ fees }: { fees: Quote['fees'] }) {
  const text = useText();
  if (fees.length === 0) return text('frame.none');
  return fees.map(({ name, payee, amount }) => (
    <Box key={name + payee}>
      <Money value={amount} />
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.85em' }}>
        {name} → {payee}
      </Box>
    </Box>
  ));
}
