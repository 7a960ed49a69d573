import { canonicalBytes, fingerprintKeyCommit } from '@tallystick/crypto';
import { firstRulePack, type RulePack } from '@tallystick/domain';
import {
  ContractRefusal,
  EMBEDDED_CHANNEL,
  EmbeddedNetwork,
  MemoryStore,
  unwrapRefusal,
  type BlockStore,
  type Call,
  type ContractClass,
  type LedgerNetwork,
  type SubmitResult,
} from '@tallystick/ledger';
import {
  BundleSchema,
  buildAdmit,
  buildMoveClock,
  buildRequest,
  HostRoster,
  instructionHash,
  OutcomeSchema,
  PUBLIC_ARGUMENT,
  recordKey,
  REQUEST_FIELD,
  requestBytes,
  signaturePolicy,
  signInstruction,
  type AppliedOutcome,
  type Authoring,
  type Bundle,
  type GenesisRecord,
  type RecordType,
  type Request,
  type SignedInstruction,
  type Unsigned,
} from '@tallystick/protocol';
import { contractsWith } from '..';
import { RECORD_SCHEMAS, type RecordOf } from '../state/record-schemas';
import { signatory, type Firm, type PERSON_ROLES } from './firm';
import { foundingFirms, signFounding, type Firms } from './founding';
import { seededRandom, uuidV7At } from './random';
import { machineClock, ownClock, type TestClock } from './test-clock';

export const OPERATOR = 'OperatorMSP';
export const CORE = 'CoreMSP';
export const BANK_A = 'BankAMSP';
export const BANK_B = 'BankBMSP';
export const ALL = [OPERATOR, CORE, BANK_A, BANK_B];
/** One authority organisation and one other: the policy of every new key. */
export const CHAINCODE_POLICY = signaturePolicy(1, [
  { n: 2, of: [BANK_A, { n: 1, of: [OPERATOR, CORE, BANK_B] }] },
  { n: 2, of: [BANK_B, { n: 1, of: [OPERATOR, CORE, BANK_A] }] },
]);

const CALENDAR = {
  years: {
    '2026': { holidays: ['2026-05-01', '2026-06-19', '2026-10-01', '2026-10-02'], workdays: ['2026-05-09'] },
    '2027': { holidays: [], workdays: [] },
  },
};
type PersonRole = (typeof PERSON_ROLES)[number];

export interface ConsortiumOptions {
  seed?: string;
  /** Transaction time at the start; 2026-03-02T02:00:00.000Z (a Monday, 10:00 business time). */
  startsAt?: string;
  trial?: boolean;
  /** Longest wait for a block; null: cut by hand through `network.cutBlock()`, once the network is founded. */
  blockMs?: number | null;
  contractsByOrg?: Record<string, readonly ContractClass[]>;
  rules?: Partial<RulePack>;
  /** Groups of organisations, where a test wants others. */
  groups?: Record<string, string>;
  /** How far the endorsers' clocks are ahead of the clients'. */
  endorserSkewMs?: number;
  /** Where blocks are kept; in memory if left out. */
  store?: BlockStore;
  /** Stops before the founding, to try the founding itself. */
  unfounded?: boolean;
  /** Another ledger than an embedded one of its own. */
  ledger?: GivenLedger;
}

/** A ledger on which the consortium is founded. Its time is the machine's; business time begins at `startsAt` all the same. */
export interface GivenLedger {
  network: LedgerNetwork;
  channel: string;
  chaincode: string;
}

/** What a call needs besides its signed instructions. `endorsers` are all organisations if left out. */
export interface Sending {
  contract: string;
  fn: string;
  signed?: SignedInstruction | SignedInstruction[];
  /** Members whose records the contract must see; the signers' firms are added. */
  members?: Firm[];
  readers?: string[];
  context?: Record<string, unknown>;
  endorsers?: string[];
  /** The organisation that sends it. */
  from?: string;
  /** The block whose effects it depends on. */
  afterBlock?: bigint;
}

/** A call of one signed instruction. */
export interface SignedCall extends Sending {
  signed: SignedInstruction;
}

/**
 * A whole consortium: operator, a core group, two banks and suppliers hosted by the operator, with the real contracts on an
 * embedded ledger in memory, or on another one.
 */
