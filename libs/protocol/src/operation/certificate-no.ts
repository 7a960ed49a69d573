/** Number of a certificate as people see it: `TS20261123-1A2B3C4D`, from the day of issue and the id's first digits. */
export function certificateNo(issuedOn: string, id: string): string {
  return `TS${issuedOn.replaceAll('-', '')}-${id.slice(0, 8).toUpperCase()}`;
}
