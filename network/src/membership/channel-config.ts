/** The part of a channel's configuration, as configtxlator writes it, that a new member changes. */
export interface ChannelConfig {
  readonly channel_group: Group;
  readonly [field: string]: unknown;
}

interface Group {
  readonly groups: Readonly<Record<string, Group>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly [field: string]: unknown;
}

interface Policy {
  readonly policy: unknown;
  readonly [field: string]: unknown;
}

const APPLICATION = 'Application';

/**
 * The configuration with one more member: its entry, and the rights that name every member, as a channel founded with it
 * would have them. Everything else is left as it is now, whatever was changed since the founding.
 * @param founded configuration of such a channel
 * @throws Error when the organisation is a member already
 */
export function withMember(current: ChannelConfig, founded: ChannelConfig, msp: string): ChannelConfig {
  const now = application(current);
  const then = application(founded);
  const entry = then.groups[msp];
  if (entry === undefined) throw new Error(`${msp} is not in the configuration`);
  if (now.groups[msp] !== undefined) throw new Error(`${msp} is a member of the channel already.`);
  return {
    ...current,
    channel_group: {
      ...withRights(current.channel_group, founded.channel_group),
      groups: {
        ...current.channel_group.groups,
        [APPLICATION]: { ...withRights(now, then), groups: { ...now.groups, [msp]: entry } },
      },
    },
  };
}

function application({ channel_group: channel }: ChannelConfig): Group {
  const group = channel.groups[APPLICATION];
  if (group === undefined) throw new Error('a channel without applications');
  return group;
}

/** The same policies, saying what the other group's say; their versions and who may change them stay. */
function withRights(group: Group, other: Group): Group {
  const policies = Object.entries(group.policies).map(([name, policy]) => [
    name,
    { ...policy, policy: other.policies[name]?.policy ?? policy.policy },
  ]);
  return { ...group, policies: Object.fromEntries(policies) as Group['policies'] };
}
