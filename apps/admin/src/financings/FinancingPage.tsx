import Alert from '@mui/material/Alert';
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import { useMediaQuery, useTheme } from '@mui/material';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import { AgreementPanel } from './AgreementPanel';
import { Commands } from './Commands';
import { deadlineOf, placeOf, WAY, type Financing } from './financing';
import { QuoteForm } from './QuoteForm';
import { Quotes } from './Quotes';
import { Verified } from './Verified';

export function FinancingPage() {
  return <RecordPage<Financing> resource="financings">{(record) => <Shown financing={record} />}</RecordPage>;
}

/** One application: how far it is, what is asked, the quotes, the agreement; for a bank also what was verified. */
function Shown({ financing }: { financing: Financing }) {
  const text = useText();
  const { id, role, stage, quotes, can, counterfeit } = financing;
  const asBank = role === 'bank';
  const quotable = asBank && (stage === 'open' || stage === 'quoted') && can.quote.allowed;
  return (
    <>
      <PageTitle
        title={text(asBank ? 'financing.titleBank' : 'financing.title')}
        action={<Commands financing={financing} />}
      />
      {counterfeit !== null && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {text('certificate.counterfeit', { why: counterfeit })}
        </Alert>
      )}
      <Way financing={financing} />
      <Asked financing={financing} />
      {(quotes.length > 0 || !asBank) && <Quotes financing={financing} />}
      {quotable && <QuoteForm financing={id} again={quotes.some(({ state }) => state === 'open')} />}
      <AgreementPanel financing={financing} />
      {asBank && <Verified financing={financing} />}
    </>
  );
}

function Way({ financing }: { financing: Financing }) {
  const text = useText();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { stage } = financing;
  const place = placeOf(stage);
  const until = deadlineOf(financing);
  return (
    <Panel title={text('financing.way')} aside={<StateChip group="financing.stages" state={stage} />}>
      {place >= 0 && (
        <Stepper
          activeStep={place}
          orientation={narrow ? 'vertical' : 'horizontal'}
          alternativeLabel={!narrow}
          sx={{ mb: 2 }}
        >
          {WAY.map((name) => (
            <Step key={name}>
              <StepLabel>{text(`financing.step.${name}`)}</StepLabel>
            </Step>
          ))}
        </Stepper>
      )}
      {text(`financing.means.${stage}`)}
      {until !== null && (
        <>
          {' '}
          {text('financing.until')} <DateWithDays date={until} pressing />
        </>
      )}
    </Panel>
  );
}

function Asked({ financing }: { financing: Financing }) {
  const text = useText();
  const { applicant, certificate, amount, recourse, interestBearer, note } = financing;
  return (
    <Panel title={text('financing.asked')}>
      <Money value={amount} align="left" big />
      <FactList
        columns={2}
        facts={[
          { label: text('financing.applicant'), value: <Party party={applicant} /> },
          certificate === null
            ? null
            : { label: text('financing.issuer'), value: <Party party={certificate.issuer} /> },
          certificate === null
            ? null
            : { label: text('financing.due'), value: <DateWithDays date={certificate.rolledDueDate} /> },
          recourse === undefined
            ? null
            : {
                label: text('financing.recourse'),
                value: text(recourse ? 'operation.word.withRecourse' : 'operation.word.withoutRecourse'),
              },
          interestBearer === undefined
            ? null
            : { label: text('financing.bearer'), value: text(`financing.bearers.${interestBearer}`) },
          note === undefined || note === '' ? null : { label: text('financing.note'), value: note },
        ]}
      />
    </Panel>
  );
}
