import Alert from '@mui/material/Alert';
import { useNavigate } from 'react-router-dom';
import type { Certificate } from '../certificates/certificate';
import { Instrument } from '../certificates/Instrument';
import { CommandButton } from '../command/CommandButton';
import { useRecord } from '../data/useRecord';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { TextLink } from '../layout/TextLink';
import { Money } from '../money/Money';
import { fenOf } from '../money/money';
import { useMemberName } from '../party/name';
import { StateChip } from '../state/StateChip';
import { Strip } from '../strip/Strip';
import type { Holding } from './holding';

export function HoldingPage() {
  return <RecordPage<Holding> resource="holdings">{(record) => <Shown holding={record} />}</RecordPage>;
}

/** One holding: how much, when it is paid, where it lies in its certificate, and what can be done with it. */
function Shown({ holding }: { holding: Holding }) {
  const text = useText();
  const navigate = useNavigate();
  const { id, certificate, amount, paid, depth, state, lock, can } = holding;
  const { data: whole } = useRecord<Certificate>('certificates', certificate.id);
  const live = state === 'free' || state === 'locked';
  return (
    <>
      <PageTitle
        title={text('holding.of', { no: certificate.no })}
        action={
          live && (
            <>
              <CommandButton can={can} command="finance" onClick={() => void navigate(`/holdings/${id}/cash`)}>
                {text('holding.cash')}
              </CommandButton>
              <CommandButton
                can={can}
                command="transfer"
                variant="outlined"
                onClick={() => void navigate(`/holdings/${id}/transfer`)}
              >
                {text('holding.transfer')}
              </CommandButton>
            </>
          )
        }
      >
        <TextLink to={`/certificates/${certificate.id}/show`}>{text('holding.toCertificate')}</TextLink>
      </PageTitle>
      <Panel title={text('holding.mine')} aside={<StateChip group="holding.states" state={state} />}>
        <Money value={amount} align="left" big />
        {lock !== null && <LockedBy lock={lock} />}
        <FactList
          columns={2}
          facts={[
            {
              label: text('holding.paidOn'),
              value: <DateWithDays date={certificate.rolledDueDate} pressing={certificate.phase !== 'settled'} />,
            },
            {
              label: text('certificate.state'),
              value: <StateChip group="certificate.phase" state={certificate.phase} />,
            },
            paid === undefined || fenOf(paid) === 0n
              ? null
              : { label: text('holding.paid'), value: <Money value={paid} /> },
            { label: text('holding.depth'), value: String(depth) },
          ]}
        />
      </Panel>
      {whole !== undefined && <InCertificate certificate={whole} holding={holding} />}
    </>
  );
}

const LOCK_PAGES = { transfer: 'transfers', financing: 'financings', settlement: 'settlements' } as const;

function LockedBy({ lock: { kind, order, until } }: { lock: NonNullable<Holding['lock']> }) {
  const text = useText();
  return (
    <Alert severity="info" sx={{ my: 1.5 }}>
      {text(`holding.lockedBy.${kind}`)} {until !== null && <DateWithDays date={until} />}{' '}
      {/* A holder sees its offers and applications; the issuer's payment is not its record. */}
      {kind !== 'settlement' && <TextLink to={`/${LOCK_PAGES[kind]}/${order}/show`}>{text('frame.open')}</TextLink>}
    </Alert>
  );
}

function InCertificate({ certificate, holding }: { certificate: Certificate; holding: Holding }) {
  const text = useText();
  const nameOf = useMemberName();
  const { strip, face, no, issuer, firstCreditor, issuedOn, dueDate, phase } = certificate;
  return (
    <>
      <Panel title={text('holding.inCertificate')}>
        <Strip
          label={text('holding.inCertificate')}
          faceFen={face === undefined ? undefined : fenOf(face)}
          parts={strip.map((part, index) => ({
            key: part.holdingId ?? `unseen-${String(index)}`,
            state: part.state,
            fen: part.amount === undefined ? undefined : fenOf(part.amount),
            label:
              part.holdingId === holding.id
                ? text('holding.this')
                : part.owner === undefined
                  ? text('strip.state.hatched')
                  : nameOf(part.owner),
          }))}
        />
      </Panel>
      <Instrument
        no={no}
        faceFen={face === undefined ? undefined : fenOf(face)}
        issuer={issuer}
        creditor={firstCreditor}
        issuedOn={issuedOn}
        dueDate={dueDate}
        state={<StateChip group="certificate.phase" state={phase} />}
      />
    </>
  );
}
