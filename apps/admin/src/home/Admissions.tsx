import { useQuery } from '@tanstack/react-query';
import { getPage } from '../api/reads';
import type { MemberKind, PartyRef } from '../api/types';
import { dateOf } from '../date/days';
import { useText } from '../i18n';
import { Panel } from '../layout/Panel';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Application {
  id: string;
  state: 'received' | 'admitted';
  member: PartyRef;
  kinds: MemberKind[];
  createdAt: string;
}

/** Firms that ask to become members and wait for the operator. */
export function Admissions() {
  const text = useText();
  const { data, error } = useQuery({
    queryKey: ['applications', 'waiting'],
    queryFn: ({ signal }) => getPage<Application>('/applications', {}, signal),
  });
  return (
    <Panel title={text('home.admissions')}>
      {error !== null && data === undefined ? (
        <ProblemAlert problem={error} />
      ) : (
        <Listing
          rows={data?.items.filter(({ state }) => state === 'received')}
          label={text('home.admissions')}
          empty={<Empty title={text('home.noAdmissions')} />}
          to={() => '/applications'}
          columns={[
            { label: text('home.firm'), cell: ({ member }) => <Party party={member} /> },
            {
              label: text('home.kinds'),
              cell: ({ kinds }) => kinds.map((kind) => text(`frame.kind.${kind}`)).join(', '),
            },
            { label: text('home.since'), cell: ({ createdAt }) => dateOf(createdAt) },
          ]}
        />
      )}
    </Panel>
  );
}
