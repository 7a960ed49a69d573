import { useQuery, type QueryClient } from '@tanstack/react-query';
import { get, request } from '../api/client';
import { getMember, getProfile } from '../api/reads';
import type { Member, Profile } from '../api/types';
import { recordKey } from '../data/record-key';
import { forgetKey, loginSecretOf, openKey } from './signer';

export const PROFILE_KEY = ['session', 'profile'] as const;

/**
 * Signs in. The password stays in the page: the gateway sees a derived secret, and the key opens in memory.
 * @throws ProblemError LOGIN_FAILED and others
 */
export async function signIn(user: string, password: string): Promise<Profile> {
  const { salt } = await get<{ salt: string }>('/auth/salt', { user });
  const loginSecret = await loginSecretOf(password, { user, salt });
  const { profile } = await request<{ profile: Profile }>('POST', '/auth/login', { body: { user, loginSecret } });
  // A viewer has no key, and a key that does not open is asked for again when a signature is needed.
  await openKey(password, profile).catch(() => undefined);
  return profile;
}

/** Ends the session here and at the gateway; what was read is forgotten. */
export async function signOut(client: QueryClient): Promise<void> {
  forgetKey();
  client.clear();
  await request('POST', '/auth/logout').catch(() => undefined);
}

/** The signed-in person; undefined while it loads. */
export function useProfile(): Profile | undefined {
  return useQuery({
    queryKey: PROFILE_KEY,
    queryFn: ({ signal }) => getProfile(signal),
    staleTime: Infinity,
    retry: false,
  }).data;
}

/** The signed-in person's firm; undefined while it loads. */
export function useOwnMember(): Member | undefined {
  const member = useProfile()?.member;
  return useQuery({
    queryKey: recordKey('members', member ?? ''),
    queryFn: ({ signal }) => getMember(member ?? '', signal),
    enabled: member !== undefined,
  }).data;
}
