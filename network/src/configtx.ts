import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { domainOf, ordererOrganisations, type Layout } from './layout';
import { anyOf, type Role } from './policy-text';
import type { Programs } from './programs';
import { run } from './run';

/** Name of the configuration in `configtx.yaml`. */
export const PROFILE = 'Consortium';

/**
 * Who may do what on the channel. Each is one signature policy over roles, not "any of the organisations' own": Fabric
 * evaluates those one after the other, and the transactions per second of a whole network grow by a third without.
 */
const signature = (rule: string): object => ({ Type: 'Signature', Rule: rule });
const majority = (name: string): object => ({ Type: 'ImplicitMeta', Rule: `MAJORITY ${name}` });

/**
 * What only administrators ask a peer for. Everything else keeps Fabric's default: blocks and their events are for readers,
 * proposals for writers of the channel, roles that the policies above give.
 */
const FOR_ADMINISTRATORS = [
  '_lifecycle/CheckCommitReadiness',
  '_lifecycle/CommitChaincodeDefinition',
  '_lifecycle/QueryChaincodeDefinition',
  '_lifecycle/QueryChaincodeDefinitions',
  'lscc/ChaincodeExists',
  'lscc/GetDeploymentSpec',
  'lscc/GetChaincodeData',
  'lscc/GetInstantiatedChaincodes',
  // Found by transaction id they stay open: a client whose answer was lost asks so.
  'qscc/GetBlockByHash',
  'cscc/GetConfigBlock',
  'cscc/GetChannelConfig',
];

/** The channel's first configuration, as configtxgen reads it. */
export function configtx(layout: Layout): object {
  const { consortium } = layout;
  const all = consortium.organisations.map(({ msp }) => msp);
  const orderers = ordererOrganisations(consortium);
  return {
    Profiles: {
      [PROFILE]: {
        Capabilities: { V2_0: true },
        Policies: {
          // Peers and orderers fetch blocks, clients listen.
          Readers: signature(anyOf(all, 'peer', 'client', 'admin', 'orderer')),
          // Who may hand a transaction to an orderer; an orderer itself signs what changes the configuration.
          Writers: signature(anyOf(all, 'client', 'admin', 'orderer')),
          Admins: majority('Admins'),
        },
        Orderer: {
          OrdererType: 'etcdraft',
          // Three endorsements are checked in some ms, so a block of many small transactions beats many blocks; but each
          // step of a trade waits for its block: a fifth of a second is what a person does not notice.
          BatchTimeout: '200ms',
          BatchSize: {
            // Under load the clock should cut blocks, not the count (the samples' 10 makes ten times as many blocks).
            MaxMessageCount: 500,
            // A page of a settlement with its proofs is some hundred kB; Raft wants blocks well below its message limit.
            PreferredMaxBytes: '2 MB',
            AbsoluteMaxBytes: '10 MB',
          },
          EtcdRaft: {
            Consenters: layout.orderers.map(({ host, port, tls }) => ({
              Host: host,
              Port: port,
              ClientTLSCert: tls.certificate,
              ServerTLSCert: tls.certificate,
            })),
            Options: {
              // Without a leader nothing is ordered: with ten ticks a dead one is replaced after two seconds. Orderers far
              // from each other want 500ms.
              TickInterval: '200ms',
              ElectionTick: 10,
              HeartbeatTick: 1,
              MaxInflightBlocks: 5,
              SnapshotIntervalSize: '16 MB',
            },
          },
          Organizations: orderers.map((msp) => ({
            ...organisation(layout, msp, ['orderer', 'admin'], ['orderer']),
            OrdererEndpoints: layout.orderers
              .filter((each) => each.msp === msp)
              .map(({ host, port }) => `${host}:${port}`),
          })),
          Policies: {
            Readers: signature(anyOf(orderers, 'orderer', 'admin')),
            Writers: signature(anyOf(orderers, 'orderer')),
            Admins: majority('Admins'),
            // Whose signature makes a block.
            BlockValidation: signature(anyOf(orderers, 'orderer')),
          },
          Capabilities: { V2_0: true },
        },
        Application: {
          Organizations: layout.peers.map(({ msp, host, port }) => ({
            ...organisation(layout, msp, ['peer', 'client', 'admin'], ['client', 'admin']),
            // In the first block already: peers find each other without a later change of the channel.
            AnchorPeers: [{ Host: host, Port: port }],
          })),
          Policies: {
            Readers: signature(anyOf(all, 'peer', 'client', 'admin')),
            Writers: signature(anyOf(all, 'client', 'admin')),
            Administrators: signature(anyOf(all, 'admin')),
            Admins: majority('Admins'),
            // A new version of the chaincode needs most organisations, whoever proposes it.
            LifecycleEndorsement: majority('Endorsement'),
            Endorsement: majority('Endorsement'),
          },
          ACLs: Object.fromEntries(
            FOR_ADMINISTRATORS.map((resource) => [resource, '/Channel/Application/Administrators']),
          ),
          Capabilities: { V2_5: true },
        },
      },
    },
  };
}

function organisation(layout: Layout, msp: string, readers: readonly Role[], writers: readonly Role[]): object {
  return {
    Name: msp,
    ID: msp,
    MSPDir: path.join(layout.keys, 'peerOrganizations', domainOf(layout.consortium, msp), 'msp'),
    Policies: {
      Readers: signature(anyOf([msp], ...readers)),
      Writers: signature(anyOf([msp], ...writers)),
      Admins: signature(anyOf([msp], 'admin')),
      Endorsement: signature(anyOf([msp], 'peer')),
    },
  };
}

/** Makes the channel's first block, once. */
export async function makeGenesisBlock(layout: Layout, programs: Programs): Promise<void> {
  if (existsSync(layout.genesisBlock)) return;
  await buildGenesisBlock(layout, programs, layout.channelFolder);
}

/** Makes a first block for a channel as described, in a folder. @returns its file */
export async function buildGenesisBlock(layout: Layout, { paths }: Programs, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'configtx.yaml'), JSON.stringify(configtx(layout), null, 2));
  const block = path.join(folder, path.basename(layout.genesisBlock));
  const draft = `${block}.draft`;
  const what = ['-configPath', folder, '-profile', PROFILE, '-channelID', layout.consortium.channel];
  await run(paths.configtxgen, [...what, '-outputBlock', draft]);
  renameSync(draft, block);
  return block;
}
