import { generatePrivateKey, keyIdOf, nobleSigner } from '@tallystick/crypto';
import {
  buildFlag,
  buildMoveClock,
  buildPublishRulePack,
  recordKey,
  type GenesisContext,
  type Organisation,
} from '@tallystick/protocol';
import type { z } from 'zod';
import { ALL, BANK_A, BANK_B, Consortium, CORE, OPERATOR } from '../testing/consortium';
import { expectRefusal } from '../testing/refusal';

type Founding = z.infer<typeof GenesisContext>;
const HOUR = 3_600_000;

describe('network.genesis', () => {
  let consortium: Consortium;
  let founding: Founding;
  beforeAll(async () => {
    consortium = await Consortium.open({ unfounded: true, seed: 'genesis' });
    founding = (await consortium.founding()) as Founding;
  });
  afterAll(() => consortium.close());

  const found = (change: Partial<Founding>): Promise<string> =>
    consortium.try({ contract: 'network', fn: 'genesis', context: { ...founding, ...change } });
  const withGenesis = (change: Partial<Founding['genesis']>): Promise<string> =>
    found({ genesis: { ...founding.genesis, ...change } });
  const withOrganisations = (change: (all: Organisation[]) => Organisation[]): Promise<string> =>
    withGenesis({ organisations: change(founding.genesis.organisations) });

  it('founds a network with the operator in its roster', async () => {
    await expect(found({})).resolves.toBe('{"applied":[],"ids":[]}');
  });

  it.each<[string, (all: Organisation[]) => Organisation[]]>([
    ['an organisation named twice', (all) => [...all, all[0]!]],
    ['only one authority', (all) => all.filter(({ msp }) => msp !== BANK_B)],
    ['no operator among them', (all) => all.filter(({ msp }) => msp !== OPERATOR)],
    ['an operator that is an authority', (all) => all.map((each) => ({ ...each, authority: each.msp !== CORE }))],
  ])('refuses organisations with %s', (_, change) =>
    expectRefusal(withOrganisations(change), 'BAD_INPUT', { field: 'genesis.organisations' }),
  );

  it('refuses another channel than its own', () =>
    expectRefusal(withGenesis({ channel: 'other' }), 'WRONG_NETWORK', { field: 'channel' }));

  it.each([
    ['is no operator', { kinds: ['SUPPLIER'] }],
    ['is hosted elsewhere', { host: CORE }],
    ['does not stand first', { index: 1 }],
    ['is suspended', { status: 'suspended' }],
  ] as const)('refuses an operator that %s', (_, change) =>
    expectRefusal(
      withGenesis({ operator: { ...founding.genesis.operator, ...change } as Founding['genesis']['operator'] }),
      'BAD_INPUT',
      { field: 'genesis.operator' },
    ),
  );

  it('refuses an operator that no firm could be', () =>
    expectRefusal(
      withGenesis({ operator: { ...founding.genesis.operator, id: '91110000MA00PLT019' } }),
      'USCC_INVALID',
    ));

  it('refuses a founding key that did not sign, or signed something else', async () => {
    await expectRefusal(found({ admission: founding.admission.slice(1) }), 'SIG_REQUIRED');
    const [first, ...rest] = founding.admission;
    await expectRefusal(found({ admission: [{ ...first!, sig: rest[0]!.sig }, ...rest] }), 'SIG_INVALID');
  });

  it('refuses a key under another name, or revoked', async () => {
    const { operator } = founding.genesis;
    const other = keyIdOf(nobleSigner(generatePrivateKey(new Uint8Array(48).fill(3))).publicKey);
    const misnamed = operator.keys.map((key, index) => (index === 4 ? { ...key, keyId: other } : key));
    await expectRefusal(withGenesis({ operator: { ...operator, keys: misnamed } }), 'BAD_INPUT', { field: 'keys' });
    const revoked = operator.keys.map((key, index) => (index === 4 ? { ...key, revokedAt: consortium.now } : key));
    await expectRefusal(withGenesis({ operator: { ...operator, keys: revoked } }), 'BAD_INPUT', { field: 'keys' });
  });

  it('refuses rules that do not parse, have another id, or name another fingerprint key', async () => {
    const { rulePack } = founding;
    const { cutOff: _, ...incomplete } = rulePack.rules;
    await expectRefusal(found({ rulePack: { ...rulePack, rules: incomplete } }), 'BAD_INPUT', {
      field: 'rulePack.rules.cutOff',
    });
    await expectRefusal(found({ rulePack: { ...rulePack, id: 'other' } }), 'BAD_INPUT', { field: 'rulePack.id' });
    await expectRefusal(withGenesis({ firstRulePack: 'other' }), 'BAD_INPUT', { field: 'rulePack.id' });
    await expectRefusal(withGenesis({ fingerprintKeyCommit: 'ab'.repeat(32) }), 'BAD_INPUT', {
      field: 'fingerprintKeyCommit',
    });
  });

  it('refuses first rules that are not in force yet', async () => {
    const { rulePack } = founding;
    const later = { ...rulePack, rules: { ...rulePack.rules, effectiveFrom: '2026-03-03' } };
    await expectRefusal(found({ rulePack: later }), 'RULE_PACK_UNKNOWN');
    await expect(found({ rulePack: later, clockOffsetMs: 24 * HOUR })).resolves.toBeDefined();
  });

  it('gives a clock to trial networks only', async () => {
    await expectRefusal(found({ clockOffsetMs: null }), 'BAD_INPUT', { field: 'clockOffsetMs' });
    const production = { ...founding.genesis, trial: false };
    await expectRefusal(found({ genesis: production }), 'BAD_INPUT', { field: 'clockOffsetMs' });
    await expect(found({ genesis: production, clockOffsetMs: null })).resolves.toBeDefined();
  });

  it('takes nothing but its context', () =>
    expectRefusal(
      consortium.try({ contract: 'network', fn: 'genesis', readers: [CORE], context: founding }),
      'BAD_INPUT',
      { field: 'request' },
    ));
});

