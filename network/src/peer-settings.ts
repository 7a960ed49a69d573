import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout, PeerNode } from './layout';

/** The programs that tell a peer where a chaincode package answers. */
export interface Builder {
  readonly folder: string;
  /** The one variable of the peer's environment that they see. */
  readonly environment: string;
}

/** Ours, which takes it from a file of the organisation's. */
function ownBuilder({ builder }: Layout): Builder {
  return { folder: builder, environment: 'TALLYSTICK_CONNECTIONS' };
}

const text = (value: string): string => JSON.stringify(value);

export function writePeerSettings(layout: Layout, peer: PeerNode): void {
  mkdirSync(peer.folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(peer.folder, 'core.yaml'), peerSettings(layout, peer));
}

/** `core.yaml` of a peer: all of Fabric's settings that it reads, with the reason for those that are not its defaults. */
export function peerSettings(layout: Layout, peer: PeerNode, builder: Builder = ownBuilder(layout)): string {
  const own = `${peer.host}:${peer.port}`;
  return `peer:
  id: ${text(peer.name)}
  networkId: ${text(layout.consortium.channel)}
  localMspId: ${text(peer.msp)}
  mspConfigPath: ${text(peer.mspFolder)}
  listenAddress: "${layout.placement.listen}:${peer.port}"
  address: ${text(own)}
  addressAutoDetect: false
  # Chaincode is a server here: nothing ever dials this listener, which has no mutual TLS.
  chaincodeListenAddress: "127.0.0.1:${peer.chaincodePort}"
  fileSystemPath: ${text(`${peer.folder}/data`)}
  tls:
    enabled: true
    clientAuthRequired: false
    cert: { file: ${text(peer.tls.certificate)} }
    key: { file: ${text(peer.tls.privateKey)} }
    rootcert: { file: ${text(peer.tls.root)} }
  authentication: { timewindow: 15m }
  keepalive:
    minInterval: 60s
    client: { interval: 60s, timeout: 20s }
    deliveryClient: { interval: 60s, timeout: 20s }
  gossip:
    # One peer in each organisation: it fetches its blocks itself.
    bootstrap: ${text(own)}
    endpoint: ${text(own)}
    # Without it the other organisations' peers would not know this one: no discovery, no private data.
    externalEndpoint: ${text(own)}
    useLeaderElection: false
    orgLeader: true
    # Peers that were down meet again after a second, not after 25: until then nothing can be endorsed together.
    reconnectInterval: 1s
    aliveTimeInterval: 5s
    aliveExpirationTimeout: 25s
    # Every peer takes blocks from the orderers; copies from other peers are work without use.
    state: { enabled: false }
    pvtData:
      # A transaction is endorsed by every organisation that reads its private data, so what is missing here belongs to
      # an invalid one. By default the peer would hold the whole block for 60 s to ask around for it.
      skipPullingInvalidTransactionsDuringCommit: true
      # What is missing of a valid one (this peer lost its disk, say) comes later, from the organisation's other peers or
      # as a deposit of another reader's copy. Only peers of the organisation itself have it, so the block waits for
      # nobody: two seconds for each would make a day of some 40,000 blocks with private data that are fetched again.
      pullRetryThreshold: 0s
      reconciliationEnabled: true
      reconcileBatchSize: 50
      reconcileSleepInterval: 10s
      # One peer in each organisation: more would make every endorsement fail.
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 }
      transientstoreMaxBlockRetention: 20000
      pushAckTimeout: 3s
      btlPullMargin: 10
  deliveryclient:
    blockGossipEnabled: false
    reconnectTotalTimeThreshold: 3600s
    connTimeout: 3s
    # An orderer that comes back, or a new leader, is found within some seconds.
    reConnectBackoffThreshold: 5s
  gateway:
    enabled: true
    endorsementTimeout: 30s
    broadcastTimeout: 30s
    dialTimeout: 10s
  limits:
    concurrency:
      # Waiting for commits counts too. Beyond it the gateway says "too many requests", which clients retry, instead of
      # letting every caller's latency grow; some 100 transactions per second and organisation wait at most 5 s.
      gatewayService: 500
      endorserService: 2500
      deliverService: 2500
  discovery: { enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75 }
  handlers:
    authFilters: [{ name: DefaultAuth }, { name: ExpirationCheck }]
    decorators: [{ name: DefaultDecorator }]
    endorsers: { escc: { name: DefaultEndorsement, library: } }
    validators: { vscc: { name: DefaultValidation, library: } }
  BCCSP: { Default: SW, SW: { Hash: SHA2, Security: 256, FileKeyStore: { KeyStore: } } }
  maxRecvMsgSize: 104857600
  maxSendMsgSize: 104857600
vm:
  # No Docker: empty it has no health check for one, and chaincode must be a service.
  endpoint: ""
chaincode:
  mode: net
  # A page of a settlement takes under a second; a call that hangs gives its place back after 30.
  executetimeout: 30s
  startuptimeout: 30s
  installTimeout: 60s
  externalBuilders:
    - { name: tallystick, path: ${text(builder.folder)}, propagateEnvironment: [${builder.environment}] }
  system: { _lifecycle: enable, cscc: enable, lscc: enable, qscc: enable }
  logging: { level: warn, shim: warn, format: "%{message}" }
ledger:
  state:
    # Records are found by key; rich queries belong to the projection.
    stateDatabase: goleveldb
    totalQueryLimit: 100000
  history: { enableHistoryDatabase: false }
  pvtdataStore:
    collElgProcMaxDbBatchSize: 5000
    collElgProcDbBatchesInterval: 1000
    deprioritizedDataReconcilerInterval: 60m
    purgeInterval: 100
    purgedKeyAuditLogging: true
  snapshots: { rootDir: ${text(`${peer.folder}/snapshots`)} }
operations:
  # Health and figures are for this machine alone; they have no access control of their own without TLS.
  listenAddress: "127.0.0.1:${peer.operationsPort}"
  tls: { enabled: false }
metrics: { provider: prometheus }
`;
}
