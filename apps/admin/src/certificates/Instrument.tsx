import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { amountInWords } from '@tallystick/domain';
import type { ReactNode } from 'react';
import type { PartyRef } from '../api/types';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { Party } from '../party/Party';

interface Props {
  /** Missing for one that is not issued yet. */
  no?: string;
  faceFen: bigint | undefined;
  issuer: PartyRef | undefined;
  creditor: PartyRef | undefined;
  issuedOn?: string | undefined;
  dueDate: ReactNode;
  state?: ReactNode;
}

/** A certificate as the paper it stands for: number, promise, amount in figures and capitals, parties, dates. */
export function Instrument({ no, faceFen, issuer, creditor, issuedOn, dueDate, state }: Props) {
  const text = useText();
  return (
    <Box
      component="section"
      aria-label={text('certificate.instrument')}
      sx={(theme) => ({
        position: 'relative',
        mb: 2,
        p: { xs: 2, sm: 3 },
        pl: { xs: 3.5, sm: 5 },
        bgcolor: 'background.paper',
        border: `1px solid ${theme.palette.divider}`,
        outline: `1px solid ${theme.palette.divider}`,
        outlineOffset: -6,
        borderRadius: 1,
        // The notched edge of a tally.
        '&::before': {
          content: '""',
          position: 'absolute',
          left: 6,
          top: 6,
          bottom: 6,
          width: 10,
          background: `repeating-linear-gradient(${theme.palette.primary.main} 0 14px, transparent 14px 18px)`,
        },
      })}
    >
      <Box sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1, alignItems: 'baseline' }}>
        <Typography variant="h2" sx={{ letterSpacing: '0.04em' }}>
          {text('certificate.instrument')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          {no !== undefined && (
            <Typography sx={{ fontFamily: 'ui-monospace, Consolas, monospace', overflowWrap: 'anywhere' }}>
              {no}
            </Typography>
          )}
          {state}
        </Box>
      </Box>
      <Box sx={{ my: 2 }}>
        <Money value={faceFen} align="left" big />
        {faceFen !== undefined && faceFen > 0n && (
          <Typography lang="zh-CN" sx={{ mt: 0.5, letterSpacing: '0.06em', overflowWrap: 'anywhere' }}>
            人民币 {amountInWords(faceFen)}
          </Typography>
        )}
      </Box>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        <Entry label={text('certificate.debtor')}>
          <Party party={issuer} withId />
        </Entry>
        <Entry label={text('certificate.creditor')}>
          <Party party={creditor} withId />
        </Entry>
        {issuedOn !== undefined && <Entry label={text('certificate.issuedOn')}>{issuedOn}</Entry>}
        <Entry label={text('certificate.dueDate')}>{dueDate}</Entry>
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 2 }}>
        {text('certificate.promise')}
      </Typography>
    </Box>
  );
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography component="dt" variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
        {children}
      </Box>
    </Box>
  );
}
