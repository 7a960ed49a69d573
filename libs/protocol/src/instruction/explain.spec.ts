import { hashParts, keyIdOf, nobleSigner, signedBytes, undertakingBytes, verifySignature } from '@tallystick/crypto';
import { buildAcceptCertificate, buildIssue, buildUndertaking, issueOpenings } from '../certificate/certificate.build';
import { noOpenings } from '../deposit/bundle';
import { buildDeposit } from '../deposit/deposit.build';
import {
  buildApply,
  buildApprove,
  buildDisburse,
  buildInvite,
  buildQuote,
  buildReceipt,
} from '../financing/financing.build';
import type { HoldingOpening } from '../holding/holding.records';
import { buildChangeLine, buildGrantLine } from '../line/line.build';
import { buildFunds, buildPrepare } from '../settlement/settlement.build';
import { buildAcceptTransfer, buildDeclineTransfer, buildOffer } from '../transfer/transfer.build';
import { explain, type Known } from './explain';
import { addSignature, signInstruction, type Authoring, type Unsigned } from './instruction.build';
import { SignedInstructionSchema } from './instruction';

const CORE = '91110000MA00CRE01M';
const SUPPLIER = '91310000MA00UP1A06';
const BUYER = '91440300MA00UP2B0F';

let drawn = 0;
const random = (bytes: number): string => hashParts('test-random', String(drawn++)).slice(0, bytes * 2);

function as(member: string, serial = 0): Authoring {
  const instructionId = `0198f3a0-0000-7000-8000-${String(serial).padStart(12, '0')}`;
  const author = {
    networkId: 'test-net',
    channel: 'trade',
    chaincode: 'receivables',
    member,
    rulePack: 'rules-2026',
    issuedAt: '2026-03-02T01:00:00.000Z',
    notAfter: '2026-03-09T01:00:00.000Z',
    instructionId,
  };
  return { author, random };
}

const hash = (text: string): string => hashParts('test', text);
const background = { contractNo: 'HT-2026-014', invoiceNo: '26442000000000000017', note: '' };

const issue = buildIssue({
  ...as(CORE),
  certificates: [
    {
      issuerOrg: 'CoreMSP',
      host: 'OperatorMSP',
      witness: 'BankOneMSP',
      standIn: 'BankTwoMSP',
      line: hash('line'),
      issuedOn: '2026-03-02',
      dueDate: '2026-08-31',
      acceptBy: '2026-03-12T01:00:00.000Z',
      faceFen: 100_000_000n,
      firstCreditor: SUPPLIER,
      latePpmPerDay: 500,
      invoices: [
        {
          fingerprint: hash('invoice'),
          number: '26442000000000000017',
          date: '2026-02-27',
          sellerUscc: SUPPLIER,
          grossFen: '113000000',
          amountFen: '100000000',
          deliveredOn: '2026-02-25',
        },
      ],
      contractNo: 'HT-2026-014',
      note: '',
      longTenorReason: null,
    },
  ],
});
const certificate = issueOpenings(issue).certificates[0]!;
const holding: HoldingOpening = {
  holding: hash('holding'),
  certificate: certificate.certificate,
  lo: certificate.terms.originFen,
  loSalt: certificate.loSalt,
  hi: String(BigInt(certificate.terms.originFen) + 100_000_000n),
  hiSalt: certificate.hiSalt,
  owner: SUPPLIER,
  ownerSalt: random(16),
  paid: null,
};
const application = {
  applicant: SUPPLIER,
  amountFen: '40000000',
  recourse: false,
  interestBearer: 'supplier' as const,
  note: '',
};
const applied = buildApply({ ...as(SUPPLIER), holding, application, openUntil: '2026-03-06T09:00:00.000Z' });
const quoteTerms = {
  ratePpm: 43500,
  basis: 'ACT_360' as const,
  valueDate: '2026-03-04',
  endDate: '2026-08-31',
  days: 180,
  amountFen: '40000000',
  interestFen: '870000',
  fees: [],
  netFen: '39130000',
  aprPpm: 44467,
  recourse: false,
  interestBearer: 'supplier' as const,
};
const funds = {
  principalFen: 39_000_000n,
  interestFen: 200_000n,
  outstandingFen: 40_000_000n,
  paidFen: 99_000_000n,
  carriedFen: null,
  full: false,
};
const bundle = { v: 1 as const, instructions: [], openings: { ...noOpenings(), holdings: [holding] } };
const checklist = {
  documents: true as const,
  occupancy: true as const,
  fingerprint: true as const,
  limits: true as const,
  registrySearch: true as const,
};

