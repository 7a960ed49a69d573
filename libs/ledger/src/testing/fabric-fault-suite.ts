import { ownCollection } from '@tallystick/protocol';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FabricClient } from '../fabric/client';
import { FabricLedger } from '../fabric/fabric-ledger';
import { type FabricOptions, openClient } from '../fabric/open-fabric';
import { peersByOrganisation, readProfile } from '../fabric/profile';
import type { Block, Call, Ledger, LedgerNetwork } from '../port';
import { withRetries } from '../retry';
import { openScriptFabric, type RunningFabric, scriptChaincode, scriptFabric } from './fabric-fixture';
import { ask, organisations, scriptCall } from './script-call';

const times = { endorseMs: 3_000, heightMs: 5_000, commitMs: 20_000, systemMs: 1_000 };

/** What an adapter must stand when processes of the network stop, hang or die under it. */
export function fabricFaultSuite(client: FabricOptions['client']): void {
  let fabric: RunningFabric;
  let network: LedgerNetwork;
  let operator: Ledger;
  let bank: Ledger;
  let keysMade = 0;
  const runId = process.hrtime.bigint().toString(36);
  const freshKey = () => `fault-${runId}-${(keysMade += 1)}`;
  const put = (endorsers: string[], key = freshKey()) => scriptCall(endorsers, { do: 'put', key, value: key });

  beforeAll(async () => {
    fabric = await scriptFabric();
    network = await openScriptFabric(fabric, { client, times });
    operator = network.ledgerFor('OperatorMSP');
    bank = network.ledgerFor('BankAMSP');
  });

  afterAll(() => network.close());

  const pid = (name: string): number => {
    const found = Object.entries(fabric.pids()).find(([each]) => each === name)?.[1];
    if (found === undefined) throw new Error(`no process ${name}`);
    return found;
  };

  /** The process does nothing while `work` runs. */
  async function frozen<T>(name: string, work: () => Promise<T>): Promise<T> {
    const stopped = pid(name);
    process.kill(stopped, 'SIGSTOP');
    try {
      return await work();
    } finally {
      process.kill(stopped, 'SIGCONT');
    }
  }

  async function committed(ledger: Ledger, call: Call) {
    const result = await ledger.submit(call);
    if (result.kind !== 'committed')
      throw new Error(`not committed: ${result.kind} ${JSON.stringify({ ...result, blockNumber: 0 })}`);
    return result;
  }

  /** Until all organisations endorse again. */
  async function recovered(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const result = await operator.submit(put(organisations));
      if (result.kind === 'committed') return;
      await sleep(300);
    }
    throw new Error('not all organisations endorse again');
  }

  it('an endorser that hangs is named as unavailable, and holds up nobody else', async () => {
    await frozen('peer.BankAMSP', async () => {
      const [named, others] = await Promise.all([
        operator.submit(put(['OperatorMSP', 'BankAMSP'])),
        operator.submit(put(['OperatorMSP', 'CoreMSP'])),
      ]);
      expect(named).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable', organisations: ['BankAMSP'] });
      expect(others).toMatchObject({ kind: 'committed' });
    });
    await recovered();
  });

  it('an endorser that died is named as unavailable, and endorses again when it is back', async () => {
    process.kill(pid('peer.BankAMSP'), 'SIGKILL');
    const result = await operator.submit(put(['OperatorMSP', 'BankAMSP']));
    expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable', organisations: ['BankAMSP'] });
    await recovered();
  });

  it('an organisation whose chaincode hangs is named as unavailable', async () => {
    const name = Object.keys(fabric.pids()).find((each) => /^chaincode\.script.*BankAMSP$/.test(each)) ?? '';
    await frozen(name, async () => {
      const result = await operator.submit(put(['OperatorMSP', 'BankAMSP']));
      expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable', organisations: ['BankAMSP'] });
    });
    await recovered();
  });

  it('an endorser that has not come so far is named as behind', async () => {
    const afterBlock = (await operator.height()) + 50n;
    const result = await operator.submit({ ...put(['OperatorMSP', 'BankAMSP']), afterBlock });
    expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'behind' });
    expect(result).toHaveProperty('organisations', ['OperatorMSP', 'BankAMSP']);
  });

  it('an endorser that catches up causes neither a refusal nor a mismatch', async () => {
    const keys = Array.from({ length: 5 }, freshKey);
    await frozen('peer.BankAMSP', () =>
      Promise.all(keys.map((key) => committed(operator, put(['OperatorMSP', 'CoreMSP'], key)))),
    );
    // The bank's peer now has to fetch the blocks in which these keys were written.
    const steps = keys.flatMap((key) => [{ do: 'get', key } as const, { do: 'put', key, value: 'again' } as const]);
    const { result } = await committed(operator, scriptCall(['OperatorMSP', 'BankAMSP'], ...steps));
    expect(JSON.parse(result)).toEqual(keys.flatMap((key) => [key, null]));
  });

  it('an outcome that the own peer cannot tell is learnt from another organisation’s', async () => {
    const { ledger, close } = await ledgerThatLosesItsPeer();
    const result = await ledger.submit(put(['OperatorMSP', 'CoreMSP'])).finally(close);
    expect(result).toMatchObject({ kind: 'committed' });
    const same = await bank.outcome(result.txId);
    expect(result).toEqual(same);
    await recovered();
  });

  it('blocks go on without gap and twice none when the own peer dies, with private data', async () => {
    const from = await bank.height();
    const stop = new AbortController();
    const seen: Block[] = [];
    const reading = (async () => {
      for await (const block of bank.blocks(from, stop.signal)) seen.push(block);
    })();
    const secret = (key: string): Call => ({
      ...scriptCall(['OperatorMSP', 'BankAMSP'], {
        do: 'putPrivate',
        collection: ownCollection('BankAMSP'),
        key,
        from: 'secret',
      }),
      transient: { secret: Buffer.from(key) },
    });
    const [before, after] = [freshKey(), freshKey()];
    await committed(operator, secret(before));
    process.kill(pid('peer.BankAMSP'), 'SIGKILL');
    for (let count = 0; count < 5; count += 1) await committed(operator, put(['OperatorMSP', 'CoreMSP']));
    await recovered();
    const { blockNumber: last } = await committed(operator, secret(after));
    for (let waited = 0; waited < 200 && (seen.at(-1)?.number ?? 0n) < last; waited += 1) await sleep(100);
    stop.abort();
    await reading;
    expect(seen.map(({ number }) => number)).toEqual(seen.map((_, index) => from + BigInt(index)));
    expect(seen.at(-1)?.number).toBe(last);
    const secrets = seen.flatMap(({ transactions }) => transactions.flatMap(({ privateWrites }) => privateWrites));
    expect(secrets.map(({ key }) => key)).toEqual([before, after]);
  });

  it('nothing is lost or doubled while an orderer dies', async () => {
    const keys = Array.from({ length: 12 }, freshKey);
    const patient = withRetries(operator, {
      attempts: 5,
      firstPauseMs: 50,
      maxPauseMs: 500,
      random: Math.random,
      sleep,
    });
    const results = keys.map(async (key, index) => {
      await sleep(index * 100);
      if (index === 3) process.kill(pid('orderer1'), 'SIGKILL');
      const result = await patient.submit(scriptCall(['OperatorMSP', 'CoreMSP'], { do: 'claim', key, code: 'TAKEN' }));
      return result.kind === 'unknown' ? ((await settled(result.txId)) ?? result) : result;
    });
    expect((await Promise.all(results)).map(({ kind }) => kind)).toEqual(keys.map(() => 'committed'));
    const claims = await ask(operator, ...keys.map((key) => ({ do: 'get', key }) as const));
    expect(claims).toEqual((await Promise.all(results)).map(({ txId }) => txId));
  });

  async function settled(txId: string) {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const outcome = await operator.outcome(txId);
      if (outcome !== null) return outcome;
      await sleep(200);
    }
    return null;
  }

  /** The operator's ledger, whose peer is killed as soon as its next transaction is with ordering. */
  async function ledgerThatLosesItsPeer(): Promise<{ ledger: Ledger; close: () => void }> {
    const profile = readProfile(fabric.profile('OperatorMSP'));
    const own = await openClient(client, profile);
    const closed = new AbortController();
    const ledger = new FabricLedger({
      client: withPeerLost(own, () => process.kill(pid('peer.OperatorMSP'), 'SIGKILL')),
      mspId: profile.mspId,
      organisations: [...peersByOrganisation(profile).keys()],
      channel: profile.channel,
      chaincode: scriptChaincode,
      times,
      closed: closed.signal,
      onTrouble: () => undefined,
    });
    await ledger.height();
    return {
      ledger,
      close: () => {
        closed.abort();
        own.close();
      },
    };
  }
}

function withPeerLost(client: FabricClient, lose: () => void): FabricClient {
  return {
    evaluate: (...args) => client.evaluate(...args),
    blocks: (...args) => client.blocks(...args),
    close: () => {
      client.close();
    },
    propose: (...args) => {
      const proposal = client.propose(...args);
      return {
        ...proposal,
        endorse: async (timeoutMs) => {
          const answer = await proposal.endorse(timeoutMs);
          if (Array.isArray(answer)) return answer;
          const order = async (ms: number) => {
            await answer.order(ms);
            lose();
          };
          return { ...answer, order };
        },
      };
    },
  };
}
