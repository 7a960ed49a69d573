import { z } from 'zod';
import { FenString, Hash, IsoDate, MemberId, MspId, Salt } from '../wire/scalars';

/** `Line/<id>`: a bank's credit line for an issuer. Numbers are committed (`commitAmount`, labels `limit` and `used`), opened to bank and core. */
export const LineRecord = z.strictObject({
  schema: z.literal(1),
  id: Hash,
  witness: MspId,
  standIn: MspId,
  issuerOrg: MspId,
  until: IsoDate,
  limit: Hash,
  used: Hash,
  terms: Hash,
});
export type LineRecord = z.infer<typeof LineRecord>;

/** Who grants to whom; `LineRecord.terms = hashTerms(termsSalt, terms)`. */
export const LineTerms = z.strictObject({ bank: MemberId, issuer: MemberId, currency: z.literal('CNY') });
export type LineTerms = z.infer<typeof LineTerms>;

export const LineOpening = z.strictObject({
  line: Hash,
  terms: LineTerms,
  termsSalt: Salt,
  limitFen: FenString,
  limitSalt: Salt,
  usedFen: FenString,
  usedSalt: Salt,
});
export type LineOpening = z.infer<typeof LineOpening>;
