import { Act } from '../command/Act';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { TextLink } from '../layout/TextLink';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { Transfer } from './transfer';

export function TransferPage() {
  return <RecordPage<Transfer> resource="transfers">{(record) => <Shown transfer={record} />}</RecordPage>;
}

/** One offer: what is passed on, whose promise it is, the trade behind it, and the answer. */
function Shown({ transfer }: { transfer: Transfer }) {
  const text = useText();
  const { direction, sender, receiver, certificate, amount, background, until, state, opening } = transfer;
  const incoming = direction === 'in';
  return (
    <>
      <PageTitle
        title={text(incoming ? 'transfer.titleIn' : 'transfer.titleOut')}
        action={<Commands transfer={transfer} />}
      />
      <Panel title={text('transfer.what')} aside={<StateChip group="transfer.states" state={state} />}>
        <Money value={amount} align="left" big />
        {opening === 'missing' && <p>{text('transfer.missing')}</p>}
        <FactList
          columns={2}
          facts={[
            { label: text('transfer.sender'), value: <Party party={sender} /> },
            { label: text('transfer.receiver'), value: <Party party={receiver} /> },
            { label: text('transfer.until'), value: <DateWithDays date={until} pressing days={state === 'open'} /> },
          ]}
        />
      </Panel>
      {certificate !== null && (
        <Panel
          title={text('transfer.promise')}
          aside={<StateChip group="certificate.phase" state={certificate.phase} />}
        >
          <FactList
            columns={2}
            facts={[
              {
                label: text('transfer.certificate'),
                value: <TextLink to={`/certificates/${certificate.id}/show`}>{certificate.no}</TextLink>,
              },
              { label: text('certificate.debtor'), value: <Party party={certificate.issuer} /> },
              { label: text('certificate.face'), value: <Money value={certificate.face} /> },
              { label: text('certificate.dueDate'), value: <DateWithDays date={certificate.dueDate} /> },
            ]}
          />
        </Panel>
      )}
      {background !== undefined && (
        <Panel title={text('transfer.background')}>
          <FactList
            columns={2}
            facts={[
              { label: text('holding.background.contractNo'), value: background.contractNo },
              { label: text('holding.background.invoiceNo'), value: background.invoiceNo || '–' },
              background.note === '' ? null : { label: text('holding.background.note'), value: background.note },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

function Commands({ transfer: { id, direction, state, can } }: { transfer: Transfer }) {
  const text = useText();
  if (state !== 'open' && state !== 'lapsed') return null;
  return direction === 'in' ? (
    <>
      <Act can={can} command="accept" path={`/transfers/${id}/acceptance`} label={text('transfer.accept')} />
      <Act
        can={can}
        command="decline"
        path={`/transfers/${id}/refusal`}
        label={text('transfer.decline')}
        reason={{ question: text('transfer.declineQuestion') }}
        variant="outlined"
        color="error"
      />
    </>
  ) : (
    <Act
      can={can}
      command="withdraw"
      path={`/transfers/${id}/withdrawal`}
      label={text('transfer.withdraw')}
      reason={{ question: text('transfer.withdrawQuestion'), optional: true }}
      variant="outlined"
      color="error"
    />
  );
}
