import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { MemberKind, PartyRef } from '../api/types';
import { useProfile } from '../auth/session';
import { Act } from '../command/Act';
import { minuteOf } from '../date/days';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Host } from '../members/Host';
import { Kinds } from '../members/MemberList';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';
import { StateChip } from '../state/StateChip';

interface Application {
  id: string;
  state: 'received' | 'admitted';
  member: PartyRef;
  kinds: MemberKind[];
  host: string;
  createdAt: string;
}

/** Firms that ask to become members; the operator admits them after looking at their papers. */
export function ApplicationList() {
  const text = useText();
  const maker = useProfile()?.roles.includes('maker') === true;
  const { data, error } = useQuery({
    queryKey: ['applications', 'getList'],
    queryFn: ({ signal }) => get<{ items: Application[] }>('/applications', {}, signal),
  });
  const permission = maker ? { allowed: true } : { allowed: false, reason: text('application.makerOnly') };
  return (
    <>
      <PageTitle title={text('frame.menu.admissions')} />
      {error !== null && data === undefined ? (
        <ProblemAlert problem={error} />
      ) : (
        <Listing
          rows={data === undefined ? undefined : toReviewFirst(data.items)}
          label={text('frame.menu.admissions')}
          empty={<Empty title={text('application.empty')} hint={text('application.emptyHint')} />}
          columns={[
            { label: text('application.firm'), cell: ({ member }) => <Party party={member} withId /> },
            { label: text('member.kinds'), cell: ({ kinds }) => <Kinds kinds={kinds} /> },
            { label: text('member.host'), cell: ({ host }) => <Host msp={host} />, from: 'md' },
            { label: text('application.receivedAt'), cell: ({ createdAt }) => minuteOf(createdAt) },
            {
              label: text('application.state'),
              cell: ({ state }) => <StateChip group="application.states" state={state} />,
            },
          ]}
          actions={({ id, state }) =>
            state === 'received' && (
              <Act
                can={{ admit: permission }}
                command="admit"
                path={`/applications/${id}/admission`}
                label={text('application.admit')}
                size="small"
              />
            )
          }
        />
      )}
    </>
  );
}

const toReviewFirst = (items: readonly Application[]): Application[] => [
  ...items.filter(({ state }) => state === 'received'),
  ...items.filter(({ state }) => state !== 'received').reverse(),
];
