import { deriveLoginSecret, deriveWrappingKey, hashParts } from '@tallystick/crypto';

/** What a password gives: one secret that is shown to the gateway, one key that never leaves this process. */
export interface Secrets {
  loginSecret: string;
  wrappingKey: CryptoKey;
}

/** By hash of user, salt and password: a process that signs for many people derives each only once. */
const derived = new Map<string, Promise<Secrets>>();

/** Both derivations of a password. Each takes a good part of a second of a core, so they are kept while the process lives. */
export function secretsOf(password: string, scope: { user: string; salt: string }): Promise<Secrets> {
  const key = hashParts('tallystick/client-secrets/1', scope.user, scope.salt, password);
  const known = derived.get(key) ?? derive(password, scope);
  derived.set(key, known);
  return known;
}

async function derive(password: string, scope: { user: string; salt: string }): Promise<Secrets> {
  const [loginSecret, wrappingKey] = await Promise.all([
    deriveLoginSecret(password, scope),
    deriveWrappingKey(password, scope),
  ]);
  return { loginSecret, wrappingKey };
}
