import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout, OrdererNode } from './layout';

const text = (value: string): string => JSON.stringify(value);

export function writeOrdererSettings(layout: Layout, orderer: OrdererNode): void {
  mkdirSync(orderer.folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(orderer.folder, 'orderer.yaml'), ordererSettings(layout, orderer));
}

/** `orderer.yaml` of an orderer: all of Fabric's settings that it reads, with the reason for those that are not its defaults. */
export function ordererSettings({ placement }: Layout, orderer: OrdererNode): string {
  return `General:
  ListenAddress: ${placement.listen}
  ListenPort: ${orderer.port}
  LocalMSPID: ${text(orderer.msp)}
  LocalMSPDir: ${text(orderer.mspFolder)}
  TLS:
    Enabled: true
    PrivateKey: ${text(orderer.tls.privateKey)}
    Certificate: ${text(orderer.tls.certificate)}
    RootCAs: [${text(orderer.tls.root)}]
    ClientAuthRequired: false
  Keepalive: { ServerMinInterval: 60s, ServerInterval: 7200s, ServerTimeout: 20s }
  # No channel of the orderers' own: each joins the consortium's channel when its owner says so.
  BootstrapMethod: none
  Cluster:
    SendBufferSize: 100
    DialTimeout: 5s
    ReplicationBufferSize: 20971520
  Authentication: { TimeWindow: 15m }
  BCCSP: { Default: SW, SW: { Hash: SHA2, Security: 256, FileKeyStore: { KeyStore: } } }
FileLedger:
  Location: ${text(`${orderer.folder}/data/ledger`)}
Consensus:
  WALDir: ${text(`${orderer.folder}/data/etcdraft/wal`)}
  SnapDir: ${text(`${orderer.folder}/data/etcdraft/snapshot`)}
ChannelParticipation:
  Enabled: true
  MaxRequestBodySize: 1 MB
Admin:
  # Joins and removes channels: only for its own organisation's administrator, by certificate.
  ListenAddress: ${placement.listen}:${orderer.adminPort}
  TLS:
    Enabled: true
    PrivateKey: ${text(orderer.tls.privateKey)}
    Certificate: ${text(orderer.tls.certificate)}
    ClientAuthRequired: true
    ClientRootCAs: [${text(orderer.tls.root)}]
Operations:
  # Health and figures are for this machine alone; they have no access control of their own without TLS.
  ListenAddress: 127.0.0.1:${orderer.operationsPort}
  TLS: { Enabled: false }
Metrics: { Provider: prometheus }
`;
}
