import path from 'node:path';
import type { Settings } from '../config/config';
import type { OwnDatabase } from '../database/own-database';
import type { Place } from './places';
import type { Program } from './supervised';

/** What one organisation's programs are started with. */
interface Own {
  place: Place;
  database: OwnDatabase;
  settings: Settings;
  /** File with the organisation's way to the ledger. */
  profile: string;
}

/** What every gateway is told of the others. */
export interface Others {
  gateways: { msp: string; url: string }[];
  banks: { msp: string; url: string; token: string }[];
}

type Unsupervised = Omit<Program, 'say' | 'started'>;

/** Variables of the starter that are not those of an organisation's program. */
const STARTERS_OWN = ['PUBLIC_URL', 'METRICS_PORT', 'FABRIC_BIN', 'FABRIC_HOME', 'FABRIC_PORT', 'LEDGER_DATABASE_URL'];
/** Programs are run as they were built. */
const BUILT = path.resolve(__dirname, '..', '..', 'dist');
/** Four gateways share one small PostgreSQL. */
const POOL = '8';

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STARTERS_OWN.includes(name)));
}

/** An organisation's gateway; the operator's founds the network at the first start. */
export function gatewayProgram({ place, database, settings, profile }: Own, others: Others): Unsupervised {
  const isOperators = others.gateways[0]?.msp === place.msp;
  return {
    name: `gateway.${place.msp}`,
    script: path.join(BUILT, 'main.js'),
    environment: {
      ...inherited(),
      LEDGER: settings.ledger,
      FABRIC_PROFILE: profile,
      TALLYSTICK_HOME: place.home,
      PORT: String(place.port),
      DATABASE_URL: database.databaseUrl,
      DATABASE_OWNER_URL: database.databaseOwnerUrl,
      DATABASE_POOL: POOL,
      SERVER_SECRET: database.serverSecret,
      PAYING_BANKS: JSON.stringify(others.banks),
      GATEWAYS: JSON.stringify(others.gateways),
      LOG_FILE: path.join(place.home, 'logs', 'gateway.log'),
      ...(isOperators && { TRIAL_HOME: settings.home }),
    },
  };
}

/** A bank's paying service: the books are the bank's, and receipts are signed where they are. */
export function bankProgram({ place, database }: Own): Unsupervised {
  return {
    name: `bank.${place.msp}`,
    script: path.join(BUILT, 'paying-bank', 'main.js'),
    environment: {
      ...inherited(),
      DATABASE_URL: database.databaseUrl,
      TALLYSTICK_HOME: place.home,
      PAYING_BANK_ORGS: place.msp,
      PAYING_BANK_TOKEN: place.bank?.token,
      PAYING_BANK_PORT: String(place.bank?.port),
    },
  };
}
