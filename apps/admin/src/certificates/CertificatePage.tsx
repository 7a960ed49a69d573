import Button from '@mui/material/Button';
import { useState } from 'react';
import { Act } from '../command/Act';
import { CommandButton } from '../command/CommandButton';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { Money } from '../money/Money';
import { fenOf } from '../money/money';
import { PaymentListing } from '../payments/PaymentListing';
import { PayDialog } from '../settlements/PayDialog';
import { StateChip } from '../state/StateChip';
import type { Certificate } from './certificate';
import { History } from './History';
import { Holders } from './Holders';
import { Instrument } from './Instrument';
import { Rights, TradeBehind } from './Terms';

export function CertificatePage() {
  return <RecordPage<Certificate> resource="certificates">{(record) => <Shown certificate={record} />}</RecordPage>;
}

/** The instrument first, then what is paid, who holds it, the trade behind it, its history and the holder's rights. */
function Shown({ certificate }: { certificate: Certificate }) {
  const text = useText();
  const { no, face, issuer, firstCreditor, issuedOn, dueDate, rolledDueDate, phase, terms, payments } = certificate;
  return (
    <>
      <PageTitle title={no} action={<Commands certificate={certificate} />} />
      <Instrument
        no={no}
        faceFen={face === undefined ? undefined : fenOf(face)}
        issuer={issuer}
        creditor={firstCreditor}
        issuedOn={issuedOn}
        dueDate={<DateWithDays date={dueDate} pressing={phase === 'overdue' || phase === 'defaulted'} />}
        state={<StateChip group="certificate.phase" state={phase} />}
      />
      <Standing certificate={certificate} />
      <Holders certificate={certificate} />
      {terms !== undefined && <TradeBehind terms={terms} />}
      {payments.length > 0 && (
        <Panel title={text('certificate.payments')}>
          <PaymentListing payments={payments} />
        </Panel>
      )}
      <Rights terms={terms} dueDate={rolledDueDate} />
      <History certificate={certificate} />
    </>
  );
}

/** Where it stands: to be accepted until when, or how much is paid and still owed. */
function Standing({ certificate }: { certificate: Certificate }) {
  const text = useText();
  const { phase, acceptBy, paid, outstanding, lateInterest, dueDate, rolledDueDate } = certificate;
  const waiting = phase === 'offered';
  const late = lateInterest !== undefined && fenOf(lateInterest) > 0n;
  if (!waiting && outstanding === undefined) return null;
  return (
    <Panel title={text('certificate.standing')}>
      <FactList
        columns={2}
        facts={[
          waiting
            ? { label: text('certificate.acceptBy'), value: <DateWithDays date={acceptBy} pressing /> }
            : paid === undefined
              ? null
              : { label: text('certificate.paid'), value: <Money value={paid} /> },
          waiting || outstanding === undefined
            ? null
            : { label: text('certificate.outstanding'), value: <Money value={outstanding} /> },
          late ? { label: text('certificate.lateInterest'), value: <Money value={lateInterest} /> } : null,
          rolledDueDate === dueDate
            ? null
            : { label: text('certificate.rolledDueDate'), value: <DateWithDays date={rolledDueDate} /> },
        ]}
      />
    </Panel>
  );
}

/** What the reader can do with it in its role; commands of other roles stay away. */
function Commands({ certificate }: { certificate: Certificate }) {
  const text = useText();
  const [paying, setPaying] = useState(false);
  const { id, can, roles, phase } = certificate;
  const offered = phase === 'offered' || phase === 'lapsed';
  const owing =
    phase === 'active' || phase === 'due' || phase === 'overdue' || phase === 'partPaid' || phase === 'defaulted';
  return (
    <>
      {roles.includes('creditor') && offered && (
        <>
          <Act can={can} command="accept" path={`/certificates/${id}/acceptance`} label={text('certificate.accept')} />
          <Act
            can={can}
            command="decline"
            path={`/certificates/${id}/refusal`}
            label={text('certificate.decline')}
            reason={{ question: text('certificate.declineQuestion') }}
            variant="outlined"
            color="error"
          />
        </>
      )}
      {roles.includes('issuer') && offered && (
        <Act
          can={can}
          command="withdraw"
          path={`/certificates/${id}/withdrawal`}
          label={text('certificate.withdraw')}
          variant="outlined"
          color="error"
        />
      )}
      {roles.includes('issuer') && owing && (
        <CommandButton
          can={can}
          command="settle"
          onClick={() => {
            setPaying(true);
          }}
        >
          {text('certificate.pay')}
        </CommandButton>
      )}
      <Button
        variant="text"
        onClick={() => {
          window.print();
        }}
        sx={{ display: { xs: 'none', md: 'inline-flex' } }}
      >
        {text('certificate.print')}
      </Button>
      {paying && (
        <PayDialog
          certificate={certificate}
          onClose={() => {
            setPaying(false);
          }}
        />
      )}
    </>
  );
}