const samples: [string, Unsigned, Known][] = [
  ['issueMany', issue, {}],
  [
    'accept certificate',
    buildAcceptCertificate({ ...as(SUPPLIER), certificate: holding.certificate }),
    { certificate },
  ],
  [
    'grant line',
    buildGrantLine({
      ...as(BUYER),
      terms: { bank: BUYER, issuer: CORE, currency: 'CNY' },
      issuerOrg: 'CoreMSP',
      standIn: 'BankTwoMSP',
      until: '2027-03-01',
      limitFen: 5_000_000_000n,
    }),
    {},
  ],
  ['change line', buildChangeLine({ ...as(BUYER), line: hash('line'), until: '2027-03-01', limitFen: 7n }), {}],
  [
    'offer',
    buildOffer({
      ...as(SUPPLIER),
      holding,
      to: [
        { receiver: BUYER, receiverHost: 'OperatorMSP', amountFen: 33_333_333n, background },
        { receiver: CORE, receiverHost: 'CoreMSP', amountFen: 33_333_333n, background },
      ],
      until: '2026-03-05T09:00:00.000Z',
    }),
    {},
  ],
  ['accept transfer', buildAcceptTransfer({ ...as(BUYER), order: hash('order'), piece: holding }), { holding }],
  ['decline transfer', buildDeclineTransfer({ ...as(BUYER), order: hash('order'), reason: 'not ours' }), {}],
  ['apply', applied, { sealed: applied.sealed }],
  [
    'invite',
    buildInvite({
      ...as(SUPPLIER),
      order: hash('order'),
      bank: BUYER,
      bankHost: 'BankOneMSP',
      sealed: applied.sealed,
    }),
    {},
  ],
  [
    'quote',
    buildQuote({
      ...as(BUYER),
      order: hash('order'),
      invitation: hash('invitation'),
      terms: quoteTerms,
      validUntil: '2026-03-06T09:00:00.000Z',
    }),
    {},
  ],
  [
    'approve',
    buildApprove({
      ...as(BUYER),
      order: hash('order'),
      quote: hash('quote'),
      document: hash('document'),
      checklist,
      validUntil: '2026-03-10T09:00:00.000Z',
    }),
    {},
  ],
  ['disburse', buildDisburse({ ...as(BUYER), order: hash('order'), piece: holding }), { holding }],
  [
    'receipt',
    buildReceipt({ ...as(BUYER), order: hash('order'), net: hash('net'), paidOn: '2026-03-05', reference: 'R-1' }),
    {},
  ],
  ['prepare', buildPrepare({ ...as(CORE), certificate: holding.certificate, amountFen: 100_000_000n }), {}],
  [
    'funds',
    buildFunds({
      ...as(BUYER),
      order: hash('order'),
      certificate: holding.certificate,
      receivedFen: 39_200_000n,
      amounts: funds,
      paidOn: '2026-09-10',
      reference: 'R-2',
    }),
    { funds },
  ],
  ['deposit', buildDeposit({ ...as(BUYER), to: 'CoreMSP', bundle }), {}],
];

/** Paths of every leaf of a JSON value. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  return [path];
}

/** Another value of the same kind: a digit of a string, the next number, the other truth, something for nothing. */
function flip(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return '1';
  const at = value.search(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/);
  const other = value[at] === '1' ? '2' : '1';
  return value.slice(0, at) + other + value.slice(at + 1);
}

function flipped<T>(value: T, path: (string | number)[]): T {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path[path.length - 1]!;
  at[last] = flip(at[last]);
  return copy;
}

