import { common, msp } from '@hyperledger/fabric-protos';

/** A parsed endorsement policy: given who signed, is it met? */
export interface EndorsementPolicy {
  isMetBy(signers: readonly string[]): boolean;
}

type Rule = (signers: readonly string[], used: boolean[]) => boolean;

const maxNesting = 8;

/**
 * Parses `SignaturePolicyEnvelope` bytes as Fabric's cauthdsl does.
 * @throws MalformedPolicy when the bytes are no policy that Fabric could evaluate. Fabric itself takes such bytes at
 *   endorsement, commits them, and the next write to the key then halts every peer of the channel for good
 *   (hyperledger/fabric#3105): so we refuse them where they are written.
 */
export function parsePolicy(bytes: Uint8Array): EndorsementPolicy {
  const envelope = decode(bytes);
  const principals = envelope.getIdentitiesList().map(peerOf);
  const rule = compile(envelope.getRule(), principals, 0);
  return {
    isMetBy: (signers) =>
      rule(
        signers,
        signers.map(() => false),
      ),
  };
}

const known = new Map<string, EndorsementPolicy>();
const mostKnown = 1000;

/** As `parsePolicy`, remembering: the same few policies stand on very many keys. */
export function knownPolicy(bytes: Uint8Array): EndorsementPolicy {
  const name = Buffer.from(bytes).toString('latin1');
  const policy = known.get(name) ?? parsePolicy(bytes);
  if (known.size >= mostKnown) known.clear();
  known.set(name, policy);
  return policy;
}

export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';
}

function decode(bytes: Uint8Array): common.SignaturePolicyEnvelope {
  try {
    return common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  } catch (error) {
    throw new MalformedPolicy(`endorsement policy is not a SignaturePolicyEnvelope: ${String(error)}`);
  }
}

/** Every peer here belongs to its organisation as PEER and as MEMBER: other principals name nobody we have. */
function peerOf(principal: msp.MSPPrincipal): string {
  if (principal.getPrincipalClassification() !== msp.MSPPrincipal.Classification.ROLE)
    throw new MalformedPolicy('endorsement policy names a principal that is no role');
  let role: msp.MSPRole;
  try {
    role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
  } catch (error) {
    throw new MalformedPolicy(`endorsement policy holds a malformed role: ${String(error)}`);
  }
  if (role.getMspIdentifier() === '') throw new MalformedPolicy('endorsement policy names an empty organisation');
  if (role.getRole() !== msp.MSPRole.MSPRoleType.PEER && role.getRole() !== msp.MSPRole.MSPRoleType.MEMBER)
    throw new MalformedPolicy('endorsement policy asks for a role that no peer has');
  return role.getMspIdentifier();
}

function compile(policy: common.SignaturePolicy | undefined, principals: readonly string[], depth: number): Rule {
  if (policy === undefined || depth > maxNesting) throw new MalformedPolicy('endorsement policy without a rule');
  switch (policy.getTypeCase()) {
    case common.SignaturePolicy.TypeCase.SIGNED_BY:
      return signedBy(principals[policy.getSignedBy()]);
    case common.SignaturePolicy.TypeCase.N_OUT_OF: {
      const nOutOf = policy.getNOutOf();
      const rules = nOutOf?.getRulesList().map((each) => compile(each, principals, depth + 1)) ?? [];
      return outOf(nOutOf?.getN() ?? 0, rules);
    }
    default:
      throw new MalformedPolicy('endorsement policy without a rule');
  }
}

function signedBy(principal: string | undefined): Rule {
  if (principal === undefined) throw new MalformedPolicy('endorsement policy points at a principal it does not list');
  return (signers, used) => {
    const index = signers.findIndex((signer, at) => signer === principal && !used[at]);
    if (index < 0) return false;
    used[index] = true;
    return true;
  };
}

/** As in cauthdsl: all rules are tried in order, and a signature spent by one that was met is spent for the rest. */
function outOf(n: number, rules: readonly Rule[]): Rule {
  if (n < 1 || n > rules.length) throw new MalformedPolicy(`endorsement policy asks for ${n} of ${rules.length}`);
  return (signers, used) => {
    let met = 0;
    for (const rule of rules) {
      const spent = [...used];
      if (!rule(signers, spent)) continue;
      met += 1;
      used.splice(0, used.length, ...spent);
    }
    return met >= n;
  };
}
