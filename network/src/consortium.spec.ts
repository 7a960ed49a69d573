import { common } from '@hyperledger/fabric-protos';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chaincodePolicy, chaincodePolicyText, readConsortium, type Consortium } from './consortium';

const consortium = readConsortium();
const members = consortium.organisations.map(({ msp }) => msp);
const authorities = consortium.organisations.filter(({ authority }) => authority).map(({ msp }) => msp);

/** Every set of organisations, and whether one authority and one other are among them. */
const signers = Array.from({ length: 2 ** members.length }, (_, set) =>
  members.filter((_msp, bit) => set & (1 << bit)),
);
const enough = (set: readonly string[]): boolean => set.length >= 2 && set.some((msp) => authorities.includes(msp));

/** Evaluates the textual form: the parts of `OutOf(n,…)` that hold are counted. */
function textIsMet(text: string, by: readonly string[]): boolean {
  const script = text
    .replace(/'(\w+)\.peer'/g, (_, msp: string) => String(by.includes(msp)))
    .replace(/OutOf\(/g, 'outOf(');
  const outOf = (n: number, ...rules: boolean[]): boolean => rules.filter(Boolean).length >= n;
  // Nothing but `outOf`, numbers and truth values is left.
  expect(script).toMatch(/^(outOf|true|false|[\d(),])+$/);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- checked in the line above
  return (new Function('outOf', `return ${script}`) as (f: typeof outOf) => boolean)(outOf);
}

function bytesAreMet(bytes: Uint8Array, by: readonly string[]): boolean {
  const envelope = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  const names = envelope
    .getIdentitiesList()
    .map((each) => members.find((msp) => Buffer.from(each.getPrincipal_asU8()).includes(msp)) ?? '');
  const met = (rule: common.SignaturePolicy): boolean => {
    const nested = rule.getNOutOf();
    if (nested === undefined) return by.includes(names[rule.getSignedBy()] ?? '');
    return nested.getRulesList().filter(met).length >= nested.getN();
  };
  const rule = envelope.getRule();
  return rule !== undefined && met(rule);
}

describe('the chaincode policy', () => {
  it('is met by one authority and one other organisation, and by nothing less, in both forms', () => {
    for (const set of signers) {
      expect([set, textIsMet(chaincodePolicyText(consortium), set)]).toEqual([set, enough(set)]);
      expect([set, bytesAreMet(chaincodePolicy(consortium), set)]).toEqual([set, enough(set)]);
    }
  });

  it('reads as Fabric’s programs take it', () => {
    const organisations = [
      { msp: 'AMSP', name: 'A', authority: true, group: null },
      { msp: 'BMSP', name: 'B', authority: false, group: null },
      { msp: 'CMSP', name: 'C', authority: false, group: null },
    ];
    expect(chaincodePolicyText({ organisations })).toBe(
      "OutOf(1,OutOf(2,'AMSP.peer',OutOf(1,'BMSP.peer','CMSP.peer')))",
    );
  });
});

describe('a description', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-consortium-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const [first] = consortium.organisations;
  const faults: [string, Partial<Consortium> & Record<string, unknown>][] = [
    ['an organisation twice', { organisations: [...consortium.organisations, first!] }],
    ['an orderer of a stranger', { orderers: ['NobodyMSP'] }],
    ['an operator who is no member', { operatorMsp: 'NobodyMSP' }],
    ['no orderer', { orderers: [] }],
    ['a port that only the system may use', { basePort: 80 }],
    ['a channel that Fabric does not take', { channel: 'Trade!' }],
    ['a field that nobody reads', { channels: [] }],
  ];
  it.each(faults)('is refused with %s', (_, fault) => {
    const file = path.join(folder, 'consortium.json');
    writeFileSync(file, JSON.stringify({ ...consortium, ...fault }));
    expect(() => readConsortium(file)).toThrow();
  });

  it('gives no organisation more than half of the orderers', () => {
    for (const msp of consortium.orderers)
      expect(consortium.orderers.filter((each) => each === msp).length * 2).toBeLessThan(consortium.orderers.length);
  });
});
