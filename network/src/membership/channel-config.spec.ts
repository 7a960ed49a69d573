import { withMember, type ChannelConfig } from './channel-config';

const group = (policies: Record<string, string>, groups: object = {}): object => ({
  version: '3',
  policies: Object.fromEntries(
    Object.entries(policies).map(([name, rule]) => [name, { version: '2', mod_policy: 'Admins', policy: { rule } }]),
  ),
  groups,
});
const config = (rule: string, members: Record<string, object>): ChannelConfig =>
  ({
    sequence: '5',
    channel_group: group(
      { Readers: rule, Admins: 'majority' },
      {
        Orderer: { values: { BatchTimeout: rule } },
        Application: group({ Writers: rule, Admins: 'majority' }, members),
      },
    ),
  }) as unknown as ChannelConfig;

const a = { name: 'A' };
const b = { name: 'B' };

describe('a channel’s configuration with one more member', () => {
  const current = config('of A', { AMSP: { ...a, changed: 'since' } });
  const next = withMember(current, config('of A and B', { AMSP: a, BMSP: b }), 'BMSP');

  it('has the member and the rights that name it, and keeps all that was changed since the founding', () => {
    const expected = config('of A and B', { AMSP: { ...a, changed: 'since' }, BMSP: b });
    const orderer = { Orderer: { values: { BatchTimeout: 'of A' } } };
    expect(next).toEqual({
      ...expected,
      channel_group: { ...expected.channel_group, groups: { ...expected.channel_group.groups, ...orderer } },
    });
  });

  it('is refused for a member, and for nobody', () => {
    expect(() => withMember(next, config('of A and B', { AMSP: a, BMSP: b }), 'BMSP')).toThrow(
      'member of the channel already',
    );
    expect(() => withMember(current, config('of A and B', { AMSP: a }), 'BMSP')).toThrow('not in the configuration');
  });
});
