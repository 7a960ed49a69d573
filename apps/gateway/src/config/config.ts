import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';

const clone = path.resolve(__dirname, '..', '..', '..', '..');
const port = z.coerce.number().int().min(0).max(65_535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

const msp = z.string().min(1).max(64);
const url = z.url({ protocol: /^https?$/ });
const PayingBankList = z.array(z.strictObject({ msp, url, token: z.string().min(32) }));
const GatewayList = z.array(z.strictObject({ msp, url }));

/** A variable that holds a JSON list, `[]` when unset. */
function jsonList<T extends z.ZodArray>(list: T, shape: string) {
  return z
    .string()
    .default('[]')
    .transform((text, context): z.output<T> => {
      const parsed = list.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: `must be a JSON list of ${shape}` });
      return z.NEVER;
    });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema
  }
}

const EnvironmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Interface to listen on; anything but loopback needs a PUBLIC_URL with https. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(8080),
  /** Address under which people reach us; decides whether cookies are `Secure`. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Folder for everything the embedded platform keeps. */
  TALLYSTICK_HOME: z.string().min(1).default(path.join(clone, '.data')),
  /** The ledger: in this process for every organisation, or a Fabric network by one of its two client libraries. */
  LEDGER: z.enum(['embedded', 'fabric-gateway', 'fabric-network']).default('embedded'),
  /** The one organisation served here and its way to the Fabric network. Unset: a trial of the whole consortium is started. */
  FABRIC_PROFILE: z.string().min(1).optional(),
  /** Folder of a trial's Fabric network, and the first of its ports when it is made. */
  FABRIC_HOME: z.string().min(1).default(path.join(clone, '.network')),
  FABRIC_PORT: port.optional(),
  /** Folder of a trial's starter, with its table of logins: the operator's gateway that has it founds the network. */
  TRIAL_HOME: z.string().min(1).optional(),
  /** What the first start of a trial tells: members with their whole past, or members alone. */
  TRIAL_SEED: z.enum(['full', 'members']).default('full'),
  /** The application's role, without BYPASSRLS. Unset: an embedded PostgreSQL is started. */
  DATABASE_URL: postgresUrl.optional(),
  /** The role that owns the tables and runs migrations. */
  DATABASE_OWNER_URL: postgresUrl.optional(),
  /** The role that owns the schema `ledger` of the embedded ledger. */
  LEDGER_DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  /** Keys the salts shown for unknown users; must stay the same, or they would be told apart. */
  SERVER_SECRET: z.string().min(32).max(256).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FILE: z.string().min(1).optional(),
  /** Loopback port of `/metrics`; 0 keeps it closed. */
  METRICS_PORT: port.default(0),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(60_000),
  LOGIN_ATTEMPTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(10),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1_440).default(30),
  SESSION_MAX_HOURS: z.coerce.number().int().min(1).max(168).default(12),
  /** Number of reverse proxies in front whose X-Forwarded-For may be believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Paying services of banks, as JSON: `[{ "msp": "…", "url": "https://…", "token": "…" }]`. */
  PAYING_BANKS: jsonList(PayingBankList, '{ msp, url, token }'),
  /** Gateways of other organisations, told to everybody who asks: `[{ "msp": "…", "url": "https://…" }]`. */
  GATEWAYS: jsonList(GatewayList, '{ msp, url }'),
  /** Folder of the built UI. */
  ADMIN_DIST: z
    .string()
    .min(1)
    .default(path.join(clone, 'apps', 'admin', 'dist')),
});

export const ConfigSchema = EnvironmentSchema.superRefine((environment, context) => {
  const demand = (name: keyof typeof environment, why: string) => {
    if (environment[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: why });
  };
  if (environment.DATABASE_URL !== undefined) {
    demand('DATABASE_OWNER_URL', 'required when DATABASE_URL is set');
    demand('SERVER_SECRET', 'required when DATABASE_URL is set');
  }
  if (environment.NODE_ENV === 'production') {
    demand('DATABASE_URL', 'required in production: the embedded database is for trials');
    demand('PUBLIC_URL', 'required in production');
    if (environment.LEDGER !== 'embedded')
      demand('FABRIC_PROFILE', 'required in production: a gateway serves one organisation');
    if (environment.PUBLIC_URL?.startsWith('http:') === true) {
      context.addIssue({ code: 'custom', path: ['PUBLIC_URL'], message: 'must be https in production' });
    }
  }
}).transform((environment) => ({
  mode: environment.NODE_ENV,
  host: environment.HOST,
  port: environment.PORT,
  publicUrl: environment.PUBLIC_URL ?? null,
  /** Whether people reach us over TLS, so that cookies must be `Secure`. */
  secure: environment.PUBLIC_URL?.startsWith('https:') ?? false,
  home: path.resolve(environment.TALLYSTICK_HOME),
  ledger: environment.LEDGER,
  fabricProfile: environment.FABRIC_PROFILE ?? null,
  fabricHome: path.resolve(environment.FABRIC_HOME),
  fabricPort: environment.FABRIC_PORT ?? null,
  trialHome: environment.TRIAL_HOME ?? null,
  trialSeed: environment.TRIAL_SEED,
  databaseUrl: environment.DATABASE_URL ?? null,
  databaseOwnerUrl: environment.DATABASE_OWNER_URL ?? null,
  ledgerDatabaseUrl: environment.LEDGER_DATABASE_URL ?? null,
  databasePool: environment.DATABASE_POOL,
  serverSecret: environment.SERVER_SECRET ?? null,
  logLevel: environment.LOG_LEVEL,
  logFile: environment.LOG_FILE ?? null,
  metricsPort: environment.METRICS_PORT,
  rateLimitPerMinute: environment.RATE_LIMIT_PER_MINUTE,
  loginAttemptsPerMinute: environment.LOGIN_ATTEMPTS_PER_MINUTE,
  sessionIdleMinutes: environment.SESSION_IDLE_MINUTES,
  sessionMaxHours: environment.SESSION_MAX_HOURS,
  trustedProxies: environment.TRUSTED_PROXIES,
  payingBanks: environment.PAYING_BANKS,
  gateways: environment.GATEWAYS,
  adminDist: path.resolve(environment.ADMIN_DIST),
}));

/** What the environment asked for; databases and the secret may still be missing in an embedded start. */
export type Settings = z.output<typeof ConfigSchema>;

/** Everything a running gateway needs, nothing missing. Inject with `@Inject(CONFIG)`. */
export interface Config extends Settings {
  databaseUrl: string;
  databaseOwnerUrl: string;
  serverSecret: string;
}

export const CONFIG = Symbol('Config');

/**
 * Reads the configuration from environment variables; unknown variables are ignored, empty ones count as unset.
 * @throws Error listing every bad variable with its reason
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = ConfigSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not usable:\n${lines.join('\n')}`);
}

/** Completes settings whose databases are known, e.g. after an embedded PostgreSQL was started. */
export function completeConfig(
  settings: Settings,
  found: { databaseUrl: string; databaseOwnerUrl: string; ledgerDatabaseUrl: string; serverSecret?: string },
): Config {
  return {
    ...settings,
    ...found,
    serverSecret: found.serverSecret ?? settings.serverSecret ?? randomBytes(32).toString('hex'),
  };
}
