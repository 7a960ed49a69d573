import type { OrdererNode, PeerNode } from './layout';
import type { Programs } from './programs';
import { run } from './run';

/** Runs `peer` as the administrator of an organisation, against its own peer. */
export function asAdmin(programs: Programs, peer: PeerNode, args: readonly string[]): Promise<string> {
  return run(programs.paths.peer, args, {
    env: {
      FABRIC_CFG_PATH: peer.folder,
      CORE_PEER_MSPCONFIGPATH: peer.admin.mspFolder,
      FABRIC_LOGGING_SPEC: 'error',
    },
  });
}

/** Where `peer` sends transactions. */
export function toOrderer(orderer: OrdererNode): string[] {
  return ['--orderer', `${orderer.host}:${orderer.port}`, '--tls', '--cafile', orderer.tls.root];
}

/** Runs `osnadmin` on an orderer as the administrator of its organisation. @returns what it answered */
export async function onOrderer(
  programs: Programs,
  orderer: OrdererNode,
  admin: PeerNode['admin'],
  args: readonly string[],
): Promise<{ status: number; text: string }> {
  const where = ['--orderer-address', `${orderer.host}:${orderer.adminPort}`, '--ca-file', orderer.tls.root];
  const who = ['--client-cert', admin.tls.certificate, '--client-key', admin.tls.privateKey];
  const text = await run(programs.paths.osnadmin, ['channel', ...args, ...where, ...who]);
  return { status: Number(/Status: (\d+)/.exec(text)?.[1] ?? 0), text };
}
