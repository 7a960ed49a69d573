import { ownCollection } from '@tallystick/protocol';
import { type Context, Contract } from 'fabric-contract-api';
import { ValidationCodes } from '../port';
import { LedgerUnavailable } from '../refusal';
import { inOneBlock, openScriptNetwork } from '../testing/embedded-fixture';
import { ask, policyHex, scriptCall, scriptQuery } from '../testing/script-call';
import { ScriptContract } from '../testing/script-contract';
import type { EmbeddedNetwork } from './network';

const two = ['OperatorMSP', 'CoreMSP'];
const put = scriptCall(two, { do: 'put', key: 'k', value: 'x' });
const quick = { batching: { maxTransactions: 10, timeoutMs: 1 } };
let network: EmbeddedNetwork;
afterEach(() => network.close());

describe('an organisation that is down', () => {
  it('endorses nothing and answers nothing, while the others go on', async () => {
    network = await openScriptNetwork(quick);
    network.faults.setDown('CoreMSP', true);
    const operator = network.ledgerFor('OperatorMSP');
    expect(await operator.submit(put)).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
    await expect(network.ledgerFor('CoreMSP').evaluate(scriptQuery({ do: 'describe' }))).rejects.toBeInstanceOf(
      LedgerUnavailable,
    );
    expect(await operator.submit({ ...put, endorsers: ['OperatorMSP', 'BankAMSP'] })).toMatchObject({
      kind: 'committed',
    });
  });

  it('catches up when it is back', async () => {
    network = await openScriptNetwork(quick);
    const core = network.ledgerFor('CoreMSP');
    network.faults.setDown('CoreMSP', true);
    await network.ledgerFor('OperatorMSP').submit({ ...put, endorsers: ['OperatorMSP', 'BankAMSP'] });
    expect(await core.height()).toBe(1n);
    network.faults.setDown('CoreMSP', false);
    expect(await core.height()).toBe(2n);
    expect(await ask(core, { do: 'get', key: 'k' })).toEqual(['x']);
  });
});

describe('a peer that lags', () => {
  it('answers from its own height, and shows no block above it', async () => {
    network = await openScriptNetwork(quick);
    const operator = network.ledgerFor('OperatorMSP');
    const core = network.ledgerFor('CoreMSP');
    network.faults.setLag('CoreMSP', 1);
    await operator.submit(put);
    const result = await operator.submit({
      ...scriptCall(['OperatorMSP', 'BankAMSP'], { do: 'put', key: 'k', value: 'y' }),
    });
    expect(await ask(core, { do: 'get', key: 'k' })).toEqual(['x']);
    expect(await core.height()).toBe(2n);
    expect(await core.block(2n)).toBeNull();
    expect(await core.outcome(result.txId)).toBeNull();
  });

  it('does not go back', async () => {
    network = await openScriptNetwork(quick);
    await network.ledgerFor('OperatorMSP').submit(put);
    network.faults.setLag('CoreMSP', 2);
    expect(await network.ledgerFor('CoreMSP').height()).toBe(2n);
    expect(await ask(network.ledgerFor('CoreMSP'), { do: 'get', key: 'k' })).toEqual(['x']);
  });

  it('makes endorsements differ, unless the call says what it depends on', async () => {
    network = await openScriptNetwork({ ...quick, heightTimeoutMs: 2_000 });
    const operator = network.ledgerFor('OperatorMSP');
    network.faults.setLag('CoreMSP', 1);
    const written = await operator.submit(put);
    const afterBlock = written.kind === 'committed' ? written.blockNumber : -1n;
    const read = scriptCall(two, { do: 'get', key: 'k' });
    expect(await operator.submit(read)).toMatchObject({ kind: 'notEndorsed', cause: 'mismatch' });
    const waiting = operator.submit({ ...read, afterBlock });
    setTimeout(() => network.faults.setLag('CoreMSP', 0), 20);
    expect(await waiting).toMatchObject({ kind: 'committed' });
  });

  it('is waited for only so long', async () => {
    network = await openScriptNetwork({ ...quick, heightTimeoutMs: 20 });
    const operator = network.ledgerFor('OperatorMSP');
    expect(await operator.submit({ ...put, afterBlock: 7n })).toMatchObject({ kind: 'notEndorsed', cause: 'behind' });
    await expect(operator.evaluate({ ...scriptQuery({ do: 'describe' }), afterBlock: 7n })).rejects.toBeInstanceOf(
      LedgerUnavailable,
    );
  });

  it('whose refusal the others do not share is a mismatch, not a refusal', async () => {
    network = await openScriptNetwork(quick);
    const operator = network.ledgerFor('OperatorMSP');
    network.faults.setLag('CoreMSP', 1);
    await operator.submit(put);
    const claim = scriptCall(two, { do: 'claim', key: 'k', code: 'TAKEN' });
    expect(await operator.submit(claim)).toMatchObject({ cause: 'mismatch', refusal: { code: 'TAKEN' } });
  });
});

