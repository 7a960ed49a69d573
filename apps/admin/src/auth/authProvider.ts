import type { QueryClient } from '@tanstack/react-query';
import type { AuthProvider } from 'react-admin';
import { ProblemError } from '../api/problem';
import { getProfile } from '../api/reads';
import type { Profile } from '../api/types';
import { PROFILE_KEY, signIn, signOut } from './session';

/** Kept by the browser while somebody is signed in, so that a visitor's page need not ask the gateway who it is. */
const SIGNED_IN = 'tallystick.signedIn';
const SETTLE_MS = 50;
const mark = {
  set: () => localStorage.setItem(SIGNED_IN, 'yes'),
  clear: () => localStorage.removeItem(SIGNED_IN),
  isSet: () => localStorage.getItem(SIGNED_IN) !== null,
};

/** Who is signed in, for react-admin. The session itself is a cookie that scripts cannot read. */
export function createAuthProvider(client: QueryClient): AuthProvider {
  const profile = async (): Promise<Profile> => {
    if (!mark.isSet()) {
      // react-admin leaves for the sign-in page a moment after it heard; told at once, it would ask again before.
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      throw new Error('nobody is signed in');
    }
    try {
      return await client.query({ queryKey: PROFILE_KEY, queryFn: () => getProfile(), staleTime: Infinity });
    } catch (error) {
      if (isSignedOut(error)) mark.clear();
      throw error;
    }
  };
  return {
    async login({ username, password }: { username: string; password: string }) {
      client.clear();
      client.setQueryData(PROFILE_KEY, await signIn(username, password));
      mark.set();
    },
    async logout() {
      // Also called when nobody is signed in, for instance on the first visit.
      if (mark.isSet()) await signOut(client);
      mark.clear();
    },
    async checkAuth() {
      await profile();
    },
    checkError(error: unknown) {
      // Anything but "you are not signed in" leaves the person signed in.
      return isSignedOut(error) ? Promise.reject(error) : Promise.resolve();
    },
    async getIdentity() {
      const { userId, user } = await profile();
      return { id: userId, fullName: user };
    },
    async getPermissions() {
      // Asked on public pages too, where a refusal would send the visitor away.
      return profile().then(
        ({ roles }) => roles,
        () => [],
      );
    },
  };
}

const isSignedOut = (error: unknown): error is ProblemError => error instanceof ProblemError && error.status === 401;
