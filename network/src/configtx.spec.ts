import { configtx } from './configtx';
import { readConsortium } from './consortium';
import { layoutOf, onThisMachine } from './layout';

const consortium = readConsortium();
const members = consortium.organisations.map(({ msp }) => msp);

interface Policy {
  Type: string;
  Rule: string;
}
interface Group {
  Policies: Record<string, Policy>;
}
interface Section extends Group {
  Organizations: (Group & { Name: string; AnchorPeers?: object[]; OrdererEndpoints?: string[] })[];
}
interface Channel extends Group {
  Orderer: Section & { EtcdRaft: { Consenters: object[] }; BatchSize: Record<string, unknown>; BatchTimeout: string };
  Application: Section & { ACLs: Record<string, string> };
}

function channelOf(description = consortium): Channel {
  const { Profiles } = configtx(layoutOf(description, '/home', onThisMachine(7050))) as {
    Profiles: Record<string, Channel>;
  };
  return Object.values(Profiles)[0]!;
}

describe('the channel’s first configuration', () => {
  const channel = channelOf();
  const { Application: application, Orderer: orderer } = channel;
  const groups = [channel, application, orderer, ...application.Organizations, ...orderer.Organizations];

  it('gives rights by role, never to whoever holds a certificate', () => {
    for (const { Policies } of groups)
      for (const { Type, Rule } of Object.values(Policies)) {
        if (Type === 'ImplicitMeta') continue;
        expect(Rule).toMatch(/^OR\(('\w+\.(admin|client|orderer|peer)',?)+\)$/);
      }
  });

  it('reads and writes by one signature policy, which costs a third less than asking each organisation’s own', () => {
    for (const group of [channel, application, orderer])
      for (const name of ['Readers', 'Writers']) expect(group.Policies[name]?.Type).toBe('Signature');
  });

  it.each([
    ['Readers', application, ['peer', 'client', 'admin']],
    ['Writers', application, ['client', 'admin']],
    ['Administrators', application, ['admin']],
    ['Writers', channel, ['client', 'admin', 'orderer']],
  ])('names every organisation in %s', (name, group, roles) => {
    const expected = members.flatMap((msp) => roles.map((role) => `'${msp}.${role}'`));
    expect(group.Policies[name]?.Rule).toBe(`OR(${expected.join(',')})`);
  });

  it('lets only orderers sign blocks', () => {
    expect(orderer.Policies['BlockValidation']?.Rule).toBe(
      "OR('OperatorMSP.orderer','BankAMSP.orderer','BankBMSP.orderer')",
    );
  });

  it('changes the chaincode, the members and the orderers by majorities', () => {
    for (const [group, name, what] of [
      [application, 'LifecycleEndorsement', 'Endorsement'],
      [application, 'Admins', 'Admins'],
      [orderer, 'Admins', 'Admins'],
      [channel, 'Admins', 'Admins'],
    ] as const)
      expect(group.Policies[name]).toEqual({ Type: 'ImplicitMeta', Rule: `MAJORITY ${what}` });
    for (const { Name, Policies } of application.Organizations)
      expect(Policies['Endorsement']?.Rule).toBe(`OR('${Name}.peer')`);
  });

  it('keeps the lifecycle for administrators, and leaves blocks and proposals to the channel’s roles', () => {
    for (const name of ['CheckCommitReadiness', 'CommitChaincodeDefinition', 'QueryChaincodeDefinitions'])
      expect(application.ACLs[`_lifecycle/${name}`]).toBe('/Channel/Application/Administrators');
    for (const open of ['event/Block', 'peer/Propose', 'qscc/GetChainInfo'])
      expect(application.ACLs[open]).toBeUndefined();
  });

  it('knows an anchor peer of every organisation, and the orderers of three', () => {
    for (const { AnchorPeers } of application.Organizations) expect(AnchorPeers).toHaveLength(1);
    expect(orderer.Organizations.flatMap(({ OrdererEndpoints }) => OrdererEndpoints)).toHaveLength(3);
    expect(orderer.EtcdRaft.Consenters).toHaveLength(3);
  });

  it('takes one more organisation by one more line', () => {
    const bank = { msp: 'BankCMSP', name: 'Bank C', authority: true, group: null };
    const larger = channelOf({ ...consortium, organisations: [...consortium.organisations, bank] });
    expect(larger.Application.Organizations.map(({ Name }) => Name)).toEqual([...members, 'BankCMSP']);
    for (const group of [larger, larger.Application])
      for (const name of ['Readers', 'Writers']) expect(group.Policies[name]?.Rule).toContain("'BankCMSP.client'");
    expect(larger.Orderer).toEqual(orderer);
  });
});