const shown = (unsigned: Unsigned, known: Known): string => {
  try {
    return JSON.stringify(explain(unsigned, known), (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
  } catch {
    return 'refused';
  }
};

describe('explaining an instruction', () => {
  it.each(samples)('shows %s as it was written', (_name, unsigned, known) => {
    expect(explain(unsigned, known).facts.member).toBe(unsigned.instruction.member);
  });

  it.each(samples)('refuses or shows a change of any leaf of the body of %s', (_name, unsigned, known) => {
    const before = shown(unsigned, known);
    for (const path of leaves(unsigned.instruction.body)) {
      const changed = flipped(unsigned, ['instruction', 'body', ...path]);
      expect([path, shown(changed, known)]).not.toEqual([path, before]);
    }
  });

  it.each(samples)('refuses a change of any leaf of the secret of %s', (_name, unsigned, known) => {
    for (const path of leaves(unsigned.secret)) {
      if (unsigned.secret === null) continue;
      expect([path, shown(flipped(unsigned, ['secret', ...path]), known)]).toEqual([path, 'refused']);
    }
    expect(
      shown({ ...unsigned, secret: unsigned.secret === null ? { salt: random(32), value: {} } : null }, known),
    ).toBe('refused');
  });

  it.each(samples.filter(([, unsigned]) => unsigned.secret !== null && unsigned.instruction.fn !== 'issueMany'))(
    'refuses a secret of %s that hashes right but opens other commitments',
    (_name, unsigned, known) => {
      const { hashSecret } = jest.requireActual<typeof import('@tallystick/crypto')>('@tallystick/crypto');
      const secret = unsigned.secret!;
      const before = shown(unsigned, known);
      for (const path of leaves(secret.value)) {
        const value = flipped(secret.value, path);
        const instruction = { ...unsigned.instruction, secretHash: hashSecret({ salt: secret.salt, secret: value }) };
        expect([path, shown({ instruction, secret: { salt: secret.salt, value } }, known)]).not.toEqual([path, before]);
      }
    },
  );

  it.each(samples)('refuses %s under another member or instruction id, or shows it', (_name, unsigned, known) => {
    const before = shown(unsigned, known);
    for (const other of [
      flipped(unsigned, ['instruction', 'member']),
      { ...unsigned, instruction: { ...unsigned.instruction, fn: 'other' } },
    ]) {
      expect(shown(other, known)).not.toBe(before);
    }
  });

  it('refuses clear values that are missing', () => {
    const [, accept] = samples.find(([name]) => name === 'accept transfer')!;
    expect(() => explain(accept)).toThrow('holding');
  });
});

describe('signing an instruction', () => {
  const maker = nobleSigner('1'.repeat(64));
  const checker = nobleSigner('2'.repeat(64));

  it('carries signatures of maker and checker over their roles', async () => {
    const signed = await addSignature(
      await signInstruction(issue, [{ role: 'maker', signer: maker, keyId: keyIdOf(maker.publicKey) }]),
      { role: 'checker', signer: checker, keyId: keyIdOf(checker.publicKey) },
    );
    expect(SignedInstructionSchema.parse(signed).signatures.map(({ role }) => role)).toEqual(['maker', 'checker']);
    const [first, second] = signed.signatures;
    const verify = (publicKey: string, role: 'maker' | 'checker', signature: string): boolean =>
      verifySignature({ publicKey, bytes: signedBytes(role, signed.instruction), signature });
    expect(verify(maker.publicKey, 'maker', first!.sig)).toBe(true);
    expect(verify(maker.publicKey, 'checker', first!.sig)).toBe(false);
    expect(verify(checker.publicKey, 'checker', second!.sig)).toBe(true);
  });

  it('signs the public part of a certificate by itself', async () => {
    const publicPart = (explain(issue).facts as { certificates: { public: Parameters<typeof buildUndertaking>[0] }[] })
      .certificates[0]!.public;
    const undertaking = await buildUndertaking(publicPart, {
      role: 'maker',
      signer: maker,
      keyId: keyIdOf(maker.publicKey),
    });
    expect(
      verifySignature({
        publicKey: maker.publicKey,
        bytes: undertakingBytes('maker', publicPart),
        signature: undertaking.sig,
      }),
    ).toBe(true);
  });
});
