import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import { useState } from 'react';
import { FormDialog } from '../command/FormDialog';
import { useText } from '../i18n';
import { useCommand } from '../operation/useCommand';

const POINTS = ['documents', 'occupancy', 'fingerprint', 'limits', 'registrySearch'] as const;
type Point = (typeof POINTS)[number];

const NONE: Record<Point, boolean> = {
  documents: false,
  occupancy: false,
  fingerprint: false,
  limits: false,
  registrySearch: false,
};

/** The bank says what it has checked; every point is needed. Then maker, risk officer and checker sign. */
export function ApprovalDialog({ financing, onClose }: { financing: string; onClose: () => void }) {
  const text = useText();
  const [checklist, setChecklist] = useState(NONE);
  const { give, busy, problem } = useCommand<{ checklist: Record<Point, boolean> }>(
    `/financings/${financing}/approval`,
  );
  const submit = async () => {
    if ((await give({ checklist })) !== null) onClose();
  };
  return (
    <FormDialog
      title={text('financing.approve')}
      explain={text('financing.approveExplain')}
      busy={busy}
      problem={problem}
      ready={POINTS.every((point) => checklist[point])}
      onGive={() => void submit()}
      onClose={onClose}
    >
      <FormGroup>
        {POINTS.map((point) => (
          <FormControlLabel
            key={point}
            sx={{ alignItems: 'flex-start', mb: 1 }}
            control={
              <Checkbox
                checked={checklist[point]}
                onChange={(_, checked) => {
                  setChecklist({ ...checklist, [point]: checked });
                }}
                sx={{ py: 0 }}
              />
            }
            label={text(`financing.checklist.${point}`)}
          />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
