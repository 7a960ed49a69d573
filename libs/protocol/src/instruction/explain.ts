import { readAcceptCertificate, readIssue } from '../certificate/certificate.read';
import type { CertificateOpening } from '../certificate/certificate.records';
import { readDeposit } from '../deposit/deposit.build';
import type { SealedApplication } from '../financing/financing.build';
import { readApply, readApprove, readDisburse, readInvite, readQuote } from '../financing/financing.read';
import type { HoldingOpening } from '../holding/holding.records';
import { readChangeLine, readGrantLine } from '../line/line.build';
import { readFunds, readPrepare, type FundsAmounts } from '../settlement/settlement.build';
import { readAcceptTransfer, readOffer } from '../transfer/transfer.read';
import { CALLS, type BodyOf, type CallName } from './calls';
import type { Unsigned } from './instruction.build';
import { InstructionMismatch, need, open } from './instruction.read';

/** Clear values that some calls only refer to. The reader proves openings against the ledger's records before. */
export interface Known {
  certificate?: CertificateOpening;
  holding?: HoldingOpening;
  sealed?: SealedApplication;
  funds?: FundsAmounts;
}

type Reader = (unsigned: Unsigned, known: Known) => { member: string };

/** Calls whose body is all there is: nothing is hidden, so nothing is recomputed. */
const plain =
  <N extends CallName>(call: N) =>
  (unsigned: Unsigned): { member: string; body: BodyOf<N> } => {
    const { instruction, body } = open(call, unsigned);
    return { member: instruction.member, body };
  };

const READERS = {
  'network.moveClock': plain('network.moveClock'),
  'network.publishRulePack': plain('network.publishRulePack'),
  'network.flag': plain('network.flag'),
  'member.admit': plain('member.admit'),
  'member.addKey': plain('member.addKey'),
  'member.revokeKey': plain('member.revokeKey'),
  'member.setStatus': plain('member.setStatus'),
  'member.setSoloLimit': plain('member.setSoloLimit'),
  'line.grant': readGrantLine,
  'line.change': readChangeLine,
  'line.release': plain('line.release'),
  'certificate.issueMany': readIssue,
  'certificate.accept': (unsigned: Unsigned, known: Known) =>
    readAcceptCertificate(unsigned, need('certificate', known.certificate)),
  'certificate.decline': plain('certificate.decline'),
  'certificate.withdraw': plain('certificate.withdraw'),
  'certificate.reportOverdue': plain('certificate.reportOverdue'),
  'transfer.offer': readOffer,
  'transfer.accept': (unsigned: Unsigned, known: Known) => readAcceptTransfer(unsigned, need('holding', known.holding)),
  'transfer.decline': plain('transfer.decline'),
  'transfer.withdraw': plain('transfer.withdraw'),
  'financing.apply': (unsigned: Unsigned, known: Known) => readApply(unsigned, need('application', known.sealed)),
  'financing.invite': readInvite,
  'financing.quote': readQuote,
  'financing.withdrawQuote': plain('financing.withdrawQuote'),
  'financing.refuse': plain('financing.refuse'),
  'financing.acceptQuote': plain('financing.acceptQuote'),
  'financing.approve': readApprove,
  'financing.sign': plain('financing.sign'),
  'financing.disburse': (unsigned: Unsigned, known: Known) => readDisburse(unsigned, need('holding', known.holding)),
  'financing.receipt': plain('financing.receipt'),
  'financing.withdraw': plain('financing.withdraw'),
  'financing.reject': plain('financing.reject'),
  'financing.fail': plain('financing.fail'),
  'settlement.prepare': readPrepare,
  'settlement.funds': (unsigned: Unsigned, known: Known) => readFunds(unsigned, need('funds', known.funds)),
  'settlement.allocate': plain('settlement.allocate'),
  'settlement.credited': plain('settlement.credited'),
  'settlement.close': plain('settlement.close'),
  'instruction.voidInstruction': plain('instruction.voidInstruction'),
  'deposit.openings': readDeposit,
} satisfies Record<CallName, Reader>;

/** A call with what it says in clear. */
export type Explanation = {
  [N in CallName]: { call: N; facts: ReturnType<(typeof READERS)[N]> };
}[CallName];

const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name);

/**
 * What the signers of an instruction agree to, in clear: every commitment, id and hash is recomputed, so that what is
 * shown is what is signed. Show the facts of this answer only, then sign the same object.
 * @throws InstructionMismatch when anything does not recompute or a clear value is missing; ZodError for another shape
 */
export function explain(unsigned: Unsigned, known: Known = {}): Explanation {
  const call = `${unsigned.instruction.contract}.${unsigned.instruction.fn}`;
  if (!isCall(call)) throw new InstructionMismatch('fn');
  return { call, facts: READERS[call](unsigned, known) } as Explanation;
}
