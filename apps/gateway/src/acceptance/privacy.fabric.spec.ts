import { contracts } from '@tallystick/chaincode';
import {
  activeCertificate,
  BANK_A,
  BANK_B,
  CORE,
  grantLine,
  invite,
  offer,
  OPERATOR,
  quote,
  applyFor,
  type Consortium,
  type Firm,
} from '@tallystick/chaincode/testing';
import { instructionKey } from '@tallystick/crypto';
import { openFabric, type FabricProfile } from '@tallystick/ledger';
import type { FabricNetwork } from '@tallystick/network';
import { Application, foundOn, runningNetwork } from '@tallystick/network/testing';
import { recordKey } from '@tallystick/protocol';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const CHAINCODE = 'privacy';
/** Amounts that occur nowhere by chance, fen. */
const FACE = 73_451_238_917n;
const PART = 23_456_789_131n;
const ASKED = 31_415_926_537n;

let fabric: FabricNetwork;
let consortium: Consortium;
let secrets: string[];
/** Those that openings carry as they are; of a part they have its place, and of a firm its code. */
let carried: string[];
let bundleKeys: string[];
let publicFrom: number;

beforeAll(async () => {
  fabric = runningNetwork();
  consortium = await foundOn(fabric, CHAINCODE);
  const line = await grantLine(consortium);
  publicFrom = chainBytes().length;
  const before = new Set(consortium.sent.keys());
  const [from, to] = consortium.firms.suppliers as [Firm, Firm];
  const held = await activeCertificate(consortium, line, { creditor: from, faceFen: FACE });
  const { rest } = await offer(consortium, held, from, { to: [{ receiver: to, amountFen: PART }] });
  const applied = await applyFor(consortium, rest!, from, ASKED);
  const quoted = await quote(consortium, await invite(consortium, applied, consortium.firms.bankB), 43_210);
  const trade = [...consortium.sent].filter(([hash]) => !before.has(hash));
  bundleKeys = trade.map(([, { instruction }]) => instructionKey(instruction));
  const { terms } = quoted.quote;
  const amounts = [FACE, PART, ASKED, FACE - PART].map(String);
  const people = [from, to].flatMap(({ record }) => [record.id, record.name]);
  secrets = [...amounts, ...people, terms.netFen, terms.interestFen];
  carried = [String(FACE), String(ASKED), from.record.id, terms.netFen];
}, 240_000);
afterAll(() => consortium.close());

/** All blocks of the channel as an orderer keeps them: what every member, and every orderer, sees. */
function chainBytes(): Buffer {
  const orderer = fabric.layout.orderers[0]!;
  const files = readdirSync(orderer.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name).startsWith('blockfile_') && name.includes(fabric.layout.consortium.channel))
    .sort();
  return Buffer.concat(files.map((name) => readFileSync(path.join(orderer.folder, name))));
}

it('no block has an amount, a price or a hosted owner in it', () => {
  const seen = chainBytes().subarray(publicFrom);
  expect(seen.length).toBeGreaterThan(10_000);
  expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
});

it('a reader’s own peer has them all, so that they could have been found', async () => {
  const texts = await Promise.all(
    bundleKeys.map((key) => consortium.query(OPERATOR, 'deposit', 'bundle', key).catch(() => '')),
  );
  expect(carried.filter((secret) => !texts.join('\n').includes(secret))).toEqual([]);
});

describe.each([
  [CORE, OPERATOR],
  [BANK_B, BANK_A],
  [OPERATOR, BANK_B],
  [BANK_A, CORE],
])('a client of %s at the peer of %s', (caller, host) => {
  let profile: FabricProfile;
  beforeAll(() => {
    const own = JSON.parse(readFileSync(fabric.profile(caller), 'utf8')) as FabricProfile;
    profile = { ...own, peers: own.peers.filter(({ mspId }) => mspId === host) };
  });

  it('gets no private value by any function', async () => {
    const stranger = new Application(profile);
    const ask = async (contract: string, fn: string, argument: string): Promise<string> => {
      const at = { arguments: [argument], endorsingOrganizations: [host] };
      return stranger
        .contract(CHAINCODE, contract)
        .evaluate(fn, at)
        .then(
          (answer) => Buffer.from(answer).toString(),
          (error: unknown) => JSON.stringify((error as { details?: unknown }).details ?? String(error)),
        );
    };
    const heard: string[] = [];
    for (const [contract, fn] of functions()) {
      for (const argument of [...bundleKeys, JSON.stringify({ v: 1 }), recordKey('Genesis')])
        heard.push(await ask(contract, fn, argument));
    }
    expect(heard.length).toBeGreaterThan(50);
    expect(secrets.filter((secret) => heard.some((text) => text.includes(secret)))).toEqual([]);
    expect(await ask('deposit', 'bundle', bundleKeys[0]!)).toContain('COLLECTION_FORBIDDEN');
    stranger.close();
  }, 120_000);

  it('gets no private value with the blocks', async () => {
    // It calls the other's peer its own.
    const peers = profile.peers.map((peer) => ({ ...peer, mspId: caller }));
    const network = await openFabric({
      profile: { ...profile, peers },
      client: 'fabric-gateway',
      chaincode: CHAINCODE,
    });
    const ledger = network.ledgerFor(caller);
    const height = await consortium.network.ledgerFor(caller).height();
    const writes: unknown[] = [];
    for (let number = 0n; number < height; number += 1n) {
      for (const tx of (await ledger.block(number))?.transactions ?? []) writes.push(...tx.privateWrites);
    }
    expect(writes).toEqual([]);
    await network.close();
  }, 60_000);
});

/** Everything that the chaincode can be called for. */
function functions(): [contract: string, fn: string][] {
  return contracts.flatMap((NounContract) => {
    const contract = new NounContract() as { getName(): string };
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(contract)).filter((name) => name !== 'constructor');
    return names.map((fn): [string, string] => [contract.getName(), fn]);
  });
}