export class Consortium {
  /** What was put into requests, by the hash of the instruction. */
  readonly sent = new Map<string, SignedInstruction>();
  readonly rosters = new Map<string, HostRoster>(ALL.map((msp) => [msp, new HostRoster(msp)]));
  /** The newest block that something of ours is in: peers that are behind it are waited for. */
  private newest: bigint | undefined;

  private constructor(
    readonly network: LedgerNetwork,
    readonly firms: Firms,
    readonly genesis: GenesisRecord,
    readonly rules: RulePack,
    readonly fingerprintKey: string,
    readonly random: (bytes: number) => string,
    readonly clock: TestClock,
  ) {}

  static async open(options: ConsortiumOptions = {}): Promise<Consortium> {
    const random = seededRandom(options.seed ?? 'consortium');
    const startsAt = Date.parse(options.startsAt ?? '2026-03-02T02:00:00.000Z');
    const clock = options.ledger === undefined ? ownClock(startsAt) : machineClock(startsAt);
    const now = new Date(clock.transactionMs).toISOString();
    const firms = foundingFirms(now, random);
    const fingerprintKey = random(32);
    const commit = fingerprintKeyCommit(fingerprintKey);
    const first = { id: 'first', effectiveFrom: '2026-01-01', fingerprintKeyCommit: commit, legacyTenorUntil: null };
    const rules = { ...firstRulePack(CALENDAR, first), ...options.rules };
    const genesis: GenesisRecord = {
      schema: 1,
      networkId: 'test-network',
      channel: options.ledger?.channel ?? EMBEDDED_CHANNEL,
      chaincode: options.ledger?.chaincode ?? 'receivables',
      trial: options.trial ?? true,
      organisations: [
        { msp: OPERATOR, name: 'Operator', authority: false, group: 'platform' },
        { msp: CORE, name: 'Core', authority: false, group: 'core-group' },
        { msp: BANK_A, name: 'Bank A', authority: true, group: options.groups?.[BANK_A] ?? null },
        { msp: BANK_B, name: 'Bank B', authority: true, group: options.groups?.[BANK_B] ?? null },
      ],
      operatorMsp: OPERATOR,
      operator: firms.operator.record,
      firstRulePack: rules.id,
      fingerprintKeyCommit: commit,
      createdAt: now,
    };
    const network = options.ledger?.network ?? (await openEmbedded(options, clock));
    const consortium = new Consortium(network, firms, genesis, rules, fingerprintKey, random, clock);
    if (options.unfounded !== true) await consortium.cutting(consortium.found());
    return consortium;
  }

  /** Cuts a block whenever something waits, until `work` is done: for networks whose blocks are cut by hand. */
  async cutting<T>(work: Promise<T>): Promise<T> {
    const { network } = this;
    if (!(network instanceof EmbeddedNetwork)) return work;
    const end = { isReached: false };
    const done = work.finally(() => (end.isReached = true));
    // Whoever awaits `done` learns of its failure.
    done.catch(() => undefined);
    while (!end.isReached) {
      if (network.backlog > 0) await network.cutBlock();
      else await new Promise((resolve) => setImmediate(resolve));
    }
    return done;
  }

  close(): Promise<void> {
    return this.network.close();
  }

  private get after(): { afterBlock?: bigint } {
    return this.newest === undefined ? {} : { afterBlock: this.newest };
  }

  /** The embedded ledger with its faults. @throws Error on another */
  get embedded(): EmbeddedNetwork {
    if (!(this.network instanceof EmbeddedNetwork))
      throw new Error('only the embedded ledger can be led astray by hand');
    return this.network;
  }

  /** Whether its ledger is an embedded one, with a clock that a test moves. */
  get isEmbedded(): boolean {
    return this.network instanceof EmbeddedNetwork;
  }

  /** Business time. */
  get now(): string {
    return new Date(this.clock.transactionMs + this.clock.offsetMs).toISOString();
  }

