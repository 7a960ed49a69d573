import type { EndorsementResponse, ProposalResponse, ServiceError } from 'fabric-common';
import { PeerProblem, saysBusy } from '../fabric/client';

/** Why each endorser did not endorse, or not the same as the first one; those that did are not in it. */
export function endorsementProblems(
  { errors, responses }: ProposalResponse,
  endorsers: readonly string[],
): PeerProblem[] {
  const problems = [
    ...errors.map(connectionProblem),
    ...responses.flatMap((response) => answerProblem(response) ?? []),
  ];
  const silent = endorsers.length - errors.length - responses.length;
  if (silent > 0) problems.push(new PeerProblem('unavailable', 'an endorser gave no answer', null));
  if (problems.length > 0) return problems;
  const [first] = responses;
  return responses
    .filter(({ payload }) => first !== undefined && Buffer.compare(payload, first.payload) !== 0)
    .map(({ connection }) => new PeerProblem('mismatch', 'endorsements do not match', connection.name));
}

/** The payload of an answer to an evaluation. @throws PeerProblem */
export function evaluated({ errors, responses }: ProposalResponse, mspId: string): Uint8Array {
  const [error] = errors;
  if (error !== undefined) throw connectionProblem(error);
  const [response] = responses;
  if (response === undefined) throw new PeerProblem('unavailable', 'no answer', mspId);
  const problem = answerProblem(response);
  if (problem !== null) throw problem;
  return response.response.payload;
}

/** A peer that fails itself answers like a contract that throws, but without the payload of a simulation. */
function answerProblem({ connection, response, payload }: EndorsementResponse): PeerProblem | null {
  const { status, message } = response;
  if (status >= 200 && status < 400) return null;
  const kind = status === 500 && payload.length === 0 ? 'unavailable' : 'threw';
  return new PeerProblem(saysBusy(message) && kind === 'unavailable' ? 'busy' : kind, message, connection.name);
}

function connectionProblem(error: ServiceError): PeerProblem {
  const name = (error as Partial<ServiceError>).connection?.name ?? null;
  return new PeerProblem(saysBusy(error.message) ? 'busy' : 'unavailable', error.message, name);
}