describe('a lost reply', () => {
  it('leaves the outcome unknown until it is asked for', async () => {
    network = await openScriptNetwork(quick);
    const operator = network.ledgerFor('OperatorMSP');
    network.faults.dropReplies('OperatorMSP', 1);
    const result = await operator.submit(put);
    expect(result.kind).toBe('unknown');
    expect(await operator.outcome(result.txId)).toMatchObject({ kind: 'committed', result: '[null]' });
    expect(await operator.submit(put)).toMatchObject({ kind: 'committed' });
  });

  it('is given up after a time', async () => {
    network = await openScriptNetwork({ commitTimeoutMs: 20 });
    const result = await network.ledgerFor('OperatorMSP').submit(put);
    expect(result.kind).toBe('unknown');
    await network.cutBlock();
    expect(await network.ledgerFor('OperatorMSP').outcome(result.txId)).toMatchObject({ kind: 'committed' });
  });
});

describe('a forged signature', () => {
  it('does not count as an endorsement', async () => {
    network = await openScriptNetwork(quick);
    network.faults.setForging('CoreMSP', true);
    const operator = network.ledgerFor('OperatorMSP');
    const result = await operator.submit(put);
    expect(result).toMatchObject({ kind: 'rejected', code: ValidationCodes.endorsementPolicyFailure });
    expect((await operator.transaction(result.txId))?.tx.endorsers).toEqual(['OperatorMSP']);
  });
});

describe('another contract at one organisation', () => {
  class Tampered extends ScriptContract {
    override async run(ctx: Context, script: string): Promise<string> {
      await ctx.stub.putState('stolen', Buffer.from('x'));
      return super.run(ctx, script);
    }
  }

  it('cannot get its results endorsed with the others', async () => {
    network = await openScriptNetwork({ ...quick, contractsByOrg: { CoreMSP: [Tampered] } });
    const operator = network.ledgerFor('OperatorMSP');
    expect(await operator.submit(put)).toMatchObject({
      kind: 'notEndorsed',
      cause: 'mismatch',
      message: 'endorsements do not match',
    });
    expect(await operator.submit({ ...put, endorsers: ['CoreMSP'] })).toMatchObject({ kind: 'rejected', code: 10 });
    expect(await operator.submit({ ...put, endorsers: ['OperatorMSP', 'BankAMSP'] })).toMatchObject({
      kind: 'committed',
    });
  });

  it('that answers otherwise, or emits another event, is noticed too', async () => {
    class Talkative extends ScriptContract {
      override async run(ctx: Context, script: string): Promise<string> {
        return `${await super.run(ctx, script)} `;
      }
    }
    class Eventful extends ScriptContract {
      override async run(ctx: Context, script: string): Promise<string> {
        ctx.stub.setEvent('other', Buffer.from('x'));
        return super.run(ctx, script);
      }
    }
    network = await openScriptNetwork({ ...quick, contractsByOrg: { CoreMSP: [Talkative], BankAMSP: [Eventful] } });
    const operator = network.ledgerFor('OperatorMSP');
    for (const other of ['CoreMSP', 'BankAMSP'])
      expect(await operator.submit({ ...put, endorsers: ['OperatorMSP', other] })).toMatchObject({ cause: 'mismatch' });
  });
});

