import { Http } from './http';

/** Address of the gateway at which an organisation's people sign in, without `/api/v1`. */
export type GatewayOf = (org: string) => string;

/**
 * Asks one gateway where everybody's is: a trial network's gateways know each other, and one that serves every organisation
 * names itself.
 * @returns a look-up that throws an Error for an organisation whose gateway is not known there
 */
export async function findGateways(baseUrl: string): Promise<GatewayOf> {
  const { items } = await new Http({ baseUrl }).get<{ items: { org: string; url: string | null }[] }>('/gateways');
  const known = new Map(items.map(({ org, url }) => [org, url ?? baseUrl]));
  return (org) => {
    const url = known.get(org);
    if (url === undefined) throw new Error(`${baseUrl} does not know where people of ${org} sign in`);
    return url;
  };
}