  /** Transaction time: when instructions are signed, and how long they live. */
  get transactionTime(): string {
    return new Date(this.clock.transactionMs).toISOString();
  }

  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Lets business time pass: on a clock of the test's own, else by the trial clock's record. */
  async pass(ms: number): Promise<void> {
    if (this.isEmbedded) {
      this.advance(ms);
      return;
    }
    const { operator } = this.firms;
    const offsetMs = this.clock.offsetMs + ms;
    const signed = await this.sign(buildMoveClock({ ...this.authoring(operator), offsetMs }), operator, 'maker');
    await this.submit({ contract: 'network', fn: 'moveClock', signed });
    this.clock.offsetMs = offsetMs;
  }

  /** Business time `date` at `hour` o'clock +08:00, forward only. */
  goTo(date: string, hour = 10): void {
    const ms = Date.parse(`${date}T00:00:00.000Z`) + (hour - 8) * 3_600_000;
    const ahead = ms - Date.parse(this.now);
    if (ahead < 0) throw new Error('time only goes forward');
    this.advance(ahead);
  }

  /** What a builder needs: the firm as author, a fresh id, a life of one day from now. */
  authoring(firm: Firm, expects: Record<string, string> = {}): Authoring {
    const { networkId, channel, chaincode } = this.genesis;
    const author = {
      networkId,
      channel,
      chaincode,
      member: firm.record.id,
      rulePack: this.rules.id,
      issuedAt: this.transactionTime,
      notAfter: new Date(this.clock.transactionMs + 86_400_000).toISOString(),
      instructionId: uuidV7At(this.clock.transactionMs, this.random),
    };
    return { author, random: this.random, expects };
  }

  /** Signs as the people of a firm in these roles; maker and checker if none are named. */
  sign(unsigned: Unsigned, firm: Firm, ...roles: PersonRole[]): Promise<SignedInstruction> {
    const people = roles.length === 0 ? (['maker', 'checker'] as const) : roles;
    return signInstruction(
      unsigned,
      people.map((role) => signatory(firm, role)),
    );
  }

  /** The request of a call, with the proofs of its signers' firms and of `members`. */
  request(sending: Sending): Request {
    const instructions = [sending.signed ?? []].flat();
    for (const each of instructions) this.sent.set(instructionHash(each.instruction), each);
    const signers = instructions.map(({ instruction }) => this.firmOf(instruction.member));
    const firms = new Set([...signers, ...(sending.members ?? [])]);
    const members = [...firms].map(({ record }) => this.roster(record.host).proofOf(record.id));
    return buildRequest({ instructions, members, readers: sending.readers ?? [], context: sending.context ?? {} });
  }

  /** Submits a call. @throws ContractRefusal when the contract refuses; Error for any other failure */
  async submit(sending: Sending): Promise<AppliedOutcome> {
    const result = await this.send({ ...this.after, ...sending }, this.request(sending));
    if ('blockNumber' in result && result.blockNumber > (this.newest ?? -1n)) this.newest = result.blockNumber;
    return applied(result);
  }

  /** Submits a request as it is, and tells how it went. */
  send(sending: Sending, request: Request): Promise<SubmitResult> {
    return this.network.ledgerFor(sending.from ?? OPERATOR).submit(this.callOf(sending, request));
  }

  /** What a ledger is told. */
  callOf({ contract, fn, endorsers = ALL, afterBlock }: Sending, request: Request): Call {
    const transient = { [REQUEST_FIELD]: requestBytes(request) };
    const call = { contract, fn, args: [PUBLIC_ARGUMENT], transient, endorsers };
    return { ...call, ...(afterBlock !== undefined && { afterBlock }) };
  }

  /** Runs a request at one peer and drops its writes. @throws ContractRefusal when the contract refuses */
  tryRequest({ contract, fn, from = BANK_A }: Sending, request: unknown, argument = PUBLIC_ARGUMENT): Promise<string> {
    const transient = { [REQUEST_FIELD]: canonicalBytes(request) };
    return this.network.ledgerFor(from).evaluate({ contract, fn, args: [argument], transient, ...this.after });
  }

  /** {@link tryRequest} of a whole call. */
  try(sending: Sending): Promise<string> {
    return this.tryRequest(sending, this.request(sending));
  }

  query(msp: string, contract: string, fn: string, argument: string): Promise<string> {
    return this.network.ledgerFor(msp).evaluate({ contract, fn, args: [argument], ...this.after });
  }

