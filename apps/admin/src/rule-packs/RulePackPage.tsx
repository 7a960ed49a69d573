import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { getRulePacks } from '../api/reads';
import { useProfile } from '../auth/session';
import { dateOf } from '../date/days';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { useNetwork } from '../layout/network';
import { useKind } from '../layout/role';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { Money } from '../money/Money';
import { percentText } from '../operation/words';
import { differences } from './publish-draft';
import { PublishDialog } from './PublishDialog';
import { ruleGroups, type Rule } from './rules';

/** The rules in force, with their numbers, as every refusal cites them; below their name those that come. */
export function RulePackPage() {
  const text = useText();
  const { data: network } = useNetwork();
  const { data: packs = [] } = useQuery({ queryKey: ['rule-packs'], queryFn: ({ signal }) => getRulePacks(signal) });
  const profile = useProfile();
  const { kind } = useKind();
  const [publishing, setPublishing] = useState(false);
  if (network === undefined) return <Skeleton variant="rounded" height={400} />;
  const { rulePack } = network;
  const from = rulePack['effectiveFrom'];
  return (
    <>
      <PageTitle
        title={text('rules.title')}
        action={
          kind === 'OPERATOR' &&
          profile?.roles.includes('maker') === true && (
            <Button
              variant="contained"
              onClick={() => {
                setPublishing(true);
              }}
            >
              {text('rules.publish')}
            </Button>
          )
        }
      />
      {publishing && (
        <PublishDialog
          pack={packs.at(-1)?.rules ?? rulePack}
          today={network.businessDate}
          onClose={() => {
            setPublishing(false);
          }}
        />
      )}
      <Panel title={text('rules.pack')}>
        <FactList
          columns={2}
          facts={[
            { label: text('rules.id'), value: String(rulePack['id']) },
            { label: text('rules.effectiveFrom'), value: typeof from === 'string' ? from : '–' },
          ]}
        />
      </Panel>
      {packs.map(({ from: since, rules }, index) => {
        const before = packs[index - 1];
        if (since <= network.businessNow || before === undefined) return null;
        const title = text('rules.scheduled', { from: dateOf(since), id: String(rules['id']) });
        return (
          <Panel key={since} title={title}>
            <FactList
              columns={2}
              facts={differences(before.rules, rules).map(({ before: was, after }) => ({
                label: text(`rules.rule.${after.name}`),
                value: (
                  <>
                    <Value rule={was} /> → <Value rule={after} />
                  </>
                ),
              }))}
            />
          </Panel>
        );
      })}
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
