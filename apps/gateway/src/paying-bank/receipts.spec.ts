import { generatePrivateKey, keyIdOf, nobleSigner, randomHex, signedBytes, verifySignature } from '@tallystick/crypto';
import { buildFunds, buildReceipt, netCommitment } from '@tallystick/protocol';
import type { BookedPayment } from './ledger-of-accounts';
import { NotOnTheBooks, signReceipt, type SigningRequest } from './receipts';

const signer = nobleSigner(generatePrivateKey());
const key = { keyId: keyIdOf(signer.publicKey), publicKey: signer.publicKey, signer };
const author = {
  networkId: 'test-net',
  channel: 'trade',
  chaincode: 'receivables',
  member: '91110000MA00BNK01L',
  rulePack: 'rules',
  issuedAt: '2026-03-02T01:00:00.000Z',
  notAfter: '2026-03-09T01:00:00.000Z',
  instructionId: '0198f3a0-0000-7000-8000-000000000001',
};
const id = (digit: string): string => digit.repeat(64);
const booked: BookedPayment = {
  endToEndId: 'TS-1',
  amountFen: 100n,
  creditedFen: 100n,
  status: 'ACSC',
  bookedOn: '2026-03-02',
  bankReference: 'B1',
};
const salt = randomHex(16);
const net = { quote: id('a'), salt };
const receipt = (change: Partial<Parameters<typeof buildReceipt>[0]> = {}): SigningRequest => {
  const named = { order: id('b'), net: netCommitment(id('a'), 100n, salt), paidOn: '2026-03-02', reference: 'B1' };
  const { instruction } = buildReceipt({ author, random: randomHex, ...named, ...change });
  return { endToEndId: 'TS-1', instruction, secret: null, net };
};
const funds = (receivedFen: bigint): SigningRequest => {
  const amounts = {
    principalFen: receivedFen,
    interestFen: 0n,
    outstandingFen: 100n,
    paidFen: 100n,
    carriedFen: null,
    full: true,
  };
  const named = { order: id('b'), certificate: id('c'), receivedFen, amounts, paidOn: '2026-03-02', reference: 'B1' };
  const { instruction, secret } = buildFunds({ author, random: randomHex, ...named });
  return { endToEndId: 'TS-1', instruction, secret, net: null };
};

describe('a paying bank signs what its books show', () => {
  it.each<[string, SigningRequest]>([
    ['a net amount paid', receipt()],
    ['money received', funds(100n)],
  ])('%s', async (_, request) => {
    const { sig, role } = await signReceipt(request, booked, key);
    const bytes = signedBytes('service', request.instruction);
    expect([role, verifySignature({ publicKey: key.publicKey, bytes, signature: sig })]).toEqual(['service', true]);
  });

  it.each<[string, SigningRequest, BookedPayment | null]>([
    ['a payment it does not know', receipt(), null],
    ['one that it rejected', receipt(), { ...booked, status: 'RJCT' }],
    ['another net amount', receipt({ net: netCommitment(id('a'), 101n, salt) }), booked],
    ['a net amount that nobody opens', { ...receipt(), net: null }, booked],
    ['another day', receipt({ paidOn: '2026-03-03' }), booked],
    ['another booking', receipt({ reference: 'B2' }), booked],
    ['more money than came in', funds(101n), booked],
    ['money that came in only in part', funds(100n), { ...booked, creditedFen: 50n }],
    ['a secret that was not signed for', { ...funds(100n), secret: funds(100n).secret }, booked],
    ['any other instruction', { ...receipt(), instruction: { ...receipt().instruction, fn: 'disburse' } }, booked],
  ])('but not %s', async (_, request, payment) => {
    await expect(signReceipt(request, payment, key)).rejects.toThrow(NotOnTheBooks);
  });
});
