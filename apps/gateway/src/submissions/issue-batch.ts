import { randomHex } from '@tallystick/crypto';
import {
  IssueBody,
  IssueSecret,
  planFixedCall,
  type CertificatePublic,
  type EndorsementPlan,
  type NetworkView,
  type OccupancyOpening,
} from '@tallystick/protocol';
import type { Book } from '../operations/book';
import type { Assembly } from './assembly';
import type { SubmissionRow } from './submission.entity';

/** Most certificates in one transaction (rule pack: maxIssueBatch). */
export const MOST_CERTIFICATES = 50;

const promisesOf = ({ signed }: SubmissionRow): CertificatePublic[] =>
  IssueBody.parse(signed.instruction.body).certificates;

/** The next issues under one line that can go out together: to creditors of one host, fifty certificates at most, oldest first. */
export function nextBatch(waiting: readonly SubmissionRow[]): SubmissionRow[] {
  const [first] = waiting;
  if (first === undefined) return [];
  const host = promisesOf(first)[0]?.host;
  const batch: SubmissionRow[] = [];
  let count = 0;
  for (const row of waiting) {
    const promises = promisesOf(row);
    if (promises.some((promise) => promise.host !== host) || count + promises.length > MOST_CERTIFICATES) continue;
    batch.push(row);
    count += promises.length;
  }
  return batch;
}

/** Puts several issues together in one request, with the line as it now stands and the occupancies of their invoices. */
export async function assembleIssues(
  batch: readonly SubmissionRow[],
  { org, book, network, fingerprintKey }: { org: string; book: Book; network: NetworkView; fingerprintKey: string },
): Promise<Assembly> {
  const promises = batch.flatMap(promisesOf);
  const terms = batch.flatMap(({ signed }) =>
    IssueSecret.parse(signed.secret?.value).certificates.map((certificate) => certificate.terms),
  );
  const line = await book.get(org, 'Line', promises[0]?.line ?? '');
  const opening = await book.opening(org, 'Line', line.id);
  const fingerprints = terms.flatMap(({ invoices }) => invoices.map(({ fingerprint }) => fingerprint));
  const occupancies: OccupancyOpening[] = [];
  for (const fingerprint of new Set(fingerprints)) {
    if ((await book.find(org, 'Occupancy', fingerprint)) !== null) {
      occupancies.push(await book.opening(org, 'Occupancy', fingerprint));
    }
  }
  return {
    context: {
      line: opening,
      usedSalt: randomHex(16),
      occupancies,
      fingerprintKey,
      undertakings: batch.flatMap(({ companions }) => companions.undertakings ?? []),
    },
    members: [...new Set([...batch.map(({ member }) => member), ...terms.map(({ firstCreditor }) => firstCreditor)])],
    plan: planIssue(line, promises[0]?.host ?? '', network),
  };
}

/** Issuer and witness always; the creditors' host if it answers, else it gets its copy by a deposit. */
function planIssue(
  { issuerOrg, witness }: { issuerOrg: string; witness: string },
  host: string,
  network: NetworkView,
): EndorsementPlan {
  const { endorsers, readers } = planFixedCall([issuerOrg, witness], network);
  if (network.down.has(host)) return { endorsers, readers };
  const and = (list: string[]): string[] => [...new Set([...list, host])].sort();
  return { endorsers: and(endorsers), readers: and(readers) };
}
