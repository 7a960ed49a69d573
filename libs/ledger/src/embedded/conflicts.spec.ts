import { ownCollection } from '@tallystick/protocol';
import { type SubmitResult, ValidationCodes } from '../port';
import { inOneBlock, openScriptNetwork } from '../testing/embedded-fixture';
import { ask, policyHex, scriptCall } from '../testing/script-call';
import type { Step } from '../testing/script-contract';
import type { EmbeddedNetwork } from './network';

const two = ['OperatorMSP', 'CoreMSP'];
let network: EmbeddedNetwork;
const submit =
  (...steps: Step[]) =>
  () =>
    network.ledgerFor('OperatorMSP').submit(scriptCall(two, ...steps));
const codes = (results: SubmitResult[]) =>
  results.map((result) => (result.kind === 'rejected' ? result.code : result.kind));
const { mvccReadConflict, endorsementPolicyFailure, duplicateTxId } = ValidationCodes;

beforeEach(async () => {
  network = await openScriptNetwork();
});
afterEach(() => network.close());

describe('transactions of one block', () => {
  it('lose when an earlier one wrote what they read', async () => {
    const results = await inOneBlock(network, [
      submit({ do: 'claim', key: 'k', code: 'TAKEN' }),
      submit({ do: 'claim', key: 'k', code: 'TAKEN' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict]);
    expect(results[1]).toMatchObject({ conflict: true });
  });

  it('do not lose to one that was invalid itself', async () => {
    await inOneBlock(network, [submit({ do: 'put', key: 'a', value: '1' })]);
    const results = await inOneBlock(network, [
      submit({ do: 'get', key: 'a' }, { do: 'put', key: 'a', value: '2' }),
      submit({ do: 'get', key: 'a' }, { do: 'put', key: 'b', value: '2' }),
      submit({ do: 'get', key: 'b' }, { do: 'put', key: 'c', value: '2' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict, 'committed']);
  });

  it('may both write a key that neither read; the last one stands', async () => {
    const results = await inOneBlock(network, [
      submit({ do: 'put', key: 'k', value: 'first' }),
      submit({ do: 'put', key: 'k', value: 'last' }),
    ]);
    expect(codes(results)).toEqual(['committed', 'committed']);
    expect(await ask(network.ledgerFor('CoreMSP'), { do: 'get', key: 'k' })).toEqual(['last']);
  });

  it('lose when an earlier one deleted what they read', async () => {
    await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    const results = await inOneBlock(network, [
      submit({ do: 'delete', key: 'k' }),
      submit({ do: 'get', key: 'k' }, { do: 'put', key: 'other', value: 'x' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict]);
  });

  it('lose when an earlier one set only the policy of what they read', async () => {
    await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    const results = await inOneBlock(network, [
      submit({ do: 'setPolicy', key: 'k', policy: policyHex(1, two) }),
      submit({ do: 'get', key: 'k' }, { do: 'put', key: 'other', value: 'x' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict]);
  });

  it('lose when an earlier one wrote the private key whose hash they read', async () => {
    const collection = ownCollection('CoreMSP');
    const write = {
      ...scriptCall(two, { do: 'putPrivate', collection, key: 'p', from: 's' }),
      transient: { s: Buffer.from('x') },
    };
    const results = await inOneBlock(network, [
      () => network.ledgerFor('CoreMSP').submit(write),
      submit({ do: 'hashOfPrivate', collection, key: 'p' }, { do: 'put', key: 'k', value: 'x' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict]);
  });

  it('get code 10 for a key whose policy an earlier one changed, though their endorsers suffice', async () => {
    await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    const results = await inOneBlock(network, [
      submit({ do: 'setPolicy', key: 'k', policy: policyHex(1, two) }),
      submit({ do: 'put', key: 'k', value: 'y' }),
    ]);
    expect(codes(results)).toEqual(['committed', endorsementPolicyFailure]);
    expect(results[1]).toMatchObject({ conflict: true });
  });

  it('get code 10 even when the one that changed the policy lost on versions', async () => {
    const results = await inOneBlock(network, [
      submit({ do: 'put', key: 'read', value: 'x' }),
      submit(
        { do: 'get', key: 'read' },
        { do: 'put', key: 'k', value: '1' },
        { do: 'setPolicy', key: 'k', policy: policyHex(1, two) },
      ),
      submit({ do: 'put', key: 'k', value: '2' }),
    ]);
    expect(codes(results)).toEqual(['committed', mvccReadConflict, endorsementPolicyFailure]);
    expect(results[2]).toMatchObject({ conflict: true });
  });
});

describe('transactions of different blocks', () => {
  it('lose when what they read was written after they were endorsed', async () => {
    const [stale] = await Promise.all([
      network.ledgerFor('OperatorMSP').submit({
        ...scriptCall(two, { do: 'claim', key: 'k', code: 'TAKEN' }),
        onEndorsed: async () => {
          await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
          setImmediate(() => void network.cutBlock());
        },
      }),
    ]);
    expect(stale).toMatchObject({ kind: 'rejected', code: mvccReadConflict, conflict: true });
  });

  it('lose when only the policy of what they read was set in between', async () => {
    await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    const stale = await network.ledgerFor('OperatorMSP').submit({
      ...scriptCall(two, { do: 'policyOf', key: 'k' }, { do: 'put', key: 'other', value: 'x' }),
      onEndorsed: async () => {
        await inOneBlock(network, [submit({ do: 'setPolicy', key: 'k', policy: policyHex(1, two) })]);
        setImmediate(() => void network.cutBlock());
      },
    });
    expect(stale).toMatchObject({ kind: 'rejected', code: mvccReadConflict });
  });
});

it('loses when the private key whose hash it read was written after it was endorsed', async () => {
  const collection = ownCollection('CoreMSP');
  const write = {
    ...scriptCall(two, { do: 'putPrivate', collection, key: 'p', from: 's' }),
    transient: { s: Buffer.from('x') },
  };
  const stale = await network.ledgerFor('OperatorMSP').submit({
    ...scriptCall(two, { do: 'hashOfPrivate', collection, key: 'p' }, { do: 'put', key: 'k', value: 'x' }),
    onEndorsed: async () => {
      await inOneBlock(network, [() => network.ledgerFor('CoreMSP').submit(write)]);
      setImmediate(() => void network.cutBlock());
    },
  });
  expect(stale).toMatchObject({ kind: 'rejected', code: mvccReadConflict });
});

describe('a transaction sent again', () => {
  it('gets code 9 within its block too', async () => {
    network.faults.sendTwice('OperatorMSP', 1);
    const [result] = await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    expect(result).toMatchObject({ kind: 'committed' });
    const block = await network.ledgerFor('OperatorMSP').block(1n);
    expect(block?.transactions.map(({ validationCode }) => validationCode)).toEqual([0, duplicateTxId]);
  });

  it('gets code 9 in the later block, and its outcome stands', async () => {
    const [result] = await inOneBlock(network, [submit({ do: 'put', key: 'k', value: 'x' })]);
    const txId = result?.txId ?? '';
    await network.faults.resubmit(txId);
    await network.cutBlock();
    const operator = network.ledgerFor('OperatorMSP');
    expect((await operator.block(2n))?.transactions).toMatchObject([{ txId, validationCode: duplicateTxId }]);
    expect(await operator.outcome(txId)).toMatchObject({ kind: 'committed', blockNumber: 1n });
    expect(await operator.transaction(txId)).toMatchObject({ blockNumber: 1n });
  });
});
