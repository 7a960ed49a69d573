import {
  activeCertificate,
  applyFor,
  BANK_A,
  BANK_B,
  CORE,
  grantLine,
  invite,
  offer,
  OPERATOR,
  pass,
  quote,
  type Active,
  type Consortium,
  type Firm,
  type Held,
  type LineBook,
  type Offered,
  type Quoted,
} from '@tallystick/chaincode/testing';
import { buildDeposit, type Bundle } from '@tallystick/protocol';

export const ORGS = [OPERATOR, CORE, BANK_A, BANK_B];

/** A small trade on the ledger: a certificate cut and passed on two tiers deep, an offer that waits, an application with two quotes. */
export interface SmallTrade {
  line: LineBook;
  active: Active;
  first: Firm;
  second: Firm;
  third: Firm;
  /** A supplier that has nothing to do with it. */
  stranger: Firm;
  /** What the second and third tier hold. */
  rest: Held;
  passed: Held;
  /** Waits for the third tier's answer. */
  waiting: Offered;
  quoteA: Quoted;
  quoteB: Quoted;
}

/** Face of the certificate, fen. */
export const FACE = 1_000_000_00n;

export async function smallTrade(consortium: Consortium): Promise<SmallTrade> {
  const { bankA, bankB, suppliers } = consortium.firms;
  const [first, second, third, stranger] = suppliers as [Firm, Firm, Firm, Firm];
  const line = await grantLine(consortium);
  const active = await activeCertificate(consortium, line, { creditor: first, faceFen: FACE });
  const one = await pass(consortium, active, first, second, FACE / 2n);
  const two = await pass(consortium, one.given, second, third, FACE / 4n);
  const applied = await applyFor(consortium, one.rest as Held, first, FACE / 5n);
  const quoteA = await quote(consortium, await invite(consortium, applied, bankA), 43_500);
  const quoteB = await quote(consortium, await invite(consortium, applied, bankB), 41_700);
  const { offered } = await offer(consortium, two.rest as Held, second, {
    to: [{ receiver: third, amountFen: FACE / 10n }],
  });
  return {
    line,
    active,
    first,
    second,
    third,
    stranger,
    rest: two.rest as Held,
    passed: two.given,
    waiting: offered[0] as Offered,
    quoteA,
    quoteB,
  };
}

/** A reader gives another organisation its copy of a bundle. */
export async function deposit(consortium: Consortium, from: Firm, to: string, bundle: Bundle): Promise<void> {
  const signed = await consortium.sign(buildDeposit({ ...consortium.authoring(from), to, bundle }), from, 'service');
  await consortium.submit({ contract: 'deposit', fn: 'openings', signed, readers: [to] });
}
