import {
  generatePrivateKey,
  keyIdOf,
  nobleSigner,
  publicKeyOf,
  randomHex,
  wrapPrivateKey,
  type Signer,
  type WrappedKey,
} from '@tallystick/crypto';
import { loginSecretOf, secretsOf } from './secrets';

/** What somebody who only looks sends to a gateway. */
export interface NewAccount {
  user: string;
  salt: string;
  loginSecret: string;
}

/** What a new user sends to a gateway: nothing here gives the password or the private key away. */
export interface NewPerson extends NewAccount {
  keyId: string;
  publicKey: string;
  wrappedKey: WrappedKey;
}

/**
 * Makes a person's key and wraps it under the password, on the person's own machine.
 * @returns what the gateway stores, and the signer for proving the key at admission
 */
export async function makePerson(user: string, password: string): Promise<{ person: NewPerson; signer: Signer }> {
  const privateKey = generatePrivateKey();
  const publicKey = publicKeyOf(privateKey);
  const salt = randomHex(16);
  const { loginSecret, wrappingKey } = await secretsOf(password, { user, salt });
  const wrappedKey = await wrapPrivateKey(privateKey, wrappingKey);
  const person = { user, salt, loginSecret, keyId: keyIdOf(publicKey), publicKey, wrappedKey };
  return { person, signer: nobleSigner(privateKey) };
}

/** {@link makePerson} without a key. */
export async function makeAccount(user: string, password: string): Promise<NewAccount> {
  const salt = randomHex(16);
  return { user, salt, loginSecret: await loginSecretOf(password, { user, salt }) };
}
