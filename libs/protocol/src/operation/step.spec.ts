import {
  commitOwner,
  hashParts,
  nobleSigner,
  keyIdOf,
  verifySignature,
  signedBytes,
  undertakingBytes,
} from '@tallystick/crypto';
import { pieceOf } from '../holding/holding.build';
import type { HoldingOpening, HoldingRecord } from '../holding/holding.records';
import { InstructionMismatch } from '../instruction/instruction.read';
import { recordKey } from '../wire/record-key';
import { certificateNo } from './certificate-no';
import { buildSteps, checkSteps, explainSteps, FormMismatch, signSteps, type StepDraft } from './step';

const CORE = '91110000MA00CRE01M';
const SUPPLIER = '91310000MA00UP1A06';
const OTHER = '91440300MA00UP2B0F';
const BANK = '91110000MA00BNK01L';

let drawn = 0;
const random = (bytes: number): string => hashParts('test-random', String(drawn++)).slice(0, bytes * 2);
const hash = (text: string): string => hashParts('test', text);

const author = (member: string, serial: number): StepDraft['author'] => ({
  networkId: 'test-net',
  channel: 'trade',
  chaincode: 'receivables',
  member,
  rulePack: 'rules-2026',
  issuedAt: '2026-03-02T01:00:00.000Z',
  notAfter: '2026-03-09T01:00:00.000Z',
  instructionId: `0198f3a0-0000-7000-8000-${String(serial).padStart(12, '0')}`,
});

const opening: HoldingOpening = {
  holding: hash('holding'),
  certificate: hash('certificate'),
  lo: '1000',
  loSalt: random(16),
  hi: '101000',
  hiSalt: random(16),
  owner: SUPPLIER,
  ownerSalt: random(16),
  paid: null,
};
const record: HoldingRecord = {
  schema: 1,
  certificate: opening.certificate,
  parent: null,
  host: 'OperatorMSP',
  depth: 0,
  status: 'live',
  lock: null,
  paid: null,
  madeBy: hash('made'),
  spentBy: null,
  ...pieceOf(opening.holding, opening.certificate, SUPPLIER, opening),
};
const records = { [recordKey('Holding', opening.holding)]: record };

const offer: StepDraft = {
  contract: 'transfer',
  fn: 'offer',
  author: author(SUPPLIER, 1),
  records,
  known: { holding: opening },
  input: {
    holding: opening,
    to: [
      {
        receiver: OTHER,
        receiverHost: 'OperatorMSP',
        amountFen: '40000',
        background: { contractNo: 'C', invoiceNo: 'I', note: '' },
      },
    ],
    until: '2026-03-05T09:00:00.000Z',
  },
};
const application = {
  applicant: SUPPLIER,
  amountFen: '100000',
  recourse: false,
  interestBearer: 'supplier',
  note: '',
};
const order = buildSteps(
  [
    {
      ...offer,
      fn: 'apply',
      contract: 'financing',
      author: author(SUPPLIER, 2),
      input: { holding: opening, application, openUntil: '2026-03-06T09:00:00.000Z' },
    },
  ],
  random,
)[0]!.instruction.body['order'];
const applyAndInvite: StepDraft[] = [
  {
    ...offer,
    contract: 'financing',
    fn: 'apply',
    author: author(SUPPLIER, 2),
    input: { holding: opening, application, openUntil: '2026-03-06T09:00:00.000Z' },
  },
  {
    contract: 'financing',
    fn: 'invite',
    author: author(SUPPLIER, 3),
    records: {},
    known: {},
    input: { order, bank: BANK, bankHost: 'BankOneMSP' },
  },
];
const issue: StepDraft = {
  contract: 'certificate',
  fn: 'issueMany',
  author: author(CORE, 4),
  records: {},
  known: {},
  input: {
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
        faceFen: '100000000',
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
        contractNo: 'HT-1',
        note: '',
        longTenorReason: null,
      },
    ],
  },
};

interface Draft {
  to: { amountFen: string; receiver: string; background: { note: string } }[];
  certificates: { faceFen: string; dueDate: string; invoices: { number: string }[] }[];
  until: string;
  bank: string;
}

const changed = (step: StepDraft, change: (input: Draft) => void): StepDraft => {
  const copy = structuredClone(step);
  change(copy.input as unknown as Draft);
  return copy;
};

