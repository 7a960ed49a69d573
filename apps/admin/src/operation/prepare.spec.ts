import {
  generatePrivateKey,
  keyIdOf,
  nobleSigner,
  publicKeyOf,
  randomHex,
  signedBytes,
  verifySignature,
} from '@tallystick/crypto';
import { SignatureForm, type Operation } from '@tallystick/protocol';
import { NotAsAsked, prepare, sign } from './prepare';

const hash = 'ab'.repeat(32);
const certificate = {
  issuerOrg: 'CoreMSP',
  host: 'OperatorMSP',
  witness: 'BankAMSP',
  standIn: 'BankBMSP',
  line: hash,
  issuedOn: '2026-11-23',
  dueDate: '2027-04-30',
  acceptBy: '2026-12-03T09:00:00.000Z',
  faceFen: '11300000',
  firstCreditor: '91440300MA00UP2B0F',
  latePpmPerDay: 500,
  invoices: [
    {
      fingerprint: hash,
      number: '1',
      date: '2026-11-10',
      sellerUscc: '91440300MA00UP2B0F',
      grossFen: '11300000',
      amountFen: '11300000',
      deliveredOn: '2026-11-05',
    },
  ],
  contractNo: '',
  note: '',
  longTenorReason: null,
};

function operation(): Operation {
  const author = {
    networkId: 'n',
    channel: 'c',
    chaincode: 'receivables',
    member: '91310000MA00UP1A06',
    rulePack: 'r',
    issuedAt: '2026-11-23T01:00:00.000Z',
    notAfter: '2026-11-30T01:00:00.000Z',
    instructionId: '01938c5e-7b00-7000-8000-000000000001',
  };
  const step = {
    contract: 'certificate',
    fn: 'issueMany',
    author,
    records: {},
    known: {},
    input: { certificates: [certificate] },
  };
  const can = { sign: { allowed: true, role: 'maker' } };
  return { steps: [{ ...step, instruction: null, secret: null }], can } as unknown as Operation;
}

/** As it comes to the checker after the maker has signed. */
function toCheck(): Operation {
  const made = operation();
  const { unsigned } = prepare(made);
  const steps = made.steps.map((step, index) => ({ ...step, ...unsigned[index]! }));
  return { ...made, steps, can: { sign: { allowed: true, role: 'checker' } } } as Operation;
}

describe('preparing a signature', () => {
  it('shows what stands in the instruction itself', () => {
    const { says, first } = prepare(operation());
    expect(first).toBe(true);
    expect(says[0]?.vars['amount']).toEqual({ kind: 'money', fen: 11_300_000n });
    expect(says[0]?.vars['creditor']).toEqual({ kind: 'member', id: '91440300MA00UP2B0F' });
  });

  it('lets a checker sign the very instruction that the maker wrote', () => {
    const checked = toCheck();
    const { first, role, unsigned } = prepare(checked);
    expect([first, role]).toEqual([false, 'checker']);
    expect(unsigned[0]?.instruction).toEqual(checked.steps[0]?.instruction);
  });

  it('refuses when the form asked another amount than what the maker wrote', () => {
    const checked = toCheck();
    const [step] = checked.steps;
    const input = { certificates: [{ ...certificate, faceFen: '11300001' }] };
    expect(() => prepare({ ...checked, steps: [{ ...step!, input }] })).toThrow(NotAsAsked);
  });

  it('refuses when the secret is not the one that the instruction binds', () => {
    const checked = toCheck();
    const other = toCheck().steps[0]!.secret;
    expect(() => prepare({ ...checked, steps: [{ ...checked.steps[0]!, secret: other }] })).toThrow(NotAsAsked);
  });

  it('signs in the role that is missing, with the key that is held, and gives only the maker’s text along', async () => {
    const privateKey = generatePrivateKey();
    const publicKey = publicKeyOf(privateKey);
    const key = { user: 'u', keyId: keyIdOf(publicKey), signer: nobleSigner(privateKey) };
    for (const [one, role] of [
      [operation(), 'maker'],
      [toCheck(), 'checker'],
    ] as const) {
      const prepared = prepare(one);
      const form = SignatureForm.parse(await sign(prepared, key));
      expect(form.role).toBe(role);
      expect(form.steps[0]?.instruction !== undefined).toBe(role === 'maker');
      const bytes = signedBytes(role, prepared.unsigned[0]!.instruction);
      expect(verifySignature({ publicKey, bytes, signature: form.steps[0]!.signature.sig })).toBe(true);
      expect(form.steps[0]?.undertakings).toHaveLength(1);
    }
  });

  it('uses fresh randomness for each instruction', () => {
    const [one, other] = [prepare(operation()), prepare(operation())];
    expect(one.unsigned[0]?.instruction.secretHash).not.toBe(other.unsigned[0]?.instruction.secretHash);
    expect(randomHex(16)).toHaveLength(32);
  });
});
