import process from 'node:process';
import { z } from 'zod';
import { serviceKeyOf } from '../submissions/service-keys';
import { startPayingBank } from './server';

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/u }),
  TALLYSTICK_HOME: z.string().min(1),
  /** Organisations whose paying bank this is, separated by commas. */
  PAYING_BANK_ORGS: z.string().min(1),
  PAYING_BANK_TOKEN: z.string().min(32),
  PAYING_BANK_PORT: z.coerce.number().int().min(0).max(65_535),
});

/** The paying bank in a process of its own, on a migrated database. */
async function main(): Promise<void> {
  const environment = Environment.parse(process.env);
  const orgs = environment.PAYING_BANK_ORGS.split(',');
  const bank = await startPayingBank({
    databaseUrl: environment.DATABASE_URL,
    banks: new Map(orgs.map((org) => [org, serviceKeyOf(environment.TALLYSTICK_HOME, org)])),
    token: environment.PAYING_BANK_TOKEN,
    port: environment.PAYING_BANK_PORT,
  });
  process.stdout.write(`paying bank at ${bank.url}\n`);
  process.send?.({ ready: { url: bank.url } });
  const end = (): void => void bank.close().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, end);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
