import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import { addMonthsClamped } from '@tallystick/domain';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { getPage } from '../../api/reads';
import { useText } from '../../i18n';
import { useNetwork } from '../../layout/network';
import { PageTitle } from '../../layout/PageTitle';
import type { Line } from '../../lines/line';
import { fenOf } from '../../money/money';
import { useCommand } from '../../operation/useCommand';
import { ProblemAlert } from '../../problem/ProblemAlert';
import { emptyDraft, formOf, stepOf, termsComplaints, tradeComplaints } from './draft';
import { ReviewStep } from './ReviewStep';
import { TermsStep } from './TermsStep';
import { TradeStep } from './TradeStep';

const STEPS = ['trade', 'terms', 'review'] as const;

/** Issues a certificate in three steps: whom and for which invoices, terms, review and sign. */
export function IssuePage() {
  const { data: network } = useNetwork();
  const months = Number(network?.rulePack['maxTenorMonths'] ?? 6);
  if (network === undefined) return <Loading />;
  const today = network.businessDate;
  return <Wizard today={today} months={months} latest={addMonthsClamped(today, months)} />;
}

function Wizard({ today, months, latest }: { today: string; months: number; latest: string }) {
  const text = useText();
  const navigate = useNavigate();
  const [step, setStep] = useState<0 | 1 | 2>(0);
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState(() => emptyDraft(crypto.randomUUID()));
  const { give, busy, problem, fields, clear } = useCommand('/certificates');
  const lines = useQuery({
    queryKey: ['lines', 'getList', 'issue'],
    queryFn: ({ signal }) => getPage<Line>('/lines', { limit: 100 }, signal),
  }).data?.items.filter(({ can }) => can.issue.allowed);
  const only = lines?.length === 1 ? lines[0]?.id : undefined;
  const filled = { ...draft, line: draft.line === '' ? (only ?? '') : draft.line };
  const available = lines?.find(({ id }) => id === filled.line)?.available;

  const bounds = { today, latest, availableFen: available === undefined ? undefined : fenOf(available) };
  const mine = step === 0 ? tradeComplaints(filled) : step === 1 ? termsComplaints(filled, bounds) : {};
  const complaint = (path: string): string | undefined => {
    const own = tried ? mine[path] : undefined;
    return own === undefined ? (fields[path] ?? fields[`${path}.amount`]) : text(`certificate.issue.need.${own}`);
  };
  const go = (to: 0 | 1 | 2) => {
    setTried(false);
    setStep(to);
    window.scrollTo({ top: 0 });
  };
  const next = async () => {
    if (Object.keys(mine).length > 0) {
      setTried(true);
      return;
    }
    if (step < 2) {
      go(step === 0 ? 1 : 2);
      return;
    }
    if ((await give(formOf(filled, latest))) !== null) void navigate('/certificates');
  };
  const wrong = Object.keys(fields)[0];
  return (
    <>
      <PageTitle title={text('certificate.issue.title')} />
      <Stepper activeStep={step} alternativeLabel sx={{ mb: 3 }}>
        {STEPS.map((name) => (
          <Step key={name}>
            <StepLabel>{text(`certificate.issue.step.${name}`)}</StepLabel>
          </Step>
        ))}
      </Stepper>
      <Card sx={{ p: { xs: 1.5, sm: 3 } }}>
        {step === 0 && (
          <TradeStep
            draft={filled}
            onChange={(changed) => {
              clear();
              setDraft(changed);
            }}
            complaint={complaint}
          />
        )}
        {step === 1 && (
          <TermsStep
            draft={filled}
            onChange={(changed) => {
              clear();
              setDraft(changed);
            }}
            complaint={complaint}
            lines={lines}
            latest={latest}
            months={months}
            today={today}
          />
        )}
        {step === 2 && (
          <ReviewStep draft={filled} today={today} bank={lines?.find(({ id }) => id === filled.line)?.bank} />
        )}
        {problem !== null && (
          <Box sx={{ mt: 2 }}>
            <ProblemAlert problem={problem} />
            {step === 2 && wrong !== undefined && (
              <Button
                onClick={() => {
                  go(stepOf(wrong));
                }}
              >
                {text('certificate.issue.back')}
              </Button>
            )}
          </Box>
        )}
        <Box sx={{ display: 'flex', justifyContent: 'space-between', mt: 3, gap: 1 }}>
          <Button
            disabled={step === 0}
            onClick={() => {
              go(step === 2 ? 1 : 0);
            }}
          >
            {text('certificate.issue.back')}
          </Button>
          <Button variant="contained" loading={busy} onClick={() => void next()}>
            {text(step === 2 ? 'certificate.issue.submit' : 'certificate.issue.next')}
          </Button>
        </Box>
      </Card>
    </>
  );
}
