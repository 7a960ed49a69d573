import { useState } from 'react';
import type { Member } from '../api/types';
import { useProfile } from '../auth/session';
import { Act } from '../command/Act';
import { CommandButton } from '../command/CommandButton';
import { minuteOf } from '../date/days';
import { FactList } from '../fact/FactList';
import { useText, useTextOr } from '../i18n';
import { ShortId } from '../id/ShortId';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { RecordPage } from '../layout/RecordPage';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { useMemberName } from '../party/name';
import { StateChip } from '../state/StateChip';
import { Host } from './Host';
import { Kinds } from './MemberList';
import { SoloLimitDialog } from './SoloLimitDialog';

export function MemberPage() {
  return <RecordPage<Member> resource="members">{(record) => <Shown member={record} />}</RecordPage>;
}

/** One firm: who it is, whether it may act, and for itself and the operator its keys. */
function Shown({ member }: { member: Member }) {
  const text = useText();
  const textOr = useTextOr();
  const nameOf = useMemberName();
  const { id, name, nameEn, lei, kinds, group, host, status, soloLimit, keys } = member;
  return (
    <>
      <PageTitle title={nameOf(member)} action={<Commands member={member} />} />
      <Panel title={text('member.facts')} aside={<StateChip group="member.statuses" state={status} />}>
        <FactList
          columns={2}
          facts={[
            { label: text('member.name'), value: name },
            { label: text('member.nameEn'), value: nameEn },
            { label: text('member.id'), value: <ShortId id={id} /> },
            lei === null ? null : { label: text('member.lei'), value: lei },
            { label: text('member.kinds'), value: <Kinds kinds={kinds} /> },
            group === null ? null : { label: text('member.group'), value: group },
            { label: text('member.host'), value: <Host msp={host} /> },
            { label: text('member.soloLimit'), value: <Money value={soloLimit} /> },
          ]}
        />
      </Panel>
      {keys !== undefined && (
        <Panel title={text('member.keys')}>
          <Listing
            rows={keys}
            label={text('member.keys')}
            empty={null}
            keyOf={({ keyId }) => keyId}
            columns={[
              { label: text('member.key'), cell: ({ keyId }) => <ShortId id={keyId} /> },
              {
                label: text('member.roles'),
                cell: ({ roles }) => roles.map((role) => textOr('frame.role', role)).join(', '),
              },
              { label: text('member.addedAt'), cell: ({ addedAt }) => minuteOf(addedAt) },
              {
                label: text('member.revokedAt'),
                cell: ({ revokedAt }) => (revokedAt === null ? '–' : minuteOf(revokedAt)),
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

function Commands({ member: { id, status, soloLimit, can } }: { member: Member }) {
  const text = useText();
  const profile = useProfile();
  const [limiting, setLimiting] = useState(false);
  const own = profile?.member === id;
  // To anybody but the operator the command is no question of the moment.
  const operator = can.setStatus.code !== 'MEMBER_KIND' && !own;
  return (
    <>
      {operator && (
        <Act
          can={can}
          command="setStatus"
          path={`/members/${id}/status`}
          label={text(status === 'active' ? 'member.suspend' : 'member.reinstate')}
          form={{ status: status === 'active' ? 'suspended' : 'active' }}
          reason={{ question: text(status === 'active' ? 'member.suspendQuestion' : 'member.reinstateQuestion') }}
          variant="outlined"
          color={status === 'active' ? 'error' : 'primary'}
        />
      )}
      {own && (
        <CommandButton
          can={can}
          command="setSoloLimit"
          variant="outlined"
          onClick={() => {
            setLimiting(true);
          }}
        >
          {text('member.setSoloLimit')}
        </CommandButton>
      )}
      {limiting && (
        <SoloLimitDialog
          limit={soloLimit.amount}
          onClose={() => {
            setLimiting(false);
          }}
        />
      )}
    </>
  );
}
