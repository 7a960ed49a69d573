import { Metadata, status } from '@grpc/grpc-js';
import { type ErrorDetail, GatewayError } from '@hyperledger/fabric-gateway';
import type { PeerProblem } from '../fabric/client';
import { endorsementProblems, evaluationProblem } from './gateway-errors';

function gatewayError(code: status, message: string, details: ErrorDetail[] = []): GatewayError {
  const cause = Object.assign(new Error(message), { code, details: message, metadata: new Metadata() });
  return new GatewayError({ code, message: `${code} ${message}`, details, cause });
}

const detail = (mspId: string, message: string): ErrorDetail => ({ mspId, message, address: 'localhost:1' });
const told = (problems: PeerProblem[]) => problems.map(({ kind, mspId, message }) => ({ kind, mspId, message }));

describe('an endorsement that a gateway did not get', () => {
  const aborted = (...details: ErrorDetail[]) =>
    told(endorsementProblems(gatewayError(status.ABORTED, 'failed to collect enough', details), 'CoreMSP'));

  it('tells the contract’s own words of each endorser', () => {
    expect(aborted(detail('BankAMSP', 'chaincode response 500, {"code":"NO"}'))).toEqual([
      { kind: 'threw', mspId: 'BankAMSP', message: '{"code":"NO"}' },
    ]);
  });

  it('tells who endorsed something else', () => {
    expect(aborted(detail('BankAMSP', 'ProposalResponsePayloads do not match (base64): …'))).toMatchObject([
      { kind: 'mismatch', mspId: 'BankAMSP' },
    ]);
  });

  it('tells whose peer or chaincode is down, and who is too busy', () => {
    const down = 'error in simulation: failed to execute transaction a1: could not launch chaincode';
    expect(
      aborted(detail('CoreMSP', down), detail('BankAMSP', 'too many requests for /protos.Endorser')),
    ).toMatchObject([
      { kind: 'unavailable', mspId: 'CoreMSP' },
      { kind: 'busy', mspId: 'BankAMSP' },
    ]);
  });

  it('tells of which organisations it knows no peer', () => {
    const error = gatewayError(status.UNAVAILABLE, 'failed to find any endorsing peers for org(s): BankAMSP, BankBMSP');
    expect(told(endorsementProblems(error, 'CoreMSP'))).toMatchObject([
      { kind: 'unavailable', mspId: 'BankAMSP' },
      { kind: 'unavailable', mspId: 'BankBMSP' },
    ]);
  });

  it.each([
    [status.UNKNOWN, 'too many requests for /gateway.Gateway, exceeding concurrency limit (500)', 'busy', 'CoreMSP'],
    [status.UNAVAILABLE, 'connect ECONNREFUSED', 'unavailable', 'CoreMSP'],
    [status.CANCELLED, 'Call cancelled', 'unavailable', 'CoreMSP'],
    [status.DEADLINE_EXCEEDED, 'Deadline exceeded', 'unavailable', null],
  ])('says of code %s "%s": %s at %s', (code, message, kind, mspId) => {
    expect(told(endorsementProblems(gatewayError(code, message), 'CoreMSP'))).toMatchObject([{ kind, mspId }]);
  });

  it('hides no error that is not the gateway’s', () => {
    expect(() => endorsementProblems(new RangeError('a bug'), 'CoreMSP')).toThrow(RangeError);
  });
});

describe('an evaluation that a gateway did not get', () => {
  it('tells the contract’s own words', () => {
    const error = gatewayError(status.UNKNOWN, 'evaluate call to endorser returned error: …', [
      detail('', 'chaincode response 500, {"code":"NO"}'),
    ]);
    expect(evaluationProblem(error, 'BankAMSP')).toMatchObject({
      kind: 'threw',
      mspId: 'BankAMSP',
      message: '{"code":"NO"}',
    });
  });

  it('is the peer’s trouble without them', () => {
    const error = gatewayError(status.UNAVAILABLE, 'connect ECONNREFUSED');
    expect(evaluationProblem(error, 'BankAMSP')).toMatchObject({ kind: 'unavailable', mspId: 'BankAMSP' });
  });

  it('hides no error that is not the gateway’s', () => {
    const bug = new TypeError('a bug');
    expect(evaluationProblem(bug, 'BankAMSP')).toBe(bug);
  });
});
