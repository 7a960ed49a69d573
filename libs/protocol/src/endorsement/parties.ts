/** The organisations that matter for one holding or certificate (`ledger.md` §3.2). */
export interface Parties {
  /** h: the owner's host (of a certificate: the first creditor's). */
  host: string;
  /** I: the issuer's organisation. */
  issuerOrg: string;
  /** W: the paying bank of the certificate. */
  witness: string;
  /** S: another authority outside the issuer's and the operator's groups. */
  standIn: string;
}

/** P = OutOf(2, distinct {h, I, W, S}); when the holder sits on the issuer's node, or is W or S itself, the set shrinks by itself. */
export function valueOrganisations(parties: Parties): string[] {
  return [...new Set([parties.host, parties.issuerOrg, parties.witness, parties.standIn])].sort();
}

/** Organisations that may hold openings of a certificate or holding: its owner's host, the issuer and the witness. */
export function readersOf(parties: Parties): string[] {
  return [...new Set([parties.host, parties.issuerOrg, parties.witness])].sort();
}
