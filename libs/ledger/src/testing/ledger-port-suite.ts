import { ownCollection } from '@tallystick/protocol';
import { createHash } from 'node:crypto';
import { type Block, type Ledger, type LedgerNetwork, ValidationCodes } from '../port';
import { ContractRefusal } from '../refusal';
import { withRetries } from '../retry';
import { ask, policyHex, scriptCall, scriptQuery } from './script-call';

/**
 * What every ledger behind the port must do. `makeNetwork` gives a running network of `organisations` whose chaincode
 * is `ScriptContract` under the policy `anyTwo`; it may be shared and old: each test uses keys of its own.
 */
export function ledgerPortSuite(makeNetwork: () => Promise<LedgerNetwork>): void {
  let network: LedgerNetwork;
  let operator: Ledger;
  let core: Ledger;
  let bank: Ledger;
  let keysMade = 0;
  const two = ['OperatorMSP', 'CoreMSP'];
  const runId = process.hrtime.bigint().toString(36);
  const freshKey = () => `key-${runId}-${(keysMade += 1)}`;

  beforeAll(async () => {
    network = await makeNetwork();
    operator = network.ledgerFor('OperatorMSP');
    core = network.ledgerFor('CoreMSP');
    bank = network.ledgerFor('BankAMSP');
  });

  afterAll(() => network.close());

  async function commit(ledger: Ledger, call: ReturnType<typeof scriptCall>) {
    const result = await ledger.submit(call);
    if (result.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(result, bigintAsText)}`);
    return result;
  }

  async function blockOf(ledger: Ledger, number: bigint): Promise<Block> {
    const stop = new AbortController();
    for await (const block of ledger.blocks(number, stop.signal)) return block;
    throw new Error('no block');
  }

  describe('a transaction', () => {
    it('is visible at every organisation once committed', async () => {
      const key = freshKey();
      const { blockNumber } = await commit(operator, scriptCall(two, { do: 'put', key, value: 'written' }));
      const query = { ...scriptQuery({ do: 'get', key }), afterBlock: blockNumber };
      for (const mspId of network.mspIds) expect(await network.ledgerFor(mspId).evaluate(query)).toBe('["written"]');
    });

    it('gives its result to the one who submitted it, and to who asks later', async () => {
      const call = scriptCall(two, { do: 'put', key: freshKey(), value: 'x' });
      const { txId, blockNumber, result } = await commit(operator, call);
      expect(JSON.parse(result)).toEqual([null]);
      expect(await operator.outcome(txId)).toEqual({ kind: 'committed', txId, blockNumber, result });
    });

    it('does not see its own writes', async () => {
      const key = freshKey();
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'old' }));
      const call = scriptCall(two, { do: 'put', key, value: 'new' }, { do: 'get', key });
      expect((await commit(operator, call)).result).toBe('[null,"old"]');
    });

    it('deletes', async () => {
      const key = freshKey();
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'x' }));
      const { blockNumber } = await commit(operator, scriptCall(two, { do: 'delete', key }));
      expect(await operator.evaluate({ ...scriptQuery({ do: 'get', key }), afterBlock: blockNumber })).toBe('[""]');
    });

    it('is refused with the code and details of the contract, and leaves nothing', async () => {
      const key = freshKey();
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'taken' }));
      const height = await operator.height();
      const result = await operator.submit(scriptCall(two, { do: 'claim', key, code: 'KEY_TAKEN' }));
      expect(result).toMatchObject({
        kind: 'notEndorsed',
        cause: 'refused',
        refusal: { code: 'KEY_TAKEN', details: { key } },
      });
      expect(await operator.height()).toBe(height);
    });

    it('fails without a refusal when the contract breaks', async () => {
      const result = await operator.submit(scriptCall(two, { do: 'crash' }));
      expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'failed' });
      expect(result).not.toHaveProperty('refusal');
    });

    it('tells its id before it is sent', async () => {
      const told: unknown[] = [];
      const key = freshKey();
      const onEndorsed = async (txId: string) => {
        told.push(txId, await operator.outcome(txId));
      };
      const { txId } = await commit(operator, { ...scriptCall(two, { do: 'put', key, value: 'x' }), onEndorsed });
      expect(told).toEqual([txId, null]);
    });

    it('is not sent when its id could not be recorded', async () => {
      const key = freshKey();
      const onEndorsed = () => Promise.reject(new Error('no disk'));
      const result = await operator.submit({ ...scriptCall(two, { do: 'put', key, value: 'x' }), onEndorsed });
      expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'abandoned' });
      expect(await ask(operator, { do: 'get', key })).toEqual(['']);
    });

    it('needs an endorser', async () => {
      const result = await operator.submit(scriptCall([], { do: 'describe' }));
      expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
    });

    it('knows who calls, and at which peer it runs', async () => {
      const [described] = await ask(core, { do: 'describe' });
      expect(described).toMatchObject({ caller: 'CoreMSP', peer: 'CoreMSP' });
      expect((described as { callerId: string }).callerId).toMatch(/^x509::/);
    });
  });

  describe('two transactions that want the same', () => {
    it('commit exactly once', async () => {
      const key = freshKey();
      const call = scriptCall(two, { do: 'claim', key, code: 'KEY_TAKEN' });
      const results = await Promise.all([operator.submit(call), core.submit(call), bank.submit(call)]);
      expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
      for (const result of results)
        if (result.kind === 'rejected')
          expect(result).toMatchObject({ code: ValidationCodes.mvccReadConflict, conflict: true });
    });

    it('end, with retries, in one outcome and true refusals', async () => {
      const key = freshKey();
      const call = scriptCall(two, { do: 'claim', key, code: 'KEY_TAKEN' });
      const retrying = [operator, core, bank].map((ledger) =>
        withRetries(ledger, {
          attempts: 5,
          firstPauseMs: 1,
          maxPauseMs: 10,
          random: () => 0.5,
          sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        }),
      );
      const results = await Promise.all(retrying.map((ledger) => ledger.submit(call)));
      expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
      const losers = results.filter(({ kind }) => kind !== 'committed');
      for (const loser of losers) expect(loser).toMatchObject({ cause: 'refused', refusal: { code: 'KEY_TAKEN' } });
    });
  });

  describe('endorsement', () => {
    const failure = { kind: 'rejected', code: ValidationCodes.endorsementPolicyFailure, conflict: false };

    it('of a new key must meet the chaincode policy', async () => {
      const key = freshKey();
      expect(await operator.submit(scriptCall(['OperatorMSP'], { do: 'put', key, value: 'x' }))).toMatchObject(failure);
      expect(await ask(operator, { do: 'get', key })).toEqual(['']);
    });

    it('of a transaction that writes nothing must meet the chaincode policy', async () => {
      const call = scriptCall(['OperatorMSP'], { do: 'get', key: freshKey() });
      expect(await operator.submit(call)).toMatchObject(failure);
    });

    it('of a key with a policy must meet that one, and no other', async () => {
      const key = freshKey();
      const policy = policyHex(2, ['CoreMSP', 'BankAMSP']);
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'x' }, { do: 'setPolicy', key, policy }));
      const write = { do: 'put', key, value: 'y' } as const;
      expect(await operator.submit(scriptCall(two, write))).toMatchObject(failure);
      await commit(operator, scriptCall(['BankAMSP', 'CoreMSP'], write));
    });

    it('of a changed policy must meet the old one', async () => {
      const key = freshKey();
      const policy = policyHex(1, ['BankAMSP']);
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'x' }, { do: 'setPolicy', key, policy }));
      const change = { do: 'setPolicy', key, policy: policyHex(1, ['CoreMSP']) } as const;
      expect(await operator.submit(scriptCall(two, change))).toMatchObject(failure);
      await commit(bank, scriptCall(['BankAMSP'], change));
      await commit(core, scriptCall(['CoreMSP'], { do: 'put', key, value: 'y' }));
    });

    it('counts every key on its own', async () => {
      const [guarded, free] = [freshKey(), freshKey()];
      const policy = policyHex(1, ['BankAMSP']);
      await commit(
        operator,
        scriptCall(two, { do: 'put', key: guarded, value: 'x' }, { do: 'setPolicy', key: guarded, policy }),
      );
      const both = [
        { do: 'put', key: guarded, value: 'y' },
        { do: 'put', key: free, value: 'y' },
      ] as const;
      expect(await bank.submit(scriptCall(['BankAMSP'], ...both))).toMatchObject(failure);
      await commit(bank, scriptCall(['BankAMSP', 'CoreMSP'], ...both));
    });

    it('keeps the policy of a key through writes, and forgets it with a delete', async () => {
      const key = freshKey();
      const policy = policyHex(1, ['BankAMSP']);
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'x' }, { do: 'setPolicy', key, policy }));
      await commit(bank, scriptCall(['BankAMSP'], { do: 'put', key, value: 'y' }));
      expect(await ask(bank, { do: 'policyOf', key })).toEqual([policy]);
      await commit(bank, scriptCall(['BankAMSP'], { do: 'delete', key }));
      await commit(core, scriptCall(two, { do: 'put', key, value: 'z' }));
    });
  });

  describe('private data', () => {
    const collection = ownCollection('BankAMSP');
    const secret = (key: string, endorsers: string[], value = 'for the bank') => ({
      ...scriptCall(endorsers, { do: 'putPrivate', collection, key, from: 'secret' }),
      transient: { secret: Buffer.from(value) },
    });

    it('need the endorsement of the collection’s owner', async () => {
      expect(await operator.submit(secret(freshKey(), two))).toMatchObject({
        kind: 'rejected',
        code: ValidationCodes.endorsementPolicyFailure,
      });
    });

    it('are read by the owner’s clients only; their hash by everyone', async () => {
      const key = freshKey();
      const { blockNumber: afterBlock } = await commit(operator, secret(key, ['OperatorMSP', 'BankAMSP']));
      const read = { ...scriptQuery({ do: 'getPrivate', collection, key }), afterBlock };
      expect(await bank.evaluate(read)).toBe('["for the bank"]');
      await expect(operator.evaluate(read)).rejects.toThrow('does not have read access permission');
      const hash = createHash('sha256').update('for the bank').digest('hex');
      expect(await ask(core, { do: 'hashOfPrivate', collection, key })).toEqual([hash]);
    });

    it('that do not exist are empty everywhere', async () => {
      const hash = { do: 'hashOfPrivate', collection, key: freshKey() } as const;
      expect(await ask(operator, hash)).toEqual(['']);
      expect(await ask(bank, hash, { do: 'getPrivate', collection, key: freshKey() })).toEqual(['', '']);
    });

    it('come with the block to their owner, and as hashes to everyone', async () => {
      const key = freshKey();
      const { txId, blockNumber } = await commit(operator, secret(key, ['OperatorMSP', 'BankAMSP']));
      const seenBy = async (ledger: Ledger) =>
        (await blockOf(ledger, blockNumber)).transactions.find((tx) => tx.txId === txId);
      const [atBank, atOperator] = [await seenBy(bank), await seenBy(operator)];
      expect(atBank?.privateWrites).toEqual([{ collection, key, value: Buffer.from('for the bank') }]);
      expect(atOperator?.privateWrites).toEqual([]);
      const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
      const privateHashes = [{ collection, keyHash: sha256(key), valueHash: sha256('for the bank'), isDelete: false }];
      expect(atOperator).toMatchObject({ privateHashes });
      expect(JSON.stringify(atOperator, bigintAsText)).not.toContain('for the bank');
    });

    it('can be deleted', async () => {
      const key = freshKey();
      await commit(operator, secret(key, ['OperatorMSP', 'BankAMSP']));
      await commit(bank, scriptCall(['BankAMSP', 'CoreMSP'], { do: 'deletePrivate', collection, key }));
      expect(await ask(bank, { do: 'getPrivate', collection, key })).toEqual(['']);
      expect(await ask(core, { do: 'hashOfPrivate', collection, key })).toEqual(['']);
    });
  });

  describe('evaluation', () => {
    it('throws the refusal of the contract', async () => {
      const key = freshKey();
      await commit(operator, scriptCall(two, { do: 'put', key, value: 'taken' }));
      const refusal = operator.evaluate(scriptQuery({ do: 'claim', key, code: 'KEY_TAKEN' }));
      await expect(refusal).rejects.toBeInstanceOf(ContractRefusal);
      await expect(refusal).rejects.toMatchObject({ refusal: { code: 'KEY_TAKEN', details: { key } } });
    });

    it('changes nothing', async () => {
      const key = freshKey();
      await ask(operator, { do: 'put', key, value: 'x' });
      expect(await ask(operator, { do: 'get', key })).toEqual(['']);
    });
  });

  describe('blocks', () => {
    it('tell everything public about a transaction', async () => {
      const key = freshKey();
      const gone = freshKey();
      const policy = policyHex(1, two);
      const call = scriptCall(
        two,
        { do: 'get', key },
        { do: 'put', key, value: 'v' },
        { do: 'delete', key: gone },
        { do: 'setPolicy', key, policy },
        { do: 'event', name: 'applied', payload: 'first' },
        { do: 'event', name: 'applied', payload: 'last' },
      );
      const { txId, blockNumber, result } = await commit(operator, call);
      const located = await operator.transaction(txId);
      expect(located).toMatchObject({ blockNumber });
      expect(located?.tx).toEqual({
        txId,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
        validationCode: 0,
        contract: 'script',
        fn: 'run',
        args: call.args,
        result,
        creatorMsp: 'OperatorMSP',
        endorsers: expect.arrayContaining(two) as unknown,
        reads: [{ key, version: null }],
        writes: [
          { key, value: Buffer.from('v'), isDelete: false },
          { key: gone, value: null, isDelete: true },
        ],
        policies: [{ key, policy: Buffer.from(policy, 'hex') }],
        privateWrites: [],
        privateHashes: [],
        event: { name: 'applied', payload: Buffer.from('last') },
      });
    });

    it('hold invalid transactions too, with their code', async () => {
      const result = await operator.submit(scriptCall(['CoreMSP'], { do: 'put', key: freshKey(), value: 'x' }));
      const located = await operator.transaction(result.kind === 'rejected' ? result.txId : '');
      expect(located?.tx.validationCode).toBe(ValidationCodes.endorsementPolicyFailure);
    });

    it('are linked by their hashes from block 0 on', async () => {
      await commit(operator, scriptCall(two, { do: 'put', key: freshKey(), value: 'x' }));
      const height = await operator.height();
      let previousHash = '';
      for (let number = 0n; number < height; number += 1n) {
        const block = await operator.block(number);
        expect(block).toMatchObject({ number, previousHash });
        previousHash = block?.hash ?? '';
        expect(previousHash).toMatch(/^[0-9a-f]{64}$/);
      }
      expect(await operator.block(height)).toBeNull();
    });

    it('are delivered in order, the past first, then as they come, until told to stop', async () => {
      const from = await operator.height();
      await commit(operator, scriptCall(two, { do: 'put', key: freshKey(), value: '1' }));
      const stop = new AbortController();
      const numbers: bigint[] = [];
      const reading = (async () => {
        for await (const block of core.blocks(from, stop.signal)) {
          numbers.push(block.number);
          if (numbers.length === 3) stop.abort();
        }
      })();
      await commit(operator, scriptCall(two, { do: 'put', key: freshKey(), value: '2' }));
      await commit(operator, scriptCall(two, { do: 'put', key: freshKey(), value: '3' }));
      await reading;
      expect(numbers).toEqual([from, from + 1n, from + 2n]);
    });

    it('know nothing of an id that was never sent', async () => {
      expect(await operator.outcome('00'.repeat(32))).toBeNull();
      expect(await operator.transaction('00'.repeat(32))).toBeNull();
    });
  });
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
