/** The signed-in person's own key, in this page's memory only: a reload forgets it, and the password opens it again. */
import { deriveLoginSecret, deriveWrappingKey, KeyUnwrapError, unwrapSigner, type Signer } from '@tallystick/crypto';
import { localProblem } from '../api/problem';
import type { Profile } from '../api/types';

export interface HeldKey {
  user: string;
  keyId: string;
  /** Signs with a key that the page itself cannot read. */
  signer: Signer;
}

let held: HeldKey | null = null;

/** The open key of this person, or null when the password has to be asked. */
export function heldKey(user: string): HeldKey | null {
  return held?.user === user ? held : null;
}

export function forgetKey(): void {
  held = null;
}

/** What the gateway checks instead of the password. @throws ProblemError CRYPTO_MISSING on a page without TLS */
export function loginSecretOf(password: string, scope: { user: string; salt: string }): Promise<string> {
  requireCrypto();
  return deriveLoginSecret(password, scope);
}

/**
 * Opens the person's key with the password and holds it.
 * @throws ProblemError WRONG_PASSWORD, or NO_KEY for a person who has none (a viewer)
 */
export async function openKey(password: string, profile: Pick<Profile, 'user' | 'salt' | 'keys'>): Promise<HeldKey> {
  requireCrypto();
  if (profile.keys.length === 0) throw localProblem('NO_KEY');
  const wrappingKey = await deriveWrappingKey(password, profile);
  for (const { keyId, publicKey, wrappedKey } of [...profile.keys].reverse()) {
    try {
      held = { user: profile.user, keyId, signer: await unwrapSigner(wrappedKey, wrappingKey, publicKey) };
      return held;
    } catch (error) {
      if (!(error instanceof KeyUnwrapError)) throw error;
    }
  }
  throw localProblem('WRONG_PASSWORD');
}

function requireCrypto(): void {
  // Browsers give WebCrypto to pages on https and on this machine only.
  if (!globalThis.isSecureContext) throw localProblem('CRYPTO_MISSING');
}