describe('a simulation', () => {
  it('sees one height throughout, whatever is committed meanwhile', async () => {
    let reachedGate: () => void = () => undefined;
    const atGate = new Promise<void>((resolve) => (reachedGate = resolve));
    let openGate: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (openGate = resolve));
    class Slow extends Contract {
      constructor() {
        super('slow');
      }
      async readTwice({ stub }: Context): Promise<string> {
        const first = Buffer.from(await stub.getState('k')).toString();
        reachedGate();
        await gate;
        return `${first} ${Buffer.from(await stub.getState('j')).toString()}`;
      }
    }
    network = await openScriptNetwork({ contracts: [ScriptContract, Slow] });
    const operator = network.ledgerFor('OperatorMSP');
    const set = (value: string) => () =>
      operator.submit(scriptCall(two, { do: 'put', key: 'k', value }, { do: 'put', key: 'j', value }));
    await inOneBlock(network, [set('1')]);
    const slow = operator.evaluate({ contract: 'slow', fn: 'readTwice', args: [] });
    await atGate;
    await inOneBlock(network, [set('2')]);
    await inOneBlock(network, [set('3')]);
    openGate();
    expect(await slow).toBe('1 1');
  });

  it.each<[string, Parameters<typeof scriptQuery>]>([
    ['range queries', [{ do: 'range' }]],
    ['explicit collections', [{ do: 'getPrivate', collection: 'quotes', key: 'k' }]],
  ])('has no %s', async (_, steps) => {
    network = await openScriptNetwork();
    await expect(network.ledgerFor('CoreMSP').evaluate(scriptQuery(...steps))).rejects.toThrow('not supported');
  });

  it('needs keys that are not empty', async () => {
    network = await openScriptNetwork();
    const operator = network.ledgerFor('OperatorMSP');
    await expect(operator.evaluate(scriptQuery({ do: 'put', key: '', value: 'x' }))).rejects.toThrow('empty');
  });

  it('refuses a malformed policy before it can reach a block', async () => {
    network = await openScriptNetwork(quick);
    const call = scriptCall(two, { do: 'put', key: 'k', value: 'x' }, { do: 'setPolicy', key: 'k', policy: 'ffff' });
    expect(await network.ledgerFor('OperatorMSP').submit(call)).toMatchObject({
      kind: 'notEndorsed',
      message: expect.stringContaining('SignaturePolicyEnvelope') as unknown,
    });
    expect(await network.ledgerFor('OperatorMSP').height()).toBe(1n);
  });

  it('sees transient data, which no block holds', async () => {
    network = await openScriptNetwork(quick);
    const collection = ownCollection('CoreMSP');
    const call = {
      ...scriptCall(two, { do: 'putPrivate', collection, key: 'p', from: 'note' }),
      transient: { note: Buffer.from('between us') },
    };
    const result = await network.ledgerFor('OperatorMSP').submit(call);
    expect(result.kind).toBe('committed');
    const seen = await network.ledgerFor('BankAMSP').transaction(result.txId);
    expect(
      Buffer.from(
        JSON.stringify(seen?.tx, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
      ).toString(),
    ).not.toContain(Buffer.from('between us').toString('base64'));
    expect(await ask(network.ledgerFor('CoreMSP'), { do: 'getPrivate', collection, key: 'p' })).toEqual(['between us']);
  });
});

it('takes no chaincode policy that is malformed', async () => {
  network = await openScriptNetwork();
  await expect(
    openScriptNetwork({ chaincodePolicy: Buffer.from(policyHex(1, two).slice(4), 'hex') }),
  ).rejects.toThrow();
});
