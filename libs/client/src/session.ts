import { randomHex, unwrapSigner, type Signer, type WrappedKey } from '@tallystick/crypto';
import {
  buildSteps,
  checkSteps,
  explainSteps,
  FINAL_STATES,
  signSteps,
  unsignedOf,
  type Explanation,
  type Operation,
} from '@tallystick/protocol';
import { Http } from './http';
import { secretsOf } from './secrets';

/** How long a command may take from signature to record, in seconds: what one call to a gateway may wait. */
const WAIT_SECONDS = 30;

interface Profile {
  user: string;
  member: string;
  org: string;
  roles: string[];
  salt: string;
  keys: { keyId: string; publicKey: string; wrappedKey: WrappedKey }[];
}

type PersonRole = 'maker' | 'checker' | 'risk';

/** A command that did not end on the ledger. */
export class NotRecorded extends Error {
  constructor(readonly operation: Operation) {
    const refusal = operation.steps.find((step) => step.refusal !== null)?.refusal;
    super(`${operation.kind} is ${operation.state}${refusal ? `: ${JSON.stringify(refusal)}` : ''}`);
    this.name = 'NotRecorded';
  }

  get code(): string | undefined {
    const refusal = this.operation.steps.find((step) => step.refusal !== null)?.refusal;
    return typeof refusal?.['code'] === 'string' ? refusal['code'] : undefined;
  }
}

/** A signed-in person with its key, as a browser holds it: everything that is signed is explained first. */
export class Session {
  private constructor(
    readonly http: Http,
    readonly profile: Profile,
    private readonly signer: Signer | null,
  ) {}

  /** @throws ProblemAnswer `LOGIN_FAILED`; KeyUnwrapError */
  static async open(baseUrl: string, user: string, password: string, language: 'zh' | 'en' = 'en'): Promise<Session> {
    const open = new Http({ baseUrl, language });
    const { salt } = await open.get<{ salt: string }>(`/auth/salt?user=${encodeURIComponent(user)}`);
    const { loginSecret, wrappingKey } = await secretsOf(password, { user, salt });
    const { profile, token } = await open.post<{ profile: Profile; token: string }>('/auth/login', {
      user,
      loginSecret,
      bearer: true,
    });
    const key = profile.keys[0];
    const signer = key === undefined ? null : await unwrapSigner(key.wrappedKey, wrappingKey, key.publicKey);
    return new Session(new Http({ baseUrl, token, language }), profile, signer);
  }

  get<T>(path: string): Promise<T> {
    return this.http.get<T>(path);
  }

  /** Sends a command's form; what comes back still has to be signed. */
  draft(path: string, form: unknown, idempotencyKey?: string): Promise<Operation> {
    return this.http.post<Operation>(path, form, {}, idempotencyKey);
  }

  /**
   * Signs an operation in a role: the first signer builds the instructions from what the form settled, later ones rebuild and
   * check what the first one made. @throws FormMismatch, InstructionMismatch when a gateway shows other than what is signed
   */
  async sign(operation: Operation, role: PersonRole, wait = WAIT_SECONDS): Promise<Operation> {
    const key = this.profile.keys[0];
    if (key === undefined || this.signer === null) throw new Error(`${this.profile.user} has no key to sign with`);
    const first = operation.steps.every(({ instruction }) => instruction === null);
    const unsigned = first ? buildSteps(operation.steps, randomHex) : unsignedOf(operation.steps);
    if (!first) checkSteps(operation.steps, unsigned, randomHex);
    const steps = await signSteps(unsigned, { role, signer: this.signer, keyId: key.keyId }, first);
    return this.http.post<Operation>(
      `/operations/${operation.id}/signatures`,
      { role, steps },
      wait > 0 ? { prefer: `wait=${String(wait)}` } : {},
    );
  }

  /** What the signers of an operation agree to, in clear. */
  explain(operation: Operation): Explanation[] {
    const first = operation.steps.every(({ instruction }) => instruction === null);
    const unsigned = first ? buildSteps(operation.steps, randomHex) : unsignedOf(operation.steps);
    return explainSteps(operation.steps, unsigned);
  }

  /** The operation as it stands once it has ended, or after `seconds`. */
  async settled(id: string, seconds = 60): Promise<Operation> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const operation = await this.get<Operation>(`/operations/${id}`);
      if (FINAL_STATES.includes(operation.state) || performance.now() > end) return operation;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}
