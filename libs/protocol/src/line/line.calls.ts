import { z } from 'zod';
import { FenString, Hash, IsoDate, MspId, Salt } from '../wire/scalars';
import { LineOpening, LineTerms } from './line.records';
import { CertificateOpening } from '../certificate/certificate.records';

/** `line.grant`: bank MC. `line` = deriveId(index 0); `used` commits to zero. */
export const GrantLineBody = z.strictObject({
  line: Hash,
  issuerOrg: MspId,
  standIn: MspId,
  until: IsoDate,
  limit: Hash,
  used: Hash,
  terms: Hash,
});
export const GrantLineSecret = z.strictObject({
  terms: LineTerms,
  termsSalt: Salt,
  limitFen: FenString,
  limitSalt: Salt,
  usedSalt: Salt,
});

/** `line.change`: bank MC; a cut may leave `used` above the limit. Context: `{ line: LineOpening }`. */
export const ChangeLineBody = z.strictObject({ line: Hash, until: IsoDate, limit: Hash });
export const ChangeLineSecret = z.strictObject({ limitFen: FenString, limitSalt: Salt });
export const LineContext = z.strictObject({ line: LineOpening });

/**
 * `line.release`: the issuer's service key. Gives back, for each certificate, what is no longer owed and not yet released:
 * the whole face when declined, withdrawn or lapsed, else what was paid. Context: line and certificate openings and the salts of the new commitments.
 */
export const ReleaseLineBody = z.strictObject({ line: Hash, certificates: z.array(Hash).min(1).max(50) });
export const ReleaseLineContext = z.strictObject({
  line: LineOpening,
  usedSalt: Salt,
  certificates: z
    .array(z.strictObject({ opening: CertificateOpening, releasedSalt: Salt }))
    .min(1)
    .max(50),
});
