import { canonicalJson, nobleSigner, generatePrivateKey, keyIdOf } from '@tallystick/crypto';
import {
  buildPublishRulePack,
  buildReportOverdue,
  buildVoid,
  recordHash,
  recordKey,
  signInstruction,
  type Request,
} from '@tallystick/protocol';
import { Consortium, BANK_A, OPERATOR, type Sending } from '../testing/consortium';
import { signatory } from '../testing/firm';
import { expectRefusal } from '../testing/refusal';
import { acceptCall, grantLine, issue, issueCall, type LineBook } from '../testing/trade';
import { MAX_REQUEST_BYTES } from '../contract/request';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('authorisation', () => {
  let consortium: Consortium;
  let line: LineBook;
  let accept: Sending;
  let request: Request;

  beforeAll(async () => {
    consortium = await Consortium.open();
    line = await grantLine(consortium);
    const creditor = consortium.firms.suppliers[0]!;
    const [certificate] = await issue(consortium, line, [{ creditor, faceFen: 100_000_00n }]);
    accept = await acceptCall(consortium, certificate!, creditor);
    request = consortium.request(accept);
  });
  afterAll(() => consortium.close());

  /** The accepted request with another instruction, signed anew by maker and checker. */
  async function resigned(change: Record<string, unknown>): Promise<Request> {
    const [{ instruction, secret }] = request.instructions as [Request['instructions'][number]];
    const signed = await consortium.sign(
      { instruction: { ...instruction, ...change }, secret },
      consortium.firms.suppliers[0]!,
    );
    return { ...request, instructions: [signed] };
  }

  it('lets a well signed request through', async () => {
    await expect(consortium.tryRequest(accept, request)).resolves.toContain('"applied"');
  });

  describe('input', () => {
    it('refuses another public argument than the constant', () =>
      expectRefusal(consortium.tryRequest(accept, request, '{"v":1,"amount":"5"}'), 'BAD_INPUT', {
        field: 'argument',
      }));

    it('refuses a call without request', async () => {
      const query = { contract: 'certificate', fn: 'accept', args: ['{"v":1}'], transient: {} };
      await expectRefusal(consortium.network.ledgerFor(BANK_A).evaluate(query), 'BAD_INPUT', { field: 'request' });
    });

    it('refuses a request above the size limit', () =>
      expectRefusal(
        consortium.tryRequest(accept, { ...request, context: { padding: 'x'.repeat(MAX_REQUEST_BYTES) } }),
        'BAD_INPUT',
        { limit: MAX_REQUEST_BYTES },
      ));

    it('refuses bytes that are no JSON', async () => {
      const transient = { request: Buffer.from('{"v":1') };
      const query = { contract: 'certificate', fn: 'accept', args: ['{"v":1}'], transient };
      await expectRefusal(consortium.network.ledgerFor(BANK_A).evaluate(query), 'BAD_INPUT', { field: 'request' });
    });

    it('refuses an unknown field, naming its place and not its value', () =>
      expectRefusal(consortium.tryRequest(accept, { ...request, extra: 'secret' }), 'BAD_INPUT', { field: 'request' }));

    it('refuses more instructions than the call takes', async () => {
      const second = await resigned({ id: consortium.authoring(consortium.firms.suppliers[0]!).author.instructionId });
      const two = { ...request, instructions: [...request.instructions, ...second.instructions] };
      await expectRefusal(consortium.tryRequest(accept, two), 'BAD_INPUT', { field: 'instructions' });
    });

    it('refuses the same instruction twice', async () => {
      const issuing = await issueCall(consortium, line, [{ creditor: consortium.firms.suppliers[0]!, faceFen: 5_00n }]);
      const doubled = { ...consortium.request(issuing), instructions: [issuing.signed, issuing.signed] };
      await expectRefusal(consortium.tryRequest(issuing, doubled), 'BAD_INPUT', { field: 'instructions' });
    });

    it('refuses a missing secret, a secret where none belongs, and another than was signed', async () => {
      const firm = consortium.firms.suppliers[0]!;
      const [{ instruction, secret }] = request.instructions as [Request['instructions'][number]];
      const bare = await consortium.sign({ instruction: { ...instruction, secretHash: null }, secret: null }, firm);
      const without = { ...request, instructions: [bare] };
      await expectRefusal(consortium.tryRequest(accept, without), 'BAD_INPUT', { field: 'secret' });
      const voiding = buildVoid({ ...consortium.authoring(firm), id: instruction.id }).instruction;
      const hashed = { ...voiding, secretHash: instruction.secretHash };
      const signed = await consortium.sign({ instruction: hashed, secret }, firm, 'maker');
      const call = { contract: 'instruction', fn: 'voidInstruction', signed };
      await expectRefusal(consortium.try(call), 'BAD_INPUT', { field: 'secret' });
      const other = { ...secret!, salt: 'ab'.repeat(32) };
      const swapped = { ...request, instructions: [{ ...request.instructions[0], secret: other }] };
      await expectRefusal(consortium.tryRequest(accept, swapped), 'OPENING_MISMATCH', { record: 'secret' });
    });
  });

  describe('network and call', () => {
    it.each(['networkId', 'channel', 'chaincode'])('refuses an instruction for another %s (X3)', async (field) =>
      expectRefusal(consortium.tryRequest(accept, await resigned({ [field]: 'other' })), 'WRONG_NETWORK', { field }),
    );

    it.each([
      ['contract', 'transfer'],
      ['fn', 'decline'],
    ])('refuses an instruction for another %s', async (field, value) =>
      expectRefusal(consortium.tryRequest(accept, await resigned({ [field]: value })), 'BAD_INPUT', {
        field: `instruction.${field}`,
      }),
    );

    it('refuses an instruction sent to another function', () =>
      expectRefusal(consortium.tryRequest({ ...accept, fn: 'decline' }, request), 'BAD_INPUT'));
  });

  describe('time', () => {
    it('refuses a transaction whose timestamp is off the endorser’s clock (X15)', async () => {
      const other = await Consortium.open({ unfounded: true, endorserSkewMs: 5 * 60_000 + 1 });
      const context = await other.founding();
      await expectRefusal(other.submit({ contract: 'network', fn: 'genesis', context }), 'CLOCK_SKEW');
      await other.close();
      const late = await Consortium.open({ endorserSkewMs: 5 * 60_000 });
      await late.close();
      const behind = await Consortium.open({ unfounded: true, endorserSkewMs: -5 * 60_000 - 1 });
      await expectRefusal(behind.submit({ contract: 'network', fn: 'genesis', context }), 'CLOCK_SKEW');
      await behind.close();
    });

    const at = (ms: number): string => new Date(Date.parse(consortium.now) + ms).toISOString();

    it('refuses an instruction past its end', async () =>
      expectRefusal(
        consortium.tryRequest(accept, await resigned({ issuedAt: at(-2 * HOUR), notAfter: at(-1) })),
        'INSTRUCTION_EXPIRED',
      ));

    it('takes an instruction at its very end', async () => {
      const last = await resigned({ issuedAt: at(-2 * HOUR), notAfter: at(0) });
      await expect(consortium.tryRequest(accept, last)).resolves.toBeDefined();
    });

    it('refuses an instruction from the future', async () =>
      expectRefusal(
        consortium.tryRequest(accept, await resigned({ issuedAt: at(5 * 60_000 + 1), notAfter: at(HOUR) })),
        'CLOCK_SKEW',
        { field: 'instruction.issuedAt' },
      ));

    it('refuses an instruction that would live longer than 31 days, or ends before it begins', async () => {
      const long = await resigned({ issuedAt: at(0), notAfter: at(31 * DAY + 1) });
      await expectRefusal(consortium.tryRequest(accept, long), 'BAD_INPUT', { field: 'instruction.notAfter' });
      const backwards = await resigned({ issuedAt: at(2), notAfter: at(1) });
      await expectRefusal(consortium.tryRequest(accept, backwards), 'BAD_INPUT', { field: 'instruction.notAfter' });
    });
  });

  describe('members', () => {
    it('refuses a signer whose record is not proved', () =>
      expectRefusal(consortium.tryRequest(accept, { ...request, members: [] }), 'NOT_A_MEMBER'));

    it('refuses a record that its host’s roster does not hold', async () => {
      const [{ record, proof }] = request.members as [Request['members'][number]];
      const richer = { ...record, soloLimitFen: '999999999999' };
      const forged = { ...request, members: [{ record: richer, proof }] };
      await expectRefusal(consortium.tryRequest(accept, forged), 'NOT_A_MEMBER', { memberId: record.id });
      const elsewhere = { ...request, members: [{ record: { ...record, host: 'NobodyMSP' }, proof }] };
      await expectRefusal(consortium.tryRequest(accept, elsewhere), 'NOT_A_MEMBER');
    });

    it('refuses a member proved twice', () =>
      expectRefusal(
        consortium.tryRequest(accept, { ...request, members: [...request.members, ...request.members] }),
        'BAD_INPUT',
        { field: 'members' },
      ));

    it('refuses a member of another kind', async () => {
      const supplier = consortium.firms.suppliers[0]!;
      const rulePack = { schema: 1 as const, id: 'next', rules: consortium.rules };
      const unsigned = buildPublishRulePack({ ...consortium.authoring(supplier), rulePack, from: consortium.now });
      const signed = await consortium.sign(unsigned, supplier);
      const call = { contract: 'network', fn: 'publishRulePack', signed };
      await expectRefusal(consortium.try(call), 'MEMBER_KIND', { neededKind: 'OPERATOR' });
    });
  });

  describe('signatures', () => {
    /** The request with other signatures on the same instruction. */
    const signedBy = async (...roles: Parameters<Consortium['sign']>[2][]): Promise<Request> => {
      const [{ instruction, secret }] = request.instructions as [Request['instructions'][number]];
      const signed = await consortium.sign({ instruction, secret }, consortium.firms.suppliers[0]!, ...roles);
      return { ...request, instructions: [signed] };
    };
    const withSignature = (change: Record<string, unknown>): unknown => {
      const [first] = request.instructions as [Request['instructions'][number]];
      const [maker, checker] = first.signatures;
      return { ...request, instructions: [{ ...first, signatures: [{ ...maker, ...change }, checker] }] };
    };

    it('refuses a call that nobody signed, whoever sends it (X1)', () =>
      expectRefusal(consortium.tryRequest(accept, { ...request, instructions: [] }), 'SIG_REQUIRED'));

    it('refuses a signature by an unknown key', async () => {
      const signer = nobleSigner(generatePrivateKey(new Uint8Array(48).fill(7)));
      const [{ instruction, secret }] = request.instructions as [Request['instructions'][number]];
      const stranger = { role: 'maker' as const, signer, keyId: keyIdOf(signer.publicKey) };
      const signed = await signInstruction({ instruction, secret }, [stranger]);
      await expectRefusal(consortium.tryRequest(accept, { ...request, instructions: [signed] }), 'KEY_UNKNOWN');
    });

    it('refuses a signature that does not verify, also beside enough others', async () => {
      await expectRefusal(consortium.tryRequest(accept, withSignature({ sig: '1'.repeat(128) })), 'SIG_INVALID');
      const [{ signatures }] = request.instructions as [Request['instructions'][number]];
      await expectRefusal(consortium.tryRequest(accept, withSignature({ sig: signatures[1]!.sig })), 'SIG_INVALID');
    });

    it('refuses a key outside its roles', async () => {
      const keyId = signatory(consortium.firms.suppliers[0]!, 'service').keyId;
      await expectRefusal(consortium.tryRequest(accept, withSignature({ keyId })), 'ROLE_MISSING');
      await expectRefusal(consortium.tryRequest(accept, await signedBy('maker', 'checker', 'service')), 'ROLE_MISSING');
    });

    it('refuses an administrator where trade is concerned', async () =>
      expectRefusal(consortium.tryRequest(accept, await signedBy('admin', 'checker')), 'ROLE_MISSING'));

    it('refuses one person in two roles (I11)', async () => {
      const [first] = request.instructions as [Request['instructions'][number]];
      const twice = { ...first, signatures: [first.signatures[0]!, first.signatures[0]!, first.signatures[1]!] };
      await expectRefusal(consortium.tryRequest(accept, { ...request, instructions: [twice] }), 'SAME_PERSON');
    });

    it.each([['maker'], ['checker']] as const)('refuses %s alone above the solo limit', async (role) =>
      expectRefusal(consortium.tryRequest(accept, await signedBy(role)), 'ROLE_MISSING'),
    );
  });

  describe('rules and expectations', () => {
    it('refuses an instruction under another rule pack', async () =>
      expectRefusal(consortium.tryRequest(accept, await resigned({ rulePack: 'second' })), 'RULE_PACK_UNKNOWN', {
        rulePack: 'first',
      }));

    const certificateKey = (): string => recordKey('Certificate', consortiumCertificate());
    const consortiumCertificate = (): string =>
      (request.instructions[0]!.instruction.body as { certificate: string }).certificate;

    it('takes what the signer saw when it still stands', async () => {
      const record = await consortium.record('Certificate', consortiumCertificate());
      const expects = { [certificateKey()]: recordHash(record) };
      await expect(consortium.tryRequest(accept, await resigned({ expects }))).resolves.toBeDefined();
    });

    it('refuses when a record is not what the signer saw (X25)', async () => {
      const expects = { [certificateKey()]: 'ab'.repeat(32) };
      await expectRefusal(consortium.tryRequest(accept, await resigned({ expects })), 'EXPECTATION_FAILED', {
        record: 'Certificate',
      });
      const absent = { [recordKey('Holding', 'cd'.repeat(32))]: 'ab'.repeat(32) };
      await expectRefusal(consortium.tryRequest(accept, await resigned({ expects: absent })), 'EXPECTATION_FAILED');
    });

    it('refuses to read a member’s own record, which would name who acts', async () => {
      const member = recordKey('Member', consortium.firms.suppliers[0]!.record.id);
      const expects = { [member]: recordHash(consortium.firms.suppliers[0]!.record) };
      await expectRefusal(consortium.tryRequest(accept, await resigned({ expects })), 'BAD_INPUT');
      await expectRefusal(
        consortium.tryRequest(accept, await resigned({ expects: { other: 'ab'.repeat(32) } })),
        'BAD_INPUT',
      );
    });

    it('refuses more expectations than it would read', async () => {
      const keys = Array.from({ length: 101 }, (_, index) => recordKey('Holding', String(index)));
      const expects = Object.fromEntries(keys.map((key) => [key, 'ab'.repeat(32)]));
      await expectRefusal(consortium.tryRequest(accept, await resigned({ expects })), 'BAD_INPUT', {
        field: 'instruction.expects',
      });
    });
  });

  describe('replay', () => {
    it('answers the same request with the same bytes and one effect (T38)', async () => {
      const creditor = consortium.firms.suppliers[1]!;
      const [certificate] = await issue(consortium, line, [{ creditor, faceFen: 7_000_00n }]);
      const call = await acceptCall(consortium, certificate!, creditor);
      const once = await consortium.send(call, consortium.request(call));
      const twice = await consortium.send(call, consortium.request(call));
      expect(once).toMatchObject({ kind: 'committed' });
      expect(twice).toMatchObject({ kind: 'committed', result: once.kind === 'committed' ? once.result : '' });
      const located = await consortium.network.ledgerFor(OPERATOR).transaction(twice.txId);
      expect(located?.tx.writes).toEqual([]);
    });

    it('refuses other content under a known id', async () => {
      const creditor = consortium.firms.suppliers[2]!;
      const [certificate] = await issue(consortium, line, [{ creditor, faceFen: 7_000_00n }]);
      const call = await acceptCall(consortium, certificate!, creditor);
      await consortium.submit(call);
      const { instruction, secret } = call.signed;
      const notAfter = new Date(Date.parse(instruction.notAfter) - 1).toISOString();
      const signed = await consortium.sign({ instruction: { ...instruction, notAfter }, secret }, creditor);
      await expectRefusal(consortium.try({ ...call, signed }), 'INSTRUCTION_ID_REUSED', { id: instruction.id });
    });

    it('refuses a request of which only a part was applied', async () => {
      const creditor = consortium.firms.suppliers[2]!;
      const first = await issueCall(consortium, line, [{ creditor, faceFen: 8_000_00n }]);
      const outcome = await consortium.submit(first);
      const { openings } = await consortium.bundle('CoreMSP', outcome.applied[0]!);
      line.opening = openings.lines[0]!;
      const second = await issueCall(consortium, line, [{ creditor, faceFen: 9_000_00n }]);
      const both = { ...second, signed: [first.signed, second.signed] };
      await expectRefusal(consortium.try(both), 'INSTRUCTION_ID_REUSED');
    });
  });

  it('is deterministic: the same request gives the same bytes at every peer, twice', async () => {
    const answers = await Promise.all(
      [OPERATOR, BANK_A, OPERATOR].map((from) => consortium.tryRequest({ ...accept, from }, request)),
    );
    expect(new Set(answers).size).toBe(1);
    expect(canonicalJson(JSON.parse(answers[0]!))).toBe(answers[0]);
  });

  it('lets any key void and report, for that only protects', async () => {
    const bank = consortium.firms.bankA;
    const id = consortium.authoring(bank).author.instructionId;
    const signed = await consortium.sign(buildVoid({ ...consortium.authoring(bank), id }), bank, 'service');
    await expect(consortium.try({ contract: 'instruction', fn: 'voidInstruction', signed })).resolves.toBeDefined();
    const certificate = (request.instructions[0]!.instruction.body as { certificate: string }).certificate;
    const report = await consortium.sign(
      buildReportOverdue({ ...consortium.authoring(bank), certificate }),
      bank,
      'risk',
    );
    await expectRefusal(
      consortium.try({ contract: 'certificate', fn: 'reportOverdue', signed: report }),
      'NOT_OVERDUE',
    );
  });
});
