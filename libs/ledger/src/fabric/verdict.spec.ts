import { PeerProblem } from './client';
import { verdict } from './verdict';

const endorsers = ['CoreMSP', 'BankAMSP'];
const threw = (mspId: string, message: string) => new PeerProblem('threw', message, mspId);
const refusal = JSON.stringify({ code: 'HOLDING_ALREADY_SPENT', details: { holding: 'h1' } });

describe('why there is no endorsement', () => {
  it('is the contract’s refusal when all endorsers give the same', () => {
    const said = verdict('t1', endorsers, [threw('CoreMSP', refusal), threw('BankAMSP', refusal)]);
    expect(said).toMatchObject({ kind: 'notEndorsed', txId: 't1', cause: 'refused' });
    expect(said.refusal).toEqual({ code: 'HOLDING_ALREADY_SPENT', details: { holding: 'h1' } });
  });

  it('is a mismatch when only some refuse, or not with the same words', () => {
    expect(verdict('t1', endorsers, [threw('CoreMSP', refusal)])).toMatchObject({ cause: 'mismatch' });
    const other = threw('BankAMSP', JSON.stringify({ code: 'OTHER', details: {} }));
    expect(verdict('t1', endorsers, [threw('CoreMSP', refusal), other])).toMatchObject({ cause: 'mismatch' });
  });

  it('is a failure when the contract breaks without a refusal', () => {
    const said = verdict('t1', ['CoreMSP'], [threw('CoreMSP', 'the contract broke')]);
    expect(said).toEqual({ kind: 'notEndorsed', txId: 't1', cause: 'failed', message: 'the contract broke' });
  });

  it('is a mismatch when endorsers computed different results', () => {
    const said = verdict('t1', endorsers, [new PeerProblem('mismatch', 'payloads differ', 'BankAMSP')]);
    expect(said).toMatchObject({ cause: 'mismatch', message: 'BankAMSP: payloads differ' });
  });

  it.each(['unavailable', 'busy'] as const)('names who is %s, whatever others said', (kind) => {
    const said = verdict('t1', endorsers, [threw('CoreMSP', refusal), new PeerProblem(kind, 'no', 'BankAMSP')]);
    expect(said).toMatchObject({ cause: 'unavailable', organisations: ['BankAMSP'], message: 'BankAMSP: no' });
    expect(said).not.toHaveProperty('refusal');
  });

  it('names nobody when nobody is known', () => {
    const said = verdict('t1', endorsers, [new PeerProblem('unavailable', 'too late', null)]);
    expect(said).toEqual({ kind: 'notEndorsed', txId: 't1', cause: 'unavailable', message: 'too late' });
  });
});
