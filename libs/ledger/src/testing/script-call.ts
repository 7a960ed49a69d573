import { signaturePolicy } from '@tallystick/protocol';
import type { Call, Ledger, Query } from '../port';
import type { Step } from './script-contract';

/** The organisations that tests of ledgers use. */
export const organisations = ['OperatorMSP', 'CoreMSP', 'BankAMSP', 'BankBMSP'];

/** The chaincode policy that goes with them. */
export const anyTwo = signaturePolicy(2, organisations);

export function policyHex(n: number, of: string[]): string {
  return Buffer.from(signaturePolicy(n, of)).toString('hex');
}

export function scriptQuery(...steps: Step[]): Query {
  return { contract: 'script', fn: 'run', args: [JSON.stringify(steps)] };
}

export function scriptCall(endorsers: string[], ...steps: Step[]): Call {
  return { ...scriptQuery(...steps), transient: {}, endorsers };
}

/** Runs the steps at the ledger's own peer and gives their results. */
export async function ask(ledger: Ledger, ...steps: Step[]): Promise<unknown[]> {
  return JSON.parse(await ledger.evaluate(scriptQuery(...steps))) as unknown[];
}
