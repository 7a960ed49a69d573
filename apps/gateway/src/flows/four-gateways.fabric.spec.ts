import { freePorts, openNetwork } from '@tallystick/network';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellStory } from '../story/story';
import { startConsortiumTrial, type ConsortiumTrial, type TrialOptions } from '../testing/consortium-trial';
import { until } from '../testing/stories';

jest.setTimeout(300_000);

const ORGANISATIONS = ['OperatorMSP', 'CoreMSP', 'BankAMSP', 'BankBMSP'];
const STEPS = [
  ...['admit', 'line', 'issue', 'accept', 'split', 'acceptTransfer', 'acceptTransfer', 'passOn'],
  ...['apply', 'quote', 'quote', 'acceptQuote', 'approve', 'fund', 'maturity', 'payInPart'],
  ...['credited', 'credited', 'credited', 'credited', 'overdue', 'payInFull'],
  ...['credited', 'credited', 'credited', 'credited', 'settled'],
];

async function stepsOf({ gatewayOf, logins }: ConsortiumTrial): Promise<string[]> {
  const steps: string[] = [];
  await tellStory({ gatewayOf, logins, tell: ({ step }) => steps.push(step) });
  return steps;
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/api/v1/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Rows of the read model that are not what the ledger says, at every organisation. */
async function differences(trial: ConsortiumTrial): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const name of ['operator', 'jingwei', 'river', 'mountain']) {
    const firm = await trial.open(name);
    found.push(...(await firm.post<{ differences: unknown[] }>('/reconciliation')).differences);
  }
  return found;
}

describe('a trial on Fabric: four organisations, each on a gateway, database and peer of its own', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-four-'));
  let options: TrialOptions;
  let trial: ConsortiumTrial;

  beforeAll(async () => {
    const [home, fabricHome] = [path.join(folder, 'home'), path.join(folder, 'network')];
    options = { home, fabricHome, fabricPort: await freePorts(400), ledger: 'fabric-gateway' };
    trial = await startConsortiumTrial(options);
  });
  afterAll(async () => {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells the story through fabric-gateway, and every read model is what its ledger says', async () => {
    expect(await stepsOf(trial)).toEqual(STEPS);
    expect(await differences(trial)).toEqual([]);
  });

  it('tells each person the address of its own organisation’s gateway', () => {
    const addresses = new Map(trial.logins.map(({ org, address }) => [org, address]));
    expect([...addresses.keys()].sort()).toEqual([...ORGANISATIONS].sort());
    expect(new Set(addresses.values()).size).toBe(4);
    expect(addresses.get('OperatorMSP')).toBe(trial.url);
  });

  it('keeps at each organisation its own keys, and an entry to its own database', () => {
    const servers = ORGANISATIONS.map((org) => {
      const home = path.join(options.home, org);
      expect(readdirSync(path.join(home, 'keys')).sort()).toEqual([`${org}.key`, 'fingerprint.key']);
      return readFileSync(path.join(home, 'secrets.json'), 'utf8');
    });
    expect(new Set(servers).size).toBe(4);
    const shared = ORGANISATIONS.map((org) =>
      readFileSync(path.join(options.home, org, 'keys', 'fingerprint.key'), 'utf8'),
    );
    expect(new Set(shared).size).toBe(1);
  });

  it('starts a gateway again that was killed, and nobody notices for long', async () => {
    const bank = trial.pids()['gateway.BankAMSP'] ?? 0;
    process.kill(bank, 'SIGKILL');
    await until(async () => trial.pids()['gateway.BankAMSP'] !== bank && (await isReady(trial.gatewayOf('BankAMSP'))));
    const river = await trial.open('river');
    expect(await river.height()).toBeGreaterThan(0n);
  });

  it('ends as a whole, and goes on with all its data through fabric-network', async () => {
    const pids = Object.values(trial.pids());
    expect(await trial.stop()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(openNetwork(options.fabricHome).isRunning()).toBe(false);
    trial = await startConsortiumTrial({ ...options, ledger: 'fabric-network' });
    const river = await trial.open('river');
    expect((await river.all('/lines')).length).toBe(1);
    expect(await stepsOf(trial)).toEqual(STEPS);
    expect(await differences(trial)).toEqual([]);
  });
});
