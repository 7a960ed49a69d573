import type { RulePack } from '@tallystick/domain';
import type {
  BodyOf,
  CallName,
  CertificateRecord,
  GenesisRecord,
  Instruction,
  MemberKey,
  MemberKind,
  MemberRecord,
  Request,
  SecretOf,
  SignedInstruction,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { State } from '../state/state';

/**
 * Whose signatures a call needs (`ledger.md` §3.1):
 * - `makerChecker`: two keys of two people, always;
 * - `byAmount`: maker or checker; both above the member's solo limit (the handler tells the amount);
 * - `onePerson`: maker or checker, whatever the amount, for what moves nothing of the signer's own;
 * - `approval`: the bank's maker, risk officer and checker, three people;
 * - `service`: a service key; `receipt`: a service key or maker and checker;
 * - `keyHolder`: one person who makes, checks or administers; `anyKey`: any key of the member.
 */
export type Authority =
  'makerChecker' | 'byAmount' | 'onePerson' | 'approval' | 'service' | 'receipt' | 'keyHolder' | 'anyKey';

/** What `authorise` has to know of a function of the chaincode. */
export interface CallSpec<N extends CallName, C, K extends CallName = never> {
  call: N;
  context: z.ZodType<C>;
  authority: Authority;
  /** The certificate whose pinned rule pack governs the call; without it the pack in force does. */
  certificateOf?: (body: BodyOf<N>, context: C) => string;
  /** The member must be one of these. */
  kinds?: readonly MemberKind[];
  /** A suspended member may still do this: it only protects. */
  evenSuspended?: boolean;
  /** Most instructions of this call in one request; 1 if left out. */
  maxInstructions?: number;
  /** A second instruction, of another member's, that must come with the first (delivery against payment). */
  companion?: { call: K; authority: Authority };
}

/** One instruction that its member truly gave. */
export interface Act<N extends CallName> {
  signed: SignedInstruction;
  instruction: Instruction;
  /** Key of its `Instruction` record. */
  key: string;
  body: BodyOf<N>;
  secret: SecretOf<N>;
  member: MemberRecord;
  /** The keys that signed, of different people. */
  signers: MemberKey[];
  /** Id of the index-th record that this instruction makes. */
  newId(index: number): string;
}

/** An authorised call: its first instruction, spread out, and everything a decision may depend on. */
export interface Call<N extends CallName, C, K extends CallName = never> extends Act<N> {
  contract: string;
  fn: string;
  request: Request;
  /** All instructions of the call, in order; the first is this one. */
  acts: readonly Act<N>[];
  companion: Act<K> | null;
  context: C;
  state: State;
  genesis: GenesisRecord;
  /** The certificate's pinned rules (with calendar years published since), or those in force. */
  rules: RulePack;
  /** The certificate named by `certificateOf`. */
  certificate: CertificateRecord | null;
  /** Business time: the transaction's timestamp, plus the trial clock's offset. */
  now: string;
  businessDate: string;
  /** The transaction's own timestamp. */
  ts: string;
  /**
   * The record of a member whose proof stands in the request.
   * @throws Refused NOT_A_MEMBER without one; MEMBER_SUSPENDED unless active
   */
  activeMember(id: string): MemberRecord;
}