  /** A public record. @throws ContractRefusal RECORD_NOT_FOUND */
  async record<T extends RecordType>(type: T, ...parts: string[]): Promise<RecordOf<T>> {
    const text = await this.query(OPERATOR, 'network', 'record', recordKey(type, ...parts));
    return RECORD_SCHEMAS[type].parse(JSON.parse(text)) as RecordOf<T>;
  }

  /** The bundle that an organisation keeps under an instruction's key. */
  async bundle(msp: string, instructionKey: string): Promise<Bundle> {
    return BundleSchema.parse(JSON.parse(await this.query(msp, 'deposit', 'bundle', instructionKey)));
  }

  roster(host: string): HostRoster {
    const roster = this.rosters.get(host);
    if (roster === undefined) throw new Error(`no roster of ${host}`);
    return roster;
  }

  /** The firm, with its record as the roster has it now. */
  firmOf(id: string): Firm {
    const firm = [this.firms.operator, this.firms.core, this.firms.subsidiary, this.firms.bankA, this.firms.bankB]
      .concat(this.firms.suppliers)
      .find(({ record }) => record.id === id);
    if (firm === undefined) throw new Error(`no firm ${id}`);
    return firm;
  }

  /** Takes over a member's changed record after a member call. */
  async refresh(firm: Firm): Promise<void> {
    firm.record = await this.record('Member', firm.record.id);
    this.roster(firm.record.host).put(firm.record);
  }

  private async found(): Promise<void> {
    await this.submit({ contract: 'network', fn: 'genesis', context: await this.founding() });
    this.roster(OPERATOR).put(this.firms.operator.record);
    const { core, subsidiary, bankA, bankB, suppliers } = this.firms;
    for (const firm of [core, subsidiary, bankA, bankB, ...suppliers]) await this.admit(firm);
  }

  /** Context of the founding call. */
  async founding(): Promise<Record<string, unknown>> {
    return {
      genesis: this.genesis,
      admission: await signFounding(this.firms.operator),
      rulePack: { schema: 1, id: this.rules.id, rules: this.rules },
      clockOffsetMs: this.genesis.trial ? this.clock.offsetMs : null,
    };
  }

  /** The operator admits a firm. */
  async admit(firm: Firm): Promise<void> {
    await this.submit(await this.admission(firm));
    this.roster(firm.record.host).put(firm.record);
  }

  /** The call that admits a firm. */
  async admission(firm: Firm): Promise<Sending> {
    const { record } = firm;
    const admission = await signFounding(firm);
    const unsigned = buildAdmit({ ...this.authoring(this.firms.operator), record, admission });
    const signed = await this.sign(unsigned, this.firms.operator);
    const context = { record: null, proof: this.roster(record.host).proofAt(record.index) };
    return { contract: 'member', fn: 'admit', signed, context };
  }
}

function openEmbedded(options: ConsortiumOptions, clock: TestClock): Promise<EmbeddedNetwork> {
  return EmbeddedNetwork.open({
    mspIds: ALL,
    contracts: contractsWith(() => clock.transactionMs + (options.endorserSkewMs ?? 0)),
    ...(options.contractsByOrg === undefined ? {} : { contractsByOrg: options.contractsByOrg }),
    chaincodePolicy: CHAINCODE_POLICY,
    store: options.store ?? new MemoryStore(),
    batching: { maxTransactions: 100, timeoutMs: options.blockMs === undefined ? 1 : options.blockMs },
    clock: () => new Date(clock.transactionMs),
  });
}

/** The outcome of a committed call. @throws ContractRefusal for a refusal; Error for any other end */
export function applied(result: SubmitResult): AppliedOutcome {
  if (result.kind === 'committed') return OutcomeSchema.parse(JSON.parse(result.result));
  if (result.kind === 'notEndorsed') {
    const refusal = result.refusal ?? unwrapRefusal(result.message);
    if (refusal) throw new ContractRefusal(refusal);
    throw new Error(`not endorsed (${result.cause}): ${result.message}`);
  }
  throw new Error(result.kind === 'rejected' ? `rejected: ${result.reason}` : 'unknown outcome');
}
