import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import Typography from '@mui/material/Typography';
import { useMediaQuery, useTheme } from '@mui/material';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { TextLink } from '../layout/TextLink';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { SettlementDetail } from './settlement';

const STATES = ['prepared', 'funded', 'allocated', 'closed'] as const;

export function SettlementPage() {
  return <RecordPage<SettlementDetail> resource="settlements">{(record) => <Shown settlement={record} />}</RecordPage>;
}

/** How far a payment is, what it is made of, and each holder's line in it. */
function Shown({ settlement }: { settlement: SettlementDetail }) {
  const text = useText();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { certificate, state, amount, principal, interest, outstanding, paidOn, full, lines } = settlement;
  return (
    <>
      <PageTitle
        title={text('settlement.of', { no: certificate.no })}
        action={<StateChip group="settlement.states" state={state} />}
      >
        <TextLink to={`/certificates/${certificate.id}/show`}>{text('settlement.toCertificate')}</TextLink>
      </PageTitle>
      <Panel title={text('settlement.progress')}>
        <Stepper
          activeStep={state === 'closed' ? STATES.length : STATES.indexOf(state)}
          orientation={narrow ? 'vertical' : 'horizontal'}
          alternativeLabel={!narrow}
        >
          {STATES.map((name) => (
            <Step key={name}>
              <StepLabel>{text(`settlement.states.${name}`)}</StepLabel>
            </Step>
          ))}
        </Stepper>
        <Typography color="text.secondary" sx={{ mt: 2 }}>
          {text(`settlement.means.${state}`)}
        </Typography>
      </Panel>
      <Panel title={text('settlement.amounts')}>
        <FactList
          columns={2}
          facts={[
            { label: text('settlement.payer'), value: <Party party={certificate.issuer} /> },
            { label: text('settlement.amount'), value: <Money value={amount} /> },
            principal === null ? null : { label: text('settlement.principal'), value: <Money value={principal} /> },
            interest === null ? null : { label: text('settlement.interest'), value: <Money value={interest} /> },
            outstanding === null
              ? null
              : { label: text('settlement.outstanding'), value: <Money value={outstanding} /> },
            { label: text('settlement.paidOn'), value: paidOn ?? '–' },
            state === 'prepared'
              ? null
              : { label: text('settlement.full'), value: text(full ? 'settlement.inFull' : 'settlement.inPart') },
          ]}
        />
      </Panel>
      <Panel title={text('settlement.lines')}>
        <Listing
          rows={lines}
          label={text('settlement.lines')}
          empty={<Empty title={text('settlement.noLines')} />}
          keyOf={({ holding }) => holding}
          columns={[
            { label: text('settlement.payee'), cell: ({ owner }) => <Party party={owner} /> },
            { label: text('settlement.payout'), cell: ({ payout }) => <Money value={payout} />, numeric: true },
            { label: text('settlement.interest'), cell: (line) => <Money value={line.interest} />, numeric: true },
            {
              label: text('settlement.state'),
              cell: (line) => <StateChip group="payment.states" state={line.state} />,
            },
            { label: text('payment.reference'), cell: ({ reference }) => reference ?? '–', from: 'md' },
          ]}
        />
      </Panel>
    </>
  );
}