describe('network', () => {
  let consortium: Consortium;
  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'network' });
  });
  afterAll(() => consortium.close());

  const operator = () => consortium.firms.operator;
  const moveClock = async (offsetMs: number, on = consortium) => {
    const signed = await on.sign(
      buildMoveClock({ ...on.authoring(on.firms.operator), offsetMs }),
      on.firms.operator,
      'maker',
    );
    return { contract: 'network', fn: 'moveClock', signed };
  };
  const publish = async (from: string, change: Record<string, unknown> = {}, id = 'second') => {
    const rules = { ...consortium.rules, id, effectiveFrom: '2026-04-01', ...change };
    const rulePack = { schema: 1 as const, id: (change['packId'] as string | undefined) ?? id, rules };
    const unsigned = buildPublishRulePack({ ...consortium.authoring(operator()), rulePack, from });
    return { contract: 'network', fn: 'publishRulePack', signed: await consortium.sign(unsigned, operator()) };
  };

  it('is founded once', async () => {
    const context = await consortium.founding();
    await expectRefusal(consortium.try({ contract: 'network', fn: 'genesis', context }), 'RECORD_EXISTS');
  });

  it('guards genesis, rules and rosters by policies of their own', async () => {
    const located = await consortium.network.ledgerFor(OPERATOR).block(1n);
    const policies = located!.transactions[0]!.policies.map(({ key }) => key.split('\0')[1]);
    expect(new Set(policies)).toEqual(new Set(['Genesis', 'Clock', 'RulePack', 'Schedule', 'Roster', 'Member']));
    const rosters = await Promise.all(ALL.map((msp) => consortium.record('Roster', msp)));
    expect(rosters.map(({ size }) => size)).toEqual([5, 2, 1, 1]);
    expect(rosters.map(({ root }) => root)).toEqual(ALL.map((msp) => consortium.roster(msp).state.root));
  });

  it('moves its clock forward only, by the operator', async () => {
    await consortium.submit(await moveClock(HOUR));
    expect(await consortium.record('Clock')).toEqual({ schema: 1, offsetMs: HOUR });
    await expectRefusal(consortium.try(await moveClock(HOUR)), 'BAD_INPUT', { field: 'offsetMs' });
    const { core } = consortium.firms;
    const signed = await consortium.sign(
      buildMoveClock({ ...consortium.authoring(core), offsetMs: 2 * HOUR }),
      core,
      'maker',
    );
    await expectRefusal(consortium.try({ contract: 'network', fn: 'moveClock', signed }), 'MEMBER_KIND');
  });

  it('has no clock to move in production', async () => {
    const production = await Consortium.open({ trial: false, seed: 'production' });
    await expectRefusal(production.try(await moveClock(HOUR, production)), 'RECORD_NOT_FOUND', { record: 'Clock' });
    await production.close();
  });

  it('publishes rules that come into force later, on every organisation’s approval but one', async () => {
    const from = '2026-03-31T16:00:00.000Z';
    await expectRefusal(
      consortium.try(await publish('2026-03-01T16:00:00.000Z', { effectiveFrom: '2026-03-02' })),
      'BAD_INPUT',
      { field: 'from' },
    );
    await expectRefusal(consortium.try(await publish(from, { effectiveFrom: '2026-04-02' })), 'BAD_INPUT', {
      field: 'rulePack.effectiveFrom',
    });
    await expectRefusal(consortium.try(await publish(from, { fingerprintKeyCommit: 'ab'.repeat(32) })), 'BAD_INPUT', {
      field: 'rulePack.fingerprintKeyCommit',
    });
    await expectRefusal(consortium.try(await publish(from, { maxDepth: 0 })), 'BAD_INPUT', {
      field: 'rulePack.rules.maxDepth',
    });
    await expectRefusal(consortium.try(await publish(from, {}, 'first')), 'RECORD_EXISTS', { record: 'RulePack' });

    const call = await publish(from);
    const twoOfFour = await consortium.send({ ...call, endorsers: [OPERATOR, BANK_A] }, consortium.request(call));
    expect(twoOfFour).toMatchObject({ kind: 'rejected', code: 10 });
    const threeOfFour = await consortium.send(
      { ...call, endorsers: [OPERATOR, BANK_A, CORE] },
      consortium.request(call),
    );
    expect(threeOfFour).toMatchObject({ kind: 'committed' });
    await expectRefusal(consortium.try(await publish(from, {}, 'third')), 'BAD_INPUT', { field: 'from' });

    await expect(consortium.try(await moveClock(2 * HOUR))).resolves.toBeDefined();
    consortium.goTo('2026-04-01', 0);
    await expectRefusal(consortium.try(await moveClock(2 * HOUR)), 'RULE_PACK_UNKNOWN', { rulePack: 'second' });
  });

  it('refuses a rule pack under another id than its rules’', async () => {
    const rulePack = { schema: 1 as const, id: 'other', rules: { ...consortium.rules, id: 'second' } };
    const authoring = consortium.authoring(operator());
    authoring.author.rulePack = 'second';
    const unsigned = buildPublishRulePack({ ...authoring, rulePack, from: '2026-05-31T16:00:00.000Z' });
    const signed = await consortium.sign(unsigned, operator());
    await expectRefusal(consortium.try({ contract: 'network', fn: 'publishRulePack', signed }), 'BAD_INPUT', {
      field: 'rulePack.id',
    });
  });

  it('flags a record once, by an organisation’s service', async () => {
    const { bankB } = consortium.firms;
    const flag = async (key: string) => {
      const authoring = consortium.authoring(bankB);
      authoring.author.rulePack = 'second';
      const signed = await consortium.sign(
        buildFlag({ ...authoring, recordKey: key, reason: '签名不符' }),
        bankB,
        'service',
      );
      return { contract: 'network', fn: 'flag', signed };
    };
    const key = recordKey('Schedule');
    const { ids } = await consortium.submit(await flag(key));
    expect(await consortium.record('Flag', ids[0]!)).toEqual({
      schema: 1,
      recordKey: key,
      by: BANK_B,
      reason: '签名不符',
    });
    await expectRefusal(consortium.try(await flag(key)), 'RECORD_EXISTS', { record: 'Flag' });
    await expectRefusal(consortium.try(await flag(recordKey('Holding', 'none'))), 'RECORD_NOT_FOUND', {
      record: 'Holding',
    });
    await expectRefusal(consortium.try(await flag('nothing of ours')), 'RECORD_NOT_FOUND', { record: 'unknown' });
  });

  it('shows public records to every member, and says when there is none', async () => {
    expect(JSON.parse(await consortium.query(BANK_A, 'network', 'record', recordKey('Genesis')))).toEqual(
      consortium.genesis,
    );
    await expectRefusal(consortium.query(BANK_A, 'network', 'record', recordKey('Line', 'x')), 'RECORD_NOT_FOUND');
    await expectRefusal(consortium.query(BANK_A, 'network', 'record', 'x'), 'RECORD_NOT_FOUND', { record: 'unknown' });
  });
});
