import { MspId, Organisation, signaturePolicy, type PolicyRule } from '@tallystick/protocol';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { policyText } from './policy-text';

const ConsortiumSchema = z
  .strictObject({
    channel: z
      .string()
      .regex(/^[a-z][a-z0-9.-]{0,63}$/, 'a channel is named in small letters, digits, dots and dashes'),
    chaincode: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'a chaincode is named in small letters, digits and dashes'),
    operatorMsp: MspId,
    organisations: z.array(Organisation).min(2).max(20),
    /** Who runs the orderers, one entry each; Raft wants an odd number, and nobody a majority. */
    orderers: z.array(MspId).min(1).max(9),
    /** First of the ports on this machine when the network runs as native processes; about 200 above it are ours. */
    basePort: z.int().min(1024).max(65_000),
    /** Where the names of an organisation's machines end, when each has its own: `ledger.bank.example`. */
    domains: z.record(MspId, z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)).optional(),
  })
  .superRefine(({ operatorMsp, organisations, orderers, domains = {} }, context) => {
    const known = new Set(organisations.map(({ msp }) => msp));
    if (known.size !== organisations.length) context.addIssue('an organisation stands there twice');
    for (const msp of [operatorMsp, ...orderers, ...Object.keys(domains)])
      if (!known.has(msp)) context.addIssue(`${msp} is none of the organisations`);
  });
/** The consortium as `network/consortium.json` describes it: one description for every way to run it. */
export type Consortium = z.infer<typeof ConsortiumSchema>;

const FILE = path.resolve(__dirname, '..', 'consortium.json');

/** @throws ZodError for a file of another shape */
export function readConsortium(file = FILE): Consortium {
  return ConsortiumSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

type Members = Pick<Consortium, 'organisations'>;

/**
 * Policy of every key without one of its own: one authority organisation and one other, spelled out, so that two peers of
 * one bank do not count twice (`ledger.md` §3.2).
 */
export function chaincodePolicy(consortium: Members): Uint8Array {
  return signaturePolicy(1, authorityAndAnother(consortium));
}

/** The same policy in the form that Fabric's programs read. */
export function chaincodePolicyText(consortium: Members): string {
  return policyText(1, authorityAndAnother(consortium));
}

function authorityAndAnother({ organisations }: Members): PolicyRule[] {
  const others = (msp: string): string[] => organisations.map((each) => each.msp).filter((each) => each !== msp);
  return organisations
    .filter(({ authority }) => authority)
    .map(({ msp }) => ({ n: 2, of: [msp, { n: 1, of: others(msp) }] }));
}