describe('the steps of an operation', () => {
  it.each([
    ['offer', [offer]],
    ['apply and invite', applyAndInvite],
    ['issue', [issue]],
  ])('%s: what is built from the form passes as the form', (_, steps) => {
    const built = buildSteps(steps, random);
    expect(() => {
      checkSteps(steps, built, random);
    }).not.toThrow();
    expect(explainSteps(steps, built)).toHaveLength(steps.length);
  });

  it.each<[string, StepDraft[], StepDraft[]]>([
    [
      'another amount',
      [offer],
      [
        changed(offer, (input: Draft) => {
          input.to[0]!.amountFen = '40001';
        }),
      ],
    ],
    [
      'another receiver',
      [offer],
      [
        changed(offer, (input: Draft) => {
          input.to[0]!.receiver = BANK;
        }),
      ],
    ],
    [
      'another background',
      [offer],
      [
        changed(offer, (input: Draft) => {
          input.to[0]!.background.note = 'x';
        }),
      ],
    ],
    [
      'another end',
      [offer],
      [
        changed(offer, (input: Draft) => {
          input.until = '2026-03-06T09:00:00.000Z';
        }),
      ],
    ],
    ['other records seen', [offer], [{ ...offer, records: { ...records, [recordKey('Order', hash('o'))]: {} } }]],
    ['another instruction id', [offer], [{ ...offer, author: author(SUPPLIER, 9) }]],
    ['a longer life', [offer], [{ ...offer, author: { ...offer.author, notAfter: '2026-03-30T01:00:00.000Z' } }]],
    [
      'another face',
      [issue],
      [
        changed(issue, (input: Draft) => {
          input.certificates[0]!.faceFen = '100000001';
        }),
      ],
    ],
    [
      'another invoice',
      [issue],
      [
        changed(issue, (input: Draft) => {
          input.certificates[0]!.invoices[0]!.number = 'x';
        }),
      ],
    ],
    [
      'another due date',
      [issue],
      [
        changed(issue, (input: Draft) => {
          input.certificates[0]!.dueDate = '2026-08-30';
        }),
      ],
    ],
    [
      'another bank',
      applyAndInvite,
      [
        applyAndInvite[0]!,
        changed(applyAndInvite[1]!, (input: Draft) => {
          input.bank = OTHER;
        }),
      ],
    ],
    ['a step less', applyAndInvite, [applyAndInvite[0]!]],
  ])('refuses what was signed for %s', (_, asked, signed) => {
    const built = buildSteps(signed, random);
    expect(() => {
      checkSteps(asked, built, random);
    }).toThrow(FormMismatch);
  });

  it('refuses an instruction that does not match its own secret', () => {
    const [built] = buildSteps([offer], random);
    const secret = structuredClone(built!.secret!) as {
      salt: string;
      value: { offers: { receiver: string }[] } & Record<string, unknown>;
    };
    secret.value.offers[0]!.receiver = BANK;
    expect(() => {
      checkSteps([offer], [{ ...built!, secret }], random);
    }).toThrow(InstructionMismatch);
  });

  it('refuses an application whose invitation shows another one than it signs', () => {
    const [apply] = buildSteps(applyAndInvite, random);
    const [, invite] = buildSteps(applyAndInvite, random);
    expect(() => {
      checkSteps(applyAndInvite, [apply!, invite!], random);
    }).toThrow(/application/u);
  });

  it('does not sign what the gateway shows without its record, or with another one', () => {
    expect(() => buildSteps([{ ...offer, records: {} }], random)).toThrow(FormMismatch);
    const other = { ...record, owner: commitOwner({ holdingId: record.id, memberId: OTHER, salt: opening.ownerSalt }) };
    const forged = { ...offer, records: { [recordKey('Holding', opening.holding)]: other } };
    expect(() => buildSteps([forged], random)).toThrow(FormMismatch);
  });

  it('builds nothing that only services sign', () => {
    expect(() => buildSteps([{ ...offer, contract: 'settlement', fn: 'funds' }], random)).toThrow(RangeError);
  });

  it('signs each instruction, and each promise of an issue, in the role given', async () => {
    const signer = nobleSigner('11'.repeat(32));
    const built = buildSteps([issue], random);
    const [signed] = await signSteps(built, { role: 'checker', signer, keyId: keyIdOf(signer.publicKey) }, false);
    const { publicKey } = signer;
    const bytes = signedBytes('checker', built[0]!.instruction);
    expect(verifySignature({ publicKey, bytes, signature: signed!.signature.sig })).toBe(true);
    const promise = (built[0]!.instruction.body['certificates'] as { id: string }[])[0]!;
    const [undertaking] = signed!.undertakings!;
    expect(undertaking!.certificate).toBe(promise.id);
    const promised = undertakingBytes('checker', promise);
    expect(verifySignature({ publicKey, bytes: promised, signature: undertaking!.sig })).toBe(true);
    expect(signed).not.toHaveProperty('instruction');
  });

  it('numbers certificates for people', () => {
    expect(certificateNo('2026-11-23', '1a2b3c4d'.padEnd(64, '0'))).toBe('TS20261123-1A2B3C4D');
  });
});
