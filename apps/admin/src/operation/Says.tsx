import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { ShortId } from '../id/ShortId';
import { PartyById } from '../party/Party';
import type { Description, Fact, Value } from './describe';
import { useWords } from './words';

/** In words and in facts what is signed: one paragraph and one table per instruction. */
export function Says({ says }: { says: readonly Description[] }) {
  const words = useWords(says);
  const text = useText();
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {says.map(({ call, vars, facts, items }, index) => (
        <Box key={index} component="section">
          <Typography sx={{ fontSize: '1.05rem', fontWeight: 600, mb: 1 }}>
            {text(`operation.call.${call}.says`, varsIn(vars, words))}
          </Typography>
          {items.map((item, at) => (
            <Facts key={at} facts={item} heading={items.length > 1 ? `${at + 1} / ${items.length}` : undefined} />
          ))}
          {facts.length > 0 && <Facts facts={facts} />}
          <Consequence>{text(`operation.call.${call}.undo`)}</Consequence>
        </Box>
      ))}
    </Box>
  );
}

/** Counts go as numbers, so that a message can choose its plural. */
export function varsIn(
  vars: Readonly<Record<string, Value>>,
  words: (value: Value) => string,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [name, value.kind === 'count' ? value.count : words(value)]),
  );
}

function Consequence({ children }: { children: string }) {
  return (
    <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
      {children}
    </Typography>
  );
}

function Facts({ facts, heading }: { facts: readonly Fact[]; heading?: string | undefined }) {
  const text = useText();
  return (
    <Box
      component="dl"
      aria-label={heading}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(7em, auto) 1fr',
        m: 0,
        mb: 1,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        '& > *': { px: 1.5, py: 0.6, m: 0, borderTop: 1, borderColor: 'divider' },
        '& > *:nth-of-type(1)': { borderTop: 0 },
      }}
    >
      {facts.map(({ label, value }, index) => (
        <FactRow key={index} label={text(`operation.fact.${label}`)} value={value} />
      ))}
    </Box>
  );
}

function FactRow({ label, value }: { label: string; value: Value }) {
  const words = useWords([]);
  return (
    <>
      <Box component="dt" sx={{ color: 'text.secondary' }}>
        {label}
      </Box>
      <Box component="dd" sx={{ textAlign: 'right', minWidth: 0, overflowWrap: 'anywhere' }}>
        {value.kind === 'money' ? (
          <Money value={value.fen} />
        ) : value.kind === 'member' ? (
          <PartyById id={value.id} />
        ) : value.kind === 'id' ? (
          <ShortId id={value.id} />
        ) : (
          words(value)
        )}
      </Box>
    </>
  );
}
