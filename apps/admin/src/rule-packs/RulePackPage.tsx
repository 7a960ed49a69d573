import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { useNetwork } from '../layout/network';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { Money } from '../money/Money';
import { percentText } from '../operation/words';
import { ruleGroups, type Rule } from './rules';

/** The rules in force, with their numbers, as every refusal cites them. */
export function RulePackPage() {
  const text = useText();
  const { data: network } = useNetwork();
  if (network === undefined) return <Skeleton variant="rounded" height={400} />;
  const { rulePack } = network;
  const from = rulePack['effectiveFrom'];
  return (
    <>
      <PageTitle title={text('rules.title')} />
      <Panel title={text('rules.pack')}>
        <FactList
          columns={2}
          facts={[
            { label: text('rules.id'), value: rulePack.id ?? '–' },
            { label: text('rules.effectiveFrom'), value: typeof from === 'string' ? from : '–' },
          ]}
        />
      </Panel>
      {ruleGroups(rulePack).map(({ name, rules }) => (
        <Panel key={name} title={text(`rules.group.${name}`)}>
          <FactList
            columns={2}
            facts={rules.map((rule) => ({ label: text(`rules.rule.${rule.name}`), value: <Value rule={rule} /> }))}
          />
        </Panel>
      ))}
    </>
  );
}

function Value({ rule }: { rule: Rule }): ReactNode {
  const text = useText();
  if (rule.value === null) return text('rules.none');
  switch (rule.unit) {
    case 'fen':
      return <Money value={BigInt(rule.value)} />;
    case 'ppmPerDay':
      return text('operation.percent.day', { percent: percentText(Number(rule.value)) });
    case 'plain':
      return String(rule.value);
    default:
      return text(`rules.unit.${rule.unit}`, { smart_count: Number(rule.value) });
  }
}
