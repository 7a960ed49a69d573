import {
  buildAddKey,
  buildAdmit,
  buildRevokeKey,
  buildSetSoloLimit,
  buildSetStatus,
  recordKey,
  signKey,
  type MemberRecord,
  type SignedInstruction,
} from '@tallystick/protocol';
import { BANK_A, Consortium, CORE, OPERATOR, type Sending } from '../testing/consortium';
import { newKey, type Firm, type PERSON_ROLES } from '../testing/firm';
import { newcomer, signFounding } from '../testing/founding';
import { expectRefusal } from '../testing/refusal';

type PersonRole = (typeof PERSON_ROLES)[number];

describe('member', () => {
  let consortium: Consortium;
  beforeEach(async () => {
    consortium = await Consortium.open({ seed: 'member' });
  });
  afterEach(() => consortium.close());

  const supplier = (): Firm => consortium.firms.suppliers[0]!;
  const operator = (): Firm => consortium.firms.operator;
  /** The subject's place as the calls' context shows it. */
  const placeOf = ({ record }: Firm) => ({ ...consortium.roster(record.host).proofOf(record.id) });
  const nextIndex = (host = OPERATOR): number => consortium.roster(host).state.size;
  const applicant = (change: Parameters<typeof newcomer>[3] = {}): Firm =>
    newcomer(consortium.now, consortium.random, nextIndex(change.host), change);

  describe('admit', () => {
    it('puts a firm at the next place of its host’s roster', async () => {
      const firm = applicant();
      await consortium.admit(firm);
      expect(await consortium.record('Member', firm.record.id)).toEqual(firm.record);
      expect(await consortium.record('Roster', OPERATOR)).toEqual(consortium.roster(OPERATOR).state);
    });

    it('keeps the operator’s signed instruction beside the record, as guarded as the record, for every reader (§3.3)', async () => {
      const firm = applicant();
      const { signed } = await consortium.admission(firm);
      await consortium.admit(firm);
      const act = await consortium.record('MemberAct', firm.record.id);
      expect(act).toMatchObject({ member: firm.record.id, instruction: { fn: 'admit' } });
      expect(act.instruction.body).toEqual((signed as SignedInstruction).instruction.body);
      const ledger = consortium.network.ledgerFor(OPERATOR);
      const [tx] = (await ledger.block((await ledger.height()) - 1n))!.transactions;
      const policyOf = (type: 'Member' | 'MemberAct') =>
        tx!.policies.find(({ key }) => key === recordKey(type, firm.record.id))?.policy;
      expect(policyOf('MemberAct')).toEqual(policyOf('Member'));
      expect(policyOf('Member')).toBeDefined();
    });

    it('is the operator’s, by two people', async () => {
      const firm = applicant();
      const body = { record: firm.record, admission: await signFounding(firm) };
      const call = await consortium.admission(firm);
      const alone = await consortium.sign(
        buildAdmit({ ...consortium.authoring(operator()), ...body }),
        operator(),
        'maker',
      );
      await expectRefusal(consortium.try({ ...call, signed: alone }), 'ROLE_MISSING');
      const bank = consortium.firms.bankA;
      const signed = await consortium.sign(buildAdmit({ ...consortium.authoring(bank), ...body }), bank);
      await expectRefusal(consortium.try({ ...call, signed }), 'MEMBER_KIND');
    });

    it('refuses a firm that is a member', async () => {
      const again = applicant({ code: supplier().record.id.slice(0, 17) });
      await expectRefusal(consortium.try(await consortium.admission(again)), 'RECORD_EXISTS');
    });

    it.each<[string, Partial<MemberRecord>, string]>([
      ['a second operator', { kinds: ['OPERATOR'] }, 'record.kinds'],
      ['an organisation that nobody knows as host', { host: 'NobodyMSP' }, 'record.host'],
      ['a bank at the operator', { kinds: ['BANK'] }, 'record.host'],
      ['a firm suspended from the start', { status: 'suspended' }, 'record.status'],
    ])('refuses %s', async (_, change, field) => {
      const firm = applicant();
      const call = { ...firm, record: { ...firm.record, ...change } };
      const unsigned = buildAdmit({
        ...consortium.authoring(operator()),
        record: call.record,
        admission: await signFounding(call),
      });
      const signed = await consortium.sign(unsigned, operator());
      const context = { record: null, proof: consortium.roster(OPERATOR).proofAt(firm.record.index) };
      await expectRefusal(consortium.try({ contract: 'member', fn: 'admit', signed, context }), 'BAD_INPUT', { field });
    });

    it('refuses a firm without a valid code, and one whose key did not sign', async () => {
      const wrong = applicant();
      wrong.record = { ...wrong.record, id: '91440300MA00UP2B00' };
      await expectRefusal(consortium.try(await consortium.admission(wrong)), 'USCC_INVALID');
      const firm = applicant();
      const admission = (await signFounding(firm)).slice(1);
      const unsigned = buildAdmit({ ...consortium.authoring(operator()), record: firm.record, admission });
      const call = { ...(await consortium.admission(firm)), signed: await consortium.sign(unsigned, operator()) };
      await expectRefusal(consortium.try(call), 'SIG_REQUIRED');
    });

    it('refuses another place than the next one, and a place that the proof does not show empty', async () => {
      const firm = newcomer(consortium.now, consortium.random, nextIndex() + 1);
      await expectRefusal(consortium.try(await consortium.admission(firm)), 'BAD_INPUT', { field: 'record.index' });
      const next = applicant();
      const call = await consortium.admission(next);
      const context = { record: null, proof: consortium.roster(OPERATOR).proofAt(0) };
      await expectRefusal(consortium.try({ ...call, context }), 'BAD_INPUT', { field: 'record.index' });
      const notNull = { ...call.context, record: supplier().record };
      await expectRefusal(consortium.try({ ...call, context: notNull }), 'BAD_INPUT', { field: 'context.record' });
    });

    it('needs operator, an authority and the host', async () => {
      const firm = applicant({ host: CORE, kinds: ['SUPPLIER'] });
      const call = await consortium.admission(firm);
      const send = (endorsers: string[]) => consortium.send({ ...call, endorsers }, consortium.request(call));
      expect(await send([OPERATOR, BANK_A])).toMatchObject({ kind: 'rejected', code: 10 });
      expect(await send([OPERATOR, BANK_A, CORE])).toMatchObject({ kind: 'committed' });
    });
  });

  describe('keys', () => {
    const added = newKeyOf('maker');
    function newKeyOf(role: PersonRole) {
      return () => newKey(role, consortium.now, consortium.random);
    }
    async function addKey(made: ReturnType<typeof added>, firm: Firm, ...roles: PersonRole[]): Promise<Sending> {
      const admission = await signKey(made.key, made.signer);
      const unsigned = buildAddKey({ ...consortium.authoring(firm), key: made.key, admission });
      return {
        contract: 'member',
        fn: 'addKey',
        signed: await consortium.sign(unsigned, firm, ...roles),
        context: placeOf(firm),
      };
    }
    async function revoke(keyId: string, subject: Firm, by: Firm, ...roles: PersonRole[]): Promise<Sending> {
      const unsigned = buildRevokeKey({
        ...consortium.authoring(by),
        member: subject.record.id,
        keyId,
        reason: '离职',
      });
      return {
        contract: 'member',
        fn: 'revokeKey',
        signed: await consortium.sign(unsigned, by, ...roles),
        context: placeOf(subject),
      };
    }

    it('are added by two people of the firm, and serve at once', async () => {
      const made = added();
      await consortium.submit(await addKey(made, supplier(), 'admin', 'checker'));
      await consortium.refresh(supplier());
      expect(supplier().record.keys.at(-1)).toEqual(made.key);
      const act = await consortium.record('MemberAct', supplier().record.id);
      expect(act.instruction.body).toMatchObject({ key: made.key });
      expect(act.signatures).toHaveLength(2);
      expect((await consortium.record('Roster', OPERATOR)).root).toBe(consortium.roster(OPERATOR).state.root);
    });

    it('are not added by one person for another, who could then check what the first made (X24)', async () => {
      for (const role of ['maker', 'checker', 'admin'] as const) {
        await expectRefusal(consortium.try(await addKey(added(), supplier(), role)), 'ROLE_MISSING');
      }
    });

    it('are replaced by the person itself alone, without gaining a role', async () => {
      const maker = supplier().record.keys[0]!;
      const own = added();
      own.key.person = maker.person;
      await expect(consortium.try(await addKey(own, supplier(), 'maker'))).resolves.toBeDefined();
      const gaining = { ...own, key: { ...own.key, roles: ['maker' as const, 'checker' as const] } };
      await expectRefusal(consortium.try(await addKey(gaining, supplier(), 'maker')), 'ROLE_MISSING');
    });

    it('are not added by a service, nor with a proof of another key', async () => {
      await expectRefusal(consortium.try(await addKey(added(), supplier(), 'service')), 'ROLE_MISSING');
      const [one, other] = [added(), added()];
      const call = await addKey({ ...other, key: one.key }, supplier());
      await expectRefusal(consortium.try(call), 'SIG_INVALID');
    });

    it('never come back', async () => {
      const made = added();
      await consortium.submit(await addKey(made, supplier()));
      await consortium.refresh(supplier());
      await expectRefusal(consortium.try(await addKey(made, supplier())), 'KEY_EXISTS');
    });

    it('stop at sixty', async () => {
      const firm = applicant();
      const more = Array.from({ length: 55 }, () => added());
      const keys = [...firm.record.keys, ...more.map(({ key }) => key)];
      const signers = new Map([...firm.signers, ...more.map(({ key, signer }) => [key.keyId, signer] as const)]);
      const full = { record: { ...firm.record, keys }, signers };
      await consortium.admit(full);
      consortium.firms.suppliers.push(full);
      await expectRefusal(consortium.try(await addKey(added(), full)), 'BAD_INPUT', { field: 'keys', max: 60 });
    });

    it('are revoked by their firm, and sign nothing from then on (I28)', async () => {
      const maker = supplier().record.keys[0]!;
      await consortium.submit(await revoke(maker.keyId, supplier(), supplier(), 'checker'));
      const late = await addKey(added(), supplier());
      await consortium.refresh(supplier());
      expect(supplier().record.keys[0]!.revokedAt).toBe(consortium.now);
      await expectRefusal(consortium.try({ ...late, context: placeOf(supplier()) }), 'KEY_REVOKED');
      await expectRefusal(consortium.try(await revoke(maker.keyId, supplier(), supplier(), 'checker')), 'KEY_REVOKED');
      await expectRefusal(
        consortium.try(await revoke('0'.repeat(32), supplier(), supplier(), 'checker')),
        'KEY_UNKNOWN',
      );
    });

    it('are revoked for another firm by the operator only, by two people', async () => {
      const { keyId } = supplier().record.keys[0]!;
      await expectRefusal(consortium.try(await revoke(keyId, supplier(), consortium.firms.core)), 'MEMBER_KIND');
      await expectRefusal(consortium.try(await revoke(keyId, supplier(), operator(), 'maker')), 'ROLE_MISSING');
      await expect(consortium.try(await revoke(keyId, supplier(), operator()))).resolves.toBeDefined();
    });

    it('of a record that is not in the roster are not touched', async () => {
      const call = await addKey(added(), supplier());
      const { record, proof } = placeOf(supplier());
      const other = { ...record, keys: record.keys.slice(1) };
      await expectRefusal(consortium.try({ ...call, context: { record: other, proof } }), 'NOT_A_MEMBER');
      await expectRefusal(consortium.try({ ...call, context: { record: null, proof } }), 'NOT_A_MEMBER');
      await expectRefusal(
        consortium.try({ ...call, context: placeOf(consortium.firms.suppliers[1]!) }),
        'NOT_A_MEMBER',
      );
      const nowhere = { ...record, host: 'NobodyMSP' };
      await expectRefusal(consortium.try({ ...call, context: { record: nowhere, proof } }), 'NOT_A_MEMBER');
    });
  });

  describe('status and limit', () => {
    async function setStatus(subject: Firm, status: 'active' | 'suspended', by = operator()): Promise<Sending> {
      const unsigned = buildSetStatus({
        ...consortium.authoring(by),
        member: subject.record.id,
        status,
        reason: '核查',
      });
      return {
        contract: 'member',
        fn: 'setStatus',
        signed: await consortium.sign(unsigned, by),
        context: placeOf(subject),
      };
    }
    async function setSoloLimit(soloLimitFen: bigint, ...roles: PersonRole[]): Promise<Sending> {
      const unsigned = buildSetSoloLimit({ ...consortium.authoring(supplier()), soloLimitFen });
      const signed = await consortium.sign(unsigned, supplier(), ...roles);
      return { contract: 'member', fn: 'setSoloLimit', signed, context: placeOf(supplier()) };
    }

    it('suspends a firm, which then only protects itself, and lets it act again', async () => {
      await consortium.submit(await setStatus(supplier(), 'suspended'));
      await consortium.refresh(supplier());
      await expectRefusal(consortium.try(await setSoloLimit(0n)), 'MEMBER_SUSPENDED');
      const { keyId } = supplier().record.keys[0]!;
      const revoke = buildRevokeKey({
        ...consortium.authoring(supplier()),
        member: supplier().record.id,
        keyId,
        reason: '',
      });
      const signed = await consortium.sign(revoke, supplier(), 'checker');
      const call = { contract: 'member', fn: 'revokeKey', signed, context: placeOf(supplier()) };
      await expect(consortium.try(call)).resolves.toBeDefined();
      await consortium.submit(await setStatus(supplier(), 'active'));
      await consortium.refresh(supplier());
      await expect(consortium.try(await setSoloLimit(0n))).resolves.toBeDefined();
    });

    it('is set by the operator only, and never its own', async () => {
      await expectRefusal(
        consortium.try(await setStatus(supplier(), 'suspended', consortium.firms.core)),
        'MEMBER_KIND',
      );
      await expectRefusal(consortium.try(await setStatus(operator(), 'suspended')), 'BAD_INPUT', { field: 'member' });
    });

    it('sets the solo limit by two people, up to the rules’ maximum', async () => {
      await expectRefusal(consortium.try(await setSoloLimit(100_000_01n)), 'SOLO_LIMIT_TOO_HIGH');
      await expectRefusal(consortium.try(await setSoloLimit(100_000_00n, 'maker')), 'ROLE_MISSING');
      await consortium.submit(await setSoloLimit(100_000_00n));
      expect((await consortium.record('Member', supplier().record.id)).soloLimitFen).toBe('10000000');
    });
  });
});
