import { status } from '@grpc/grpc-js';
import { type ErrorDetail, GatewayError } from '@hyperledger/fabric-gateway';
import { PeerProblem, saysBusy } from '../fabric/client';

/** How a gateway marks that the chaincode itself answered with an error; its own words follow. */
const fromChaincode = /^chaincode response \d+, /;
/** Codes of gRPC when the gateway's own peer cannot be asked. */
const withoutPeer: readonly number[] = [status.UNAVAILABLE, status.CANCELLED];
const disagrees = 'ProposalResponsePayloads do not match';

/** Why each endorser did not endorse, from the error of an endorsement: those that did are not in it. */
export function endorsementProblems(error: unknown, ownMspId: string): PeerProblem[] {
  if (!(error instanceof GatewayError)) throw error;
  if (error.details.length > 0) return error.details.map(detailProblem);
  const missing = organisationsNotFound(error.message);
  if (missing.length > 0) return missing.map((mspId) => new PeerProblem('unavailable', error.message, mspId));
  return [callProblem(error, ownMspId)];
}

/** Why an organisation's peer did not evaluate. */
export function evaluationProblem(error: unknown, mspId: string): unknown {
  if (!(error instanceof GatewayError)) return error;
  const [detail] = error.details;
  return detail === undefined ? callProblem(error, mspId) : detailProblem({ ...detail, mspId });
}

function detailProblem({ mspId, message }: ErrorDetail): PeerProblem {
  if (fromChaincode.test(message)) return new PeerProblem('threw', message.replace(fromChaincode, ''), mspId);
  if (message.startsWith(disagrees)) return new PeerProblem('mismatch', message, mspId);
  return new PeerProblem(saysBusy(message) ? 'busy' : 'unavailable', message, mspId);
}

/** The organisations of which the gateway knows no peer that is up. */
function organisationsNotFound(message: string): string[] {
  const names = /failed to find any endorsing peers for org\(s\): (.+)$/.exec(message)?.[1];
  return names === undefined ? [] : names.split(', ');
}

/** The gateway itself gave no endorser's answer: it is busy, or down, or too slow. */
function callProblem(error: GatewayError, mspId: string): PeerProblem {
  const { code, message } = error;
  if (saysBusy(message)) return new PeerProblem('busy', message, mspId);
  return new PeerProblem('unavailable', message, withoutPeer.includes(code) ? mspId : null);
}
