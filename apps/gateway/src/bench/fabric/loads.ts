import {
  acceptCall,
  acceptCallOf,
  ALL,
  applied,
  BANK_A,
  CORE,
  grantLine,
  issue,
  issueCall,
  newcomer,
  offerCall,
  OPERATOR,
  type Consortium,
  type Firm,
  type Held,
  type LineBook,
  type Offered,
  type SignedCall,
} from '@tallystick/chaincode/testing';
import { offerOpenings } from '@tallystick/protocol';
import { drive } from '../measure';

type Job = () => Promise<unknown>;

/** One kind of transaction, ready to be sent: everything is built and signed before. */
export interface Load {
  name: string;
  endorsers: string[];
  /** What one transaction moves: receivers, certificates. */
  units: number;
  jobs: Job[];
}

/** The witness hosts the owner too: two organisations are all that is needed. */
const TWO = [BANK_A, CORE];
const THREE = [BANK_A, CORE, OPERATOR];
const FACE = 1_000_000_00n;
/** Certificates of one issue, receivers of one offer: the first rule pack's limits. */
const MOST = 50;
const WIDTH = 32;

/** Two suppliers of a host, who trade with each other. */
type Pair = [Firm, Firm];

/** Firms, a line and what it takes to fill benches on one ledger. */
export class Market {
  private constructor(
    private readonly consortium: Consortium,
    private readonly line: LineBook,
    /** Hosted by the witness bank. */
    private readonly atBank: Pair,
    /** Hosted by the operator. */
    private readonly atOperator: Pair,
  ) {}

  static async open(consortium: Consortium): Promise<Market> {
    const { suppliers } = consortium.firms;
    const atBank = [];
    for (const digit of [0, 1]) {
      const index = consortium.roster(BANK_A).state.size;
      const change = {
        code: `91440300MA00UP2B${String(digit)}`,
        name: `示例基准供应商${String(digit)}号`,
        host: BANK_A,
      };
      const firm = newcomer(consortium.transactionTime, consortium.random, index, change);
      suppliers.push(firm);
      await consortium.admit(firm);
      atBank.push(firm);
    }
    const line = await grantLine(consortium, { limitFen: 1_000_000n * FACE });
    return new Market(consortium, line, atBank as Pair, [suppliers[0], suppliers[1]] as Pair);
  }

  /** Issues of `units` certificates each, one after the other under their own line: its key is the one that conflicts. */
  async issues(count: number, units: number): Promise<Load> {
    const { consortium } = this;
    const lines = await Promise.all(Array.from({ length: Math.min(count, 16) }, () => grantLine(consortium)));
    const tails = lines.map(() => Promise.resolve());
    const creditor = this.atBank[0];
    const issueUnder = async (line: LineBook): Promise<void> => {
      const requests = Array.from({ length: units }, () => ({ creditor, faceFen: 1_000_00n }));
      const call = await issueCall(consortium, line, requests);
      const { applied } = await consortium.submit({ ...call, endorsers: TWO, from: CORE });
      const { openings } = await consortium.bundle(CORE, applied[0] ?? '');
      line.opening = openings.lines[0] ?? line.opening;
    };
    const jobs = Array.from({ length: count }, (_, index) => async () => {
      const place = index % lines.length;
      const turn = (tails[place] ?? Promise.resolve()).then(() => issueUnder(lines[place] as LineBook));
      tails[place] = turn;
      await turn;
    });
    return { name: units === 1 ? 'issue' : 'issueMany', endorsers: TWO, units, jobs };
  }

  /** Offers of a part to one receiver, and their acceptances, between firms of the witness (two endorsers) or of the operator (three). */
  async transfers(count: number, endorsers: 2 | 3): Promise<[Load, Load]> {
    const [from, to] = endorsers === 2 ? this.atBank : this.atOperator;
    const named = endorsers === 2 ? TWO : THREE;
    const offers: Job[] = [];
    const acceptances: Job[] = [];
    for (const held of await this.stock(count, from, named)) {
      const offer = await offerCall(this.consortium, held, from, { to: [{ receiver: to, amountFen: FACE / 3n }] });
      const { holdings, transfers } = offerOpenings(offer.signed, held.holding);
      const [holding, transfer] = [holdings[0], transfers[0]];
      if (holding === undefined || transfer === undefined) throw new Error('an offer opens piece and order');
      const offered: Offered = { certificate: held.certificate, holding, transfer };
      const accept = await acceptCallOf(this.consortium, offered, to);
      offers.push(this.sending(offer, named));
      acceptances.push(this.sending(accept, named));
    }
    const name = `transfer.${String(endorsers)}`;
    return [
      { name: `${name}.offer`, endorsers: named, units: 1, jobs: offers },
      { name: `${name}.accept`, endorsers: named, units: 1, jobs: acceptances },
    ];
  }

  /** Offers that cut one holding for as many receivers as the rules allow. */
  async offersToMany(count: number): Promise<Load> {
    const [from, to] = this.atBank;
    const jobs: Job[] = [];
    for (const held of await this.stock(count, from, TWO)) {
      const receivers = Array.from({ length: MOST }, () => ({ receiver: to, amountFen: FACE / 100n }));
      jobs.push(this.sending(await offerCall(this.consortium, held, from, { to: receivers }), TWO));
    }
    return { name: 'offerToMany', endorsers: TWO, units: MOST, jobs };
  }

  /** Accepted certificates, each whole in the firm's hand. */
  private async stock(count: number, creditor: Firm, endorsers: string[]): Promise<Held[]> {
    const held: Held[] = [];
    while (held.length < count) {
      const size = Math.min(MOST, count - held.length);
      const requests = Array.from({ length: size }, () => ({ creditor, faceFen: FACE }));
      const issued = await issue(this.consortium, this.line, requests);
      const calls = await Promise.all(
        issued.map(async (certificate) => ({
          certificate,
          call: await acceptCall(this.consortium, certificate, creditor),
        })),
      );
      const jobs = calls.map(({ call }) => this.sending(call, endorsers));
      await level(this.consortium);
      await drive(WIDTH, jobs);
      held.push(...calls.map(({ certificate, call }) => ({ certificate, holding: call.holding })));
    }
    return held;
  }

  private sending(call: SignedCall, endorsers: string[]): Job {
    const sending = { ...call, endorsers, from: endorsers[0] ?? '' };
    const request = this.consortium.request(sending);
    return async () => applied(await this.consortium.send(sending, request));
  }
}

/** Waits until all peers have what the most advanced one has: what was prepared is then there for everybody. */
export async function level({ network }: Consortium): Promise<void> {
  const heights = () => Promise.all(ALL.map((msp) => network.ledgerFor(msp).height()));
  const goal = (await heights()).reduce((most, height) => (height > most ? height : most), 0n);
  while ((await heights()).some((height) => height < goal)) await new Promise((resolve) => setTimeout(resolve, 20));
}
