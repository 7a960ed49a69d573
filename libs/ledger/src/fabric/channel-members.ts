import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { common, msp, type peer } from '@hyperledger/fabric-protos';

interface Member {
  roots: X509Certificate[];
  intermediates: X509Certificate[];
  /** The organisational unit of its peers; null when it marks none. */
  peerUnit: string | null;
}

interface Signer {
  mspId: string;
  publicKey: KeyObject;
}

const longestChain = 5;
const mostRemembered = 1000;

/**
 * Whose peers' signatures count on a channel. Endorsements stand in a transaction as the client put them there, and
 * Fabric's own validation ignores those it does not need; who relies on one must know that it is real.
 */
export class ChannelMembers {
  private readonly members = new Map<string, Member[]>();
  private readonly signers = new Map<string, Signer | null>();

  /** Learns the organisations of a configuration block; those of earlier ones stay known, for their old signatures. */
  learn(block: common.Block): void {
    const groups = organisationGroups(block);
    if (groups.length > 0) this.signers.clear();
    for (const group of groups) {
      const value = group.getValuesMap().get('MSP')?.getValue_asU8();
      if (value === undefined) continue;
      const config = msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
      this.members.set(config.getName(), [...(this.members.get(config.getName()) ?? []), memberOf(config)]);
    }
  }

  /** MSP id of the peer that signed these bytes, or null when no peer of a member did. */
  endorserOf(endorsement: peer.Endorsement, payload: Uint8Array): string | null {
    const identity = endorsement.getEndorser_asU8();
    const signer = this.signerOf(identity);
    if (signer === null) return null;
    const signed = Buffer.concat([payload, identity]);
    return verify('sha256', signed, signer.publicKey, endorsement.getSignature_asU8()) ? signer.mspId : null;
  }

  private signerOf(identity: Uint8Array): Signer | null {
    const name = createHash('sha256').update(identity).digest('base64');
    const known = this.signers.get(name);
    if (known !== undefined) return known;
    const signer = this.recognise(identity);
    if (this.signers.size >= mostRemembered) this.signers.clear();
    this.signers.set(name, signer);
    return signer;
  }

  private recognise(identity: Uint8Array): Signer | null {
    try {
      const serialized = msp.SerializedIdentity.deserializeBinary(identity);
      const mspId = serialized.getMspid();
      const certificate = new X509Certificate(serialized.getIdBytes_asU8());
      const isPeer = (this.members.get(mspId) ?? []).some((member) => isPeerOf(member, certificate));
      return isPeer ? { mspId, publicKey: certificate.publicKey } : null;
    } catch {
      return null; // no certificate: nobody's signature
    }
  }
}

/** The application organisations of a configuration block; none of another block, or of one that peers refused. */
function organisationGroups(block: common.Block): common.ConfigGroup[] {
  const [first] = block.getData()?.getDataList_asU8() ?? [];
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  if (first === undefined || codes?.[0] !== 0) return [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(first).getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  if (header.getType() !== common.HeaderType.CONFIG) return [];
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  const groups = config?.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap();
  return groups === undefined ? [] : [...groups.entries()].map(([, group]: [string, common.ConfigGroup]) => group);
}

function memberOf(config: msp.FabricMSPConfig): Member {
  const units = config.getFabricNodeOus();
  const peerUnit =
    units?.getEnable() === true ? units.getPeerOuIdentifier()?.getOrganizationalUnitIdentifier() : undefined;
  return {
    roots: config.getRootCertsList_asU8().map((pem) => new X509Certificate(pem)),
    intermediates: config.getIntermediateCertsList_asU8().map((pem) => new X509Certificate(pem)),
    peerUnit: peerUnit ?? null,
  };
}

function isPeerOf(member: Member, certificate: X509Certificate): boolean {
  const units = certificate.subject.split('\n').filter((part) => part.startsWith('OU='));
  if (member.peerUnit !== null && !units.includes(`OU=${member.peerUnit}`)) return false;
  return descends(certificate, member, longestChain);
}

function descends(certificate: X509Certificate, member: Member, length: number): boolean {
  if (length === 0) return false;
  if (member.roots.some((root) => isIssued(certificate, root))) return true;
  return member.intermediates.some((issuer) => isIssued(certificate, issuer) && descends(issuer, member, length - 1));
}

function isIssued(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
