import { FactList } from '../fact/FactList';
import { useRecord } from '../data/useRecord';
import { useText } from '../i18n';
import type { Certificate } from '../certificates/certificate';
import { History } from '../certificates/History';
import { Instrument } from '../certificates/Instrument';
import { TradeBehind } from '../certificates/Terms';
import { Panel } from '../layout/Panel';
import { fenOf } from '../money/money';
import { StateChip } from '../state/StateChip';
import { minuteOf } from '../date/days';
import type { Financing } from './financing';

/** One page for the bank: the promise itself, the trade behind it, what was verified, by whom and when. */
export function Verified({ financing: { certificate: short } }: { financing: Financing }) {
  const text = useText();
  const { data: certificate } = useRecord<Certificate>('certificates', short?.id);
  const shown = certificate ?? short;
  if (shown === null) return null;
  const { no, face, issuer, firstCreditor, issuedOn, dueDate, phase } = shown;
  return (
    <>
      <Instrument
        no={no}
        faceFen={face === undefined ? undefined : fenOf(face)}
        issuer={issuer}
        creditor={firstCreditor}
        issuedOn={issuedOn}
        dueDate={dueDate}
        state={<StateChip group="certificate.phase" state={phase} />}
      />
      {certificate !== undefined && (
        <>
          <Panel title={text('financing.verified')}>
            <Facts certificate={certificate} />
          </Panel>
          {certificate.terms !== undefined && <TradeBehind terms={certificate.terms} />}
          <History certificate={certificate} />
        </>
      )}
    </>
  );
}

/** What the ledger enforced when it took the certificate, and what was checked on arrival. */
function Facts({ certificate: { undertakings, history, verified } }: { certificate: Certificate }) {
  const text = useText();
  const issued = history.find(({ fn }) => fn === 'issueMany');
  const accepted = history.find(({ fn, contract }) => contract === 'certificate' && fn === 'accept');
  const when = (at: string | undefined) => (at === undefined ? text('financing.notSeen') : minuteOf(at));
  return (
    <FactList
      columns={2}
      facts={[
        {
          label: text('financing.fact.undertaking'),
          value: undertakings.map(({ role }) => text(roleText(role))).join(', '),
        },
        { label: text('financing.fact.occupancy'), value: when(issued?.at) },
        { label: text('financing.fact.accepted'), value: when(accepted?.at) },
        {
          label: text('financing.fact.opening'),
          value: text(verified.opening ? 'frame.yes' : 'financing.notSeen'),
        },
        {
          // Those who issued and accepted keep the signed text itself; a bank may rely on its hash and the undertaking.
          label: text('financing.fact.instruction'),
          value: text(verified.instruction ? 'frame.yes' : 'financing.byParties'),
        },
        { label: text('financing.fact.believed'), value: text(verified.believed ? 'frame.yes' : 'frame.no') },
      ]}
    />
  );
}

const roleText = (role: string) =>
  role === 'checker' ? 'frame.role.checker' : role === 'risk' ? 'frame.role.risk' : 'frame.role.maker';
