import { deriveLoginSecret, deriveWrappingKey, hashParts } from '@tallystick/crypto';

/** What a password gives: one secret that is shown to the gateway, one key that never leaves this process. */
export interface Secrets {
  loginSecret: string;
  wrappingKey: CryptoKey;
}

interface Scope {
  user: string;
  salt: string;
}

/**
 * Each derivation takes a good part of a second of a core, and a script signs for many people, so results are kept while the
 * process lives, by hash of user, salt and password.
 */
const logins = new Map<string, Promise<string>>();
const wrappings = new Map<string, Promise<CryptoKey>>();

function once<T>(known: Map<string, Promise<T>>, password: string, { user, salt }: Scope, derive: () => Promise<T>) {
  const key = hashParts('tallystick/client-secrets/1', user, salt, password);
  const found = known.get(key) ?? derive();
  known.set(key, found);
  return found;
}

/** What a gateway is shown instead of the password. */
export function loginSecretOf(password: string, scope: Scope): Promise<string> {
  return once(logins, password, scope, () => deriveLoginSecret(password, scope));
}

/** Both derivations of a password. */
export async function secretsOf(password: string, scope: Scope): Promise<Secrets> {
  const wrapping = once(wrappings, password, scope, () => deriveWrappingKey(password, scope));
  const [loginSecret, wrappingKey] = await Promise.all([loginSecretOf(password, scope), wrapping]);
  return { loginSecret, wrappingKey };
}
