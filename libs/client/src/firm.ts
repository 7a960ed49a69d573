import type { Operation } from '@tallystick/protocol';
import { ProblemAnswer } from './http';
import { NotRecorded, Session } from './session';

/** People of one firm who act together: a maker, a checker, in a bank also a risk officer. */
export interface Team {
  maker: Session;
  checker: Session;
  risk?: Session;
}

/** Something did not come to pass in the time that a script waits for it. */
export class NotSeen extends Error {
  constructor(path: string, last: unknown) {
    super(`waited in vain for ${path}: ${JSON.stringify(last)}`);
    this.name = 'NotSeen';
  }
}

const PATIENCE_MS = 45_000;
const PAUSE_MS = 60;
/** An account opens a moment after the ledger has its firm; sign-ins are counted, so not too often. */
const SIGN_IN_ATTEMPTS = 8;
const SIGN_IN_PAUSE_MS = 500;
/** So often people sign a command anew whose records change under their hands. */
const SIGN_ATTEMPTS = 3;

export interface Credentials {
  user: string;
  password: string;
}

async function signIn(baseUrl: string, { user, password }: Credentials): Promise<Session> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await Session.open(baseUrl, user, password);
    } catch (error) {
      const isClosed = error instanceof ProblemAnswer && error.code === 'LOGIN_FAILED';
      if (!isClosed || attempt === SIGN_IN_ATTEMPTS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, SIGN_IN_PAUSE_MS));
  }
}

/** A firm as its people act for it through a gateway. */
export class Firm {
  /** The last command that was recorded: where the ledger has it stands in its steps. */
  last: Operation | null = null;

  constructor(private readonly team: Team) {}

  /** Signs the people of a firm in. @throws ProblemAnswer LOGIN_FAILED when an account stays closed or a password is wrong */
  static async open(
    baseUrl: string,
    { maker, checker, risk }: { maker: Credentials; checker: Credentials; risk?: Credentials | undefined },
  ): Promise<Firm> {
    const [first, second, third] = await Promise.all([
      signIn(baseUrl, maker),
      signIn(baseUrl, checker),
      risk === undefined ? undefined : signIn(baseUrl, risk),
    ]);
    return new Firm({ maker: first, checker: second, ...(third !== undefined && { risk: third }) });
  }

  /** The firm's unified social credit code. */
  get id(): string {
    return this.team.maker.profile.member;
  }

  /** Organisation whose gateway the firm's people sign in at. */
  get org(): string {
    return this.team.maker.profile.org;
  }

  /** Reads as the firm's maker. */
  get<T>(path: string): Promise<T> {
    return this.team.maker.get<T>(path);
  }

  /** Posts as the firm's maker what is no command to sign. */
  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.team.maker.http.post<T>(path, body);
  }

  /** Has a listener hear of every answered request of the firm's people. */
  observe(listener: (method: string, milliseconds: number) => void): void {
    for (const session of [this.team.maker, this.team.checker, this.team.risk]) {
      if (session !== undefined) session.http.observe = listener;
    }
  }

  /** Every item of a list, page after page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor = ''; ;) {
      const query = `${path.includes('?') ? '&' : '?'}limit=100${cursor}`;
      const page = await this.get<{ items: T[]; nextCursor: string | null }>(`${path}${query}`);
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
  }

  /**
   * Reads until what is there satisfies `isIt`: another organisation's projection may be a block behind.
   * @throws NotSeen after 45 seconds
   */
  async awaits<T>(path: string, isIt: (value: T) => boolean = () => true): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (let last: unknown = null; ;) {
      try {
        const value = await this.get<T>(path);
        if (isIt(value)) return value;
        last = value;
      } catch (error) {
        if (!(error instanceof ProblemAnswer) || error.status !== 404) throw error;
        last = error.problem;
      }
      if (performance.now() > end) throw new NotSeen(path, last);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** How many blocks of the ledger the firm's gateway shows. */
  async height(): Promise<bigint> {
    return BigInt((await this.get<{ height: string }>('/network')).height);
  }

  /**
   * One command from form to record: the maker signs, then whoever is still needed. When a record changed while they signed
   * (another organisation acted, or a service of their own), they read and sign anew, as people are told to.
   * @throws ProblemAnswer when the form or a signature is refused; NotRecorded when the ledger refuses
   */
  async command(path: string, form: unknown = {}): Promise<Operation> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.commandOnce(path, form);
      } catch (error) {
        const isStale = error instanceof NotRecorded && error.code === 'EXPECTATION_FAILED';
        if (!isStale || attempt === SIGN_ATTEMPTS) throw error;
      }
    }
  }

  private async commandOnce(path: string, form: unknown): Promise<Operation> {
    const { maker } = this.team;
    let operation = await this.begin(path, form);
    for (const role of ['risk', 'checker'] as const) {
      const session = this.team[role];
      if (session === undefined || !operation.needs.includes(role)) continue;
      operation = await session.sign(await session.get<Operation>(`/operations/${operation.id}`), role);
    }
    const ended = operation.state === 'recorded' ? operation : await maker.settled(operation.id);
    if (ended.state !== 'recorded') throw new NotRecorded(ended);
    this.last = ended;
    return ended;
  }

  /** The first half of {@link command}: what the maker signed and a checker may find in the inbox. */
  async begin(path: string, form: unknown = {}): Promise<Operation> {
    const { maker } = this.team;
    return maker.sign(await maker.draft(path, form), 'maker');
  }
}
