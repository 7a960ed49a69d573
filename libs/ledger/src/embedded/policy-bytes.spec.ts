import { common, msp } from '@hyperledger/fabric-protos';
import { type PolicyRule, signaturePolicy } from '@tallystick/protocol';
import { MalformedPolicy, parsePolicy } from './policy';

/** The same policy through Fabric's own generated code. Names already sorted, nested rules last. */
function fabricBytes(rule: PolicyRule, principals: string[]): Uint8Array {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(fabricRule(rule, principals));
  envelope.setIdentitiesList(principals.map((mspId) => fabricPrincipal(mspId)));
  return envelope.serializeBinary();
}

function fabricRule(rule: PolicyRule, principals: string[]): common.SignaturePolicy {
  const policy = new common.SignaturePolicy();
  if (typeof rule === 'string') {
    policy.setSignedBy(principals.indexOf(rule));
    return policy;
  }
  const nOutOf = new common.SignaturePolicy.NOutOf();
  nOutOf.setN(rule.n);
  nOutOf.setRulesList(rule.of.map((each) => fabricRule(each, principals)));
  policy.setNOutOf(nOutOf);
  return policy;
}

function fabricPrincipal(mspId: string, role: 0 | 1 | 2 | 3 = msp.MSPRole.MSPRoleType.PEER): msp.MSPPrincipal {
  const mspRole = new msp.MSPRole();
  mspRole.setMspIdentifier(mspId);
  mspRole.setRole(role);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(mspRole.serializeBinary());
  return principal;
}

/** One-of-one, `depth` times around an organisation. */
function nested(depth: number): PolicyRule {
  return depth === 0 ? 'AMSP' : { n: 1, of: [nested(depth - 1)] };
}

const many = Array.from({ length: 140 }, (_, index) => `Org${String(index).padStart(3, '0')}MSP`);

describe("our encoder and Fabric's", () => {
  it.each<[string, number, PolicyRule[], string[]]>([
    ['one organisation', 1, ['AMSP'], ['AMSP']],
    ['two of four', 2, ['AMSP', 'BMSP', 'CMSP', 'DMSP'], ['AMSP', 'BMSP', 'CMSP', 'DMSP']],
    ['nested', 2, ['AMSP', { n: 1, of: ['BMSP', 'CMSP'] }], ['AMSP', 'BMSP', 'CMSP']],
    ['nested twice, names shared', 1, [{ n: 2, of: ['AMSP', { n: 1, of: ['AMSP', 'BMSP'] }] }], ['AMSP', 'BMSP']],
    ['lengths and indexes beyond one byte', 139, many, many],
    ['names beyond ASCII', 1, ['银行MSP'], ['银行MSP']],
  ])('give the same bytes for %s', (_, n, of, principals) => {
    expect(Buffer.from(signaturePolicy(n, of)).toString('hex')).toBe(
      Buffer.from(fabricBytes({ n, of }, principals)).toString('hex'),
    );
  });
});

describe('policy evaluation', () => {
  it.each<[string, Uint8Array, string[], boolean]>([
    ['two of three, met', signaturePolicy(2, ['AMSP', 'BMSP', 'CMSP']), ['CMSP', 'AMSP'], true],
    ['two of three, one signer', signaturePolicy(2, ['AMSP', 'BMSP', 'CMSP']), ['AMSP'], false],
    ['two of three, one and a stranger', signaturePolicy(2, ['AMSP', 'BMSP', 'CMSP']), ['AMSP', 'XMSP'], false],
    ['strangers beside enough signers', signaturePolicy(1, ['AMSP']), ['XMSP', 'AMSP'], true],
    ['nobody', signaturePolicy(1, ['AMSP']), [], false],
    ['one signature for two rules', signaturePolicy(2, ['AMSP', { n: 1, of: ['AMSP', 'BMSP'] }]), ['AMSP'], false],
    [
      'two signatures for two rules',
      signaturePolicy(2, ['AMSP', { n: 1, of: ['AMSP', 'BMSP'] }]),
      ['AMSP', 'BMSP'],
      true,
    ],
  ])('%s', (_, policy, signers, met) => {
    expect(parsePolicy(policy).isMetBy(signers)).toBe(met);
  });

  it('gives back a signature that a failed rule had taken', () => {
    const policy = signaturePolicy(2, ['BMSP', { n: 2, of: ['AMSP', 'CMSP'] }, { n: 1, of: ['AMSP', 'DMSP'] }]);
    expect(parsePolicy(policy).isMetBy(['AMSP', 'BMSP'])).toBe(true);
  });
});

describe('a malformed policy', () => {
  const sound = { n: 1, of: ['AMSP'] };
  const withoutRule = new common.SignaturePolicyEnvelope();
  withoutRule.setIdentitiesList([fabricPrincipal('AMSP')]);
  const ofAnAdmin = new common.SignaturePolicyEnvelope();
  ofAnAdmin.setRule(fabricRule('AMSP', ['AMSP']));
  ofAnAdmin.setIdentitiesList([fabricPrincipal('AMSP', msp.MSPRole.MSPRoleType.ADMIN)]);

  it.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    ['text', Buffer.from('two of three')],
    ['a cut-off envelope', fabricBytes(sound, ['AMSP']).slice(0, -3)],
    ['an envelope without a rule', withoutRule.serializeBinary()],
    ['a rule that points at no principal', fabricBytes(sound, [])],
    ['more signatures than rules', fabricBytes({ n: 2, of: ['AMSP'] }, ['AMSP'])],
    ['none of some', fabricBytes({ n: 0, of: ['AMSP'] }, ['AMSP'])],
    ['rules nested without end', fabricBytes(nested(10), ['AMSP'])],
    ['an empty organisation', fabricBytes({ n: 1, of: [''] }, [''])],
    ['a role that no peer has', ofAnAdmin.serializeBinary()],
  ])('%s is refused', (_, bytes) => {
    expect(() => parsePolicy(bytes)).toThrow(MalformedPolicy);
  });
});
