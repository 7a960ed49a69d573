import type { Logins } from '../platform/logins';

export interface SeedInput {
  /** Address of the gateway. */
  baseUrl: string;
  home: string;
  logins: Logins;
  progress: (line: string) => void;
}

/** Fills a new trial network with a past, through the HTTP API only. */
export async function seedTrial({ progress }: SeedInput): Promise<void> {
  progress('no sample trade yet');
  return Promise.resolve();
}
