import type { EndorsementResponse, ProposalResponse, ServiceError } from 'fabric-common';
import { endorsementProblems, evaluated } from './peer-answers';

const connection = (name: string) => ({ type: 'Endorser', name, url: '', options: {} });

function answer(
  name: string,
  change: { status?: number; message?: string; payload?: string } = {},
): EndorsementResponse {
  const { status = 200, message = '', payload = 'rwset' } = change;
  const response = { status, message, payload: Buffer.from('result') };
  return { connection: connection(name), response, payload: Buffer.from(payload) };
}

function failure(name: string | null, message: string): ServiceError {
  return Object.assign(new Error(message), name === null ? {} : { connection: connection(name) }) as ServiceError;
}

const asked = (responses: EndorsementResponse[], errors: ServiceError[] = []): ProposalResponse => ({
  responses,
  errors,
  queryResults: [],
});
const two = ['CoreMSP', 'BankAMSP'];

describe('endorsers’ answers through fabric-network', () => {
  it('are no problem when all endorsed the same', () => {
    expect(endorsementProblems(asked([answer('CoreMSP'), answer('BankAMSP')]), two)).toEqual([]);
  });

  it('differ when one computed something else', () => {
    const problems = endorsementProblems(asked([answer('CoreMSP'), answer('BankAMSP', { payload: 'other' })]), two);
    expect(problems).toMatchObject([{ kind: 'mismatch', mspId: 'BankAMSP' }]);
  });

  it('are a problem when only some endorsed: nothing half endorsed is sent', () => {
    const refused = answer('BankAMSP', { status: 500, message: '{"code":"NO"}' });
    expect(endorsementProblems(asked([answer('CoreMSP'), refused]), two)).toMatchObject([
      { kind: 'threw', mspId: 'BankAMSP', message: '{"code":"NO"}' },
    ]);
    expect(
      endorsementProblems(asked([answer('CoreMSP')], [failure('BankAMSP', 'REQUEST TIMEOUT')]), two),
    ).toMatchObject([{ kind: 'unavailable', mspId: 'BankAMSP' }]);
    expect(endorsementProblems(asked([answer('CoreMSP')]), two)).toMatchObject([{ kind: 'unavailable', mspId: null }]);
  });

  it('tell a peer that fails from a contract that throws', () => {
    const broken = answer('BankAMSP', { status: 500, message: 'could not launch chaincode', payload: '' });
    expect(endorsementProblems(asked([broken]), ['BankAMSP'])).toMatchObject([
      { kind: 'unavailable', mspId: 'BankAMSP' },
    ]);
  });

  it('tell who is too busy', () => {
    const busy = 'too many requests for /protos.Endorser';
    const answered = answer('CoreMSP', { status: 500, message: busy, payload: '' });
    expect(endorsementProblems(asked([answered], [failure('BankAMSP', busy)]), two).map(({ kind }) => kind)).toEqual([
      'busy',
      'busy',
    ]);
  });

  it('may come without a name', () => {
    const nameless = failure(null, 'Missing response status');
    expect(endorsementProblems(asked([], [nameless]), ['CoreMSP'])).toMatchObject([
      { kind: 'unavailable', mspId: null },
    ]);
  });
});

describe('an evaluation through fabric-network', () => {
  it('gives what the contract returned', () => {
    expect(Buffer.from(evaluated(asked([answer('CoreMSP')]), 'CoreMSP')).toString()).toBe('result');
  });

  it('throws the contract’s own words', () => {
    const refused = asked([answer('CoreMSP', { status: 500, message: '{"code":"NO"}' })]);
    expect(() => evaluated(refused, 'CoreMSP')).toThrow(
      expect.objectContaining({ kind: 'threw', message: '{"code":"NO"}' }) as unknown as Error,
    );
  });

  it('throws when there is no answer', () => {
    const down = asked([], [failure('CoreMSP', 'not connected')]);
    expect(() => evaluated(down, 'CoreMSP')).toThrow(
      expect.objectContaining({ kind: 'unavailable', mspId: 'CoreMSP' }) as unknown as Error,
    );
    expect(() => evaluated(asked([]), 'CoreMSP')).toThrow(
      expect.objectContaining({ kind: 'unavailable' }) as unknown as Error,
    );
  });
});
