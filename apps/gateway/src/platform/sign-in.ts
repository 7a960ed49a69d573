import { Firm, type Credentials } from '@tallystick/client';
import type { Login } from './logins';

/** Signs the people of a trial firm in, whose user names begin with `name`. @throws Error for a firm without people in the table */
export function openFirm(baseUrl: string, logins: readonly Login[], name: string): Promise<Firm> {
  const credentials = (role: string): Credentials | undefined => logins.find(({ user }) => user === `${name}.${role}`);
  const [maker, checker] = [credentials('maker'), credentials('checker')];
  if (maker === undefined || checker === undefined) throw new Error(`the table of logins has no people of ${name}`);
  return Firm.open(baseUrl, { maker, checker, risk: credentials('risk') });
}
