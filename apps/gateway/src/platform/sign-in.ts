import { Firm, type Credentials, type GatewayOf } from '@tallystick/client';
import type { Login } from './logins';

/**
 * Signs the people of a trial firm in at their own organisation's gateway; their user names begin with `name`.
 * @throws Error for a firm without people in the table
 */
export function openFirm(gatewayOf: GatewayOf, logins: readonly Login[], name: string): Promise<Firm> {
  const find = (role: string): Login | undefined => logins.find(({ user }) => user === `${name}.${role}`);
  const [maker, checker, risk] = [find('maker'), find('checker'), find('risk')];
  if (maker === undefined || checker === undefined) throw new Error(`the table of logins has no people of ${name}`);
  const people: { maker: Credentials; checker: Credentials; risk: Credentials | undefined } = { maker, checker, risk };
  return Firm.open(gatewayOf(maker.org), people);
}
