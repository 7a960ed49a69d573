import type { Firm, GatewayOf } from '@tallystick/client';
import { randomHex } from '@tallystick/crypto';
import { EMBEDDED_CHANNEL, type EmbeddedNetwork } from '@tallystick/ledger';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsersService } from '../auth/users.service';
import { startPayingBank, type PayingBank } from '../paying-bank/server';
import { readConsortium, type Consortium } from '@tallystick/network';
import { openEmbeddedLedger } from '../platform/embedded-ledger';
import { foundTrial } from '../platform/founding';
import { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import type { FirmName } from '../seed/firms';
import { onboard } from '../seed/onboarding';
import { shareConsortiumKey } from '../submissions/consortium-key';
import { serviceKeyOf } from '../submissions/service-keys';
import { testDatabase, type TestDatabase } from './database';
import { testGateway, type TestGateway } from './gateway';

/** One gateway of a trial network: its own organisations, database and folder. */
export interface TrialGateway extends TestGateway {
  home: string;
  orgs: readonly string[];
}

/** A founded trial network on one embedded ledger, served by one or several gateways that share nothing else. */
export interface Trial {
  gateways: TrialGateway[];
  logins: Logins;
  /** Where an organisation's people sign in. */
  gatewayOf: GatewayOf;
  /** Has firms of the seed's plan join. */
  join(names: readonly FirmName[]): Promise<void>;
  open(name: string): Promise<Firm>;
  close(): Promise<void>;
}

/** What a gateway keeps to itself. */
interface Place {
  orgs: readonly string[];
  home: string;
  database: TestDatabase;
  bank: PayingBank | null;
}

type Addresses = { msp: string; url: string; token: string }[];

/**
 * @param parts organisations of each gateway, the operator's first
 * @param environment of all gateways
 */
export async function trial(
  parts: readonly (readonly string[])[],
  environment: Record<string, string> = {},
): Promise<Trial> {
  const consortium = readConsortium();
  const places: Place[] = [];
  const addresses: Addresses = [];
  for (const orgs of parts) places.push(await place(consortium, orgs, addresses));
  const [first] = places;
  if (first === undefined) throw new Error('a network has at least one gateway');
  const network = await openEmbeddedLedger(consortium, {
    home: first.home,
    databaseUrl: first.database.ledgerDatabaseUrl,
  });
  const gateways: TrialGateway[] = [];
  for (const each of places) gateways.push(await serve(network, each, addresses, environment));
  const [operators] = gateways;
  if (operators === undefined) throw new Error('a network has at least one gateway');
  const logins = new Logins(first.home);
  const users = operators.app.get(UsersService);
  const now = new Date();
  await foundTrial({ consortium, channel: EMBEDDED_CHANNEL, home: first.home, network, users, logins, now });
  // The key of invoice fingerprints is made with the network; others are given a copy of the file.
  shareConsortiumKey(
    first.home,
    places.slice(1).map(({ home }) => home),
  );
  const gatewayOf: GatewayOf = (org) => {
    const found = gateways.find(({ orgs }) => orgs.includes(org));
    if (found === undefined) throw new Error(`no gateway serves ${org}`);
    return found.url;
  };
  return {
    gateways,
    logins,
    gatewayOf,
    join: async (names) => {
      const operator = await openFirm(gatewayOf, logins.all(), 'operator');
      await onboard(names, { logins, operator, gatewayOf, progress: () => undefined });
    },
    open: (name) => openFirm(gatewayOf, logins.all(), name),
    close: async () => {
      for (const gateway of gateways) await gateway.close();
      await network.close();
      for (const { home, database, bank } of places) {
        await bank?.close();
        await database.drop();
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

/** A folder and a database; the paying service of a bank runs on its own there, as a bank's does. */
async function place(consortium: Consortium, orgs: readonly string[], addresses: Addresses): Promise<Place> {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-trial-'));
  const database = await testDatabase();
  const banks = consortium.organisations.filter(({ msp, authority }) => authority && orgs.includes(msp));
  if (banks.length === 0) return { orgs, home, database, bank: null };
  const token = randomHex(32);
  const bank = await startPayingBank({
    databaseUrl: database.databaseUrl,
    banks: new Map(banks.map(({ msp }) => [msp, serviceKeyOf(home, msp)])),
    token,
  });
  addresses.push(...banks.map(({ msp }) => ({ msp, url: bank.url, token })));
  return { orgs, home, database, bank };
}

async function serve(
  network: EmbeddedNetwork,
  { orgs, home, database }: Place,
  addresses: Addresses,
  environment: Record<string, string>,
): Promise<TrialGateway> {
  const gateway = await testGateway({
    environment: {
      TALLYSTICK_HOME: home,
      LOG_LEVEL: 'debug',
      LOG_FILE: path.join(home, 'gateway.log'),
      PAYING_BANKS: JSON.stringify(addresses),
      ...environment,
    },
    modules: [LedgersModule.of(new Ledgers(network, orgs))],
    database,
  });
  return { ...gateway, home, orgs };
}
