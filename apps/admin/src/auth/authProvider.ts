import type { QueryClient } from '@tanstack/react-query';
import type { AuthProvider } from 'react-admin';
import { ProblemError } from '../api/problem';
import { getProfile } from '../api/reads';
import { PROFILE_KEY, signIn, signOut } from './session';

/** Who is signed in, for react-admin. The session itself is a cookie that scripts cannot read. */
export function createAuthProvider(client: QueryClient): AuthProvider {
  const profile = () => client.query({ queryKey: PROFILE_KEY, queryFn: () => getProfile(), staleTime: Infinity });
  let signedIn = false;
  return {
    async login({ username, password }: { username: string; password: string }) {
      client.clear();
      client.setQueryData(PROFILE_KEY, await signIn(username, password));
      signedIn = true;
    },
    async logout() {
      // Also called when nobody is signed in, for instance on the first visit.
      if (signedIn) await signOut(client);
      signedIn = false;
    },
    async checkAuth() {
      await profile();
      signedIn = true;
    },
    checkError(error: unknown) {
      // Anything but "you are not signed in" leaves the person signed in.
      return error instanceof ProblemError && error.status === 401 ? Promise.reject(error) : Promise.resolve();
    },
    async getIdentity() {
      const { userId, user } = await profile();
      return { id: userId, fullName: user };
    },
    async getPermissions() {
      return (await profile()).roles;
    },
  };
}
