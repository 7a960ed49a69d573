import type { RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { testRules } from '../rule-pack/rule-pack.testing';
import {
  decideActing,
  decideAddKey,
  decideAdmission,
  decideNewKeySigners,
  decideRevokeKey,
  decideSoloLimit,
  withAdministrators,
} from './admission';
import type { KeyView } from './member';
import { decideSigners, signingNeedFor, type SignatureView, type SigningNeed } from './signers';

const key = (keyId: string, person: string, ...roles: KeyView['roles']): KeyView => ({
  keyId,
  person,
  roles,
  revokedAt: null,
});
const maker = key('m', 'one', 'maker');
const checker = key('c', 'two', 'checker');
const keys = [
  maker,
  checker,
  key('r', 'three', 'risk'),
  key('s', 'machine', 'service'),
  key('m2', 'two', 'maker'),
  { ...key('old', 'four', 'checker'), revokedAt: '2026-01-01T00:00:00.000Z' },
];

describe('signers', () => {
  const m: SignatureView = { keyId: 'm', role: 'maker' };
  const c: SignatureView = { keyId: 'c', role: 'checker' };
  const r: SignatureView = { keyId: 'r', role: 'risk' };

  it.each<[SigningNeed, SignatureView[]]>([
    ['anyKey', [r]],
    ['service', [{ keyId: 's', role: 'service' }]],
    ['onePerson', [m]],
    ['onePerson', [c]],
    ['makerChecker', [m, c]],
    ['makerChecker', [c, m, r]],
    ['makerRiskChecker', [m, r, c]],
  ])('%s is met', (need, signatures) => {
    expect(expectAccepted(decideSigners({ keys }, signatures, need))).toHaveLength(signatures.length);
  });

  it.each<[string, SigningNeed, SignatureView[], RefusalCode]>([
    ['nobody signed', 'anyKey', [], 'SIG_REQUIRED'],
    ['an unregistered key signed', 'onePerson', [{ keyId: 'x', role: 'maker' }], 'KEY_UNKNOWN'],
    ['a revoked key signed', 'makerChecker', [m, { keyId: 'old', role: 'checker' }], 'KEY_REVOKED'],
    ['a key signed in a role not its own', 'onePerson', [{ keyId: 'c', role: 'maker' }], 'ROLE_MISSING'],
    ['the checker is missing', 'makerChecker', [m], 'ROLE_MISSING'],
    ['the maker is missing', 'makerChecker', [c], 'ROLE_MISSING'],
    ['risk is missing', 'makerRiskChecker', [m, c], 'ROLE_MISSING'],
    ['a service stands in for a person', 'onePerson', [{ keyId: 's', role: 'service' }], 'ROLE_MISSING'],
    ['a person stands in for a service', 'service', [m], 'ROLE_MISSING'],
    ['one person signs with two keys (I8)', 'makerChecker', [{ keyId: 'm2', role: 'maker' }, c], 'SAME_PERSON'],
    ['one key signs twice', 'makerChecker', [m, c, c], 'SAME_PERSON'],
  ])('are refused when %s', (_, need, signatures, code) => {
    expectRefusal(decideSigners({ keys }, signatures, need), code);
  });

  it('are two above the member’s own limit, one up to it', () => {
    expect(signingNeedFor({ soloLimitFen: '1000' }, 1000n)).toBe('onePerson');
    expect(signingNeedFor({ soloLimitFen: '1000' }, 1001n)).toBe('makerChecker');
    expect(signingNeedFor({ soloLimitFen: '0' }, 1n)).toBe('makerChecker');
  });
});

describe('a new key', () => {
  const member = { keys };
  const own = key('m3', 'one', 'maker');

  it('takes two people, but for a person’s own without another role, and for a member of one person (X24)', () => {
    expectAccepted(decideNewKeySigners(member, own, [maker]));
    expectAccepted(decideNewKeySigners(member, key('new', 'nine', 'checker'), [maker, checker]));
    expectAccepted(decideNewKeySigners({ keys: [maker] }, key('new', 'nine', 'checker'), [maker]));
    expectRefusal(decideNewKeySigners(member, key('new', 'nine', 'maker'), [maker]), 'ROLE_MISSING');
    expectRefusal(decideNewKeySigners(member, key('new', 'one', 'maker', 'checker'), [maker]), 'ROLE_MISSING');
    expectRefusal(decideNewKeySigners(member, key('new', 'nine', 'maker'), []), 'ROLE_MISSING');
  });

  it('is signed for by administrators as by makers', () => {
    const admin = key('a', 'ten', 'admin');
    expectRefusal(decideSigners({ keys: [admin] }, [{ keyId: 'a', role: 'maker' }], 'anyKey'), 'ROLE_MISSING');
    expectAccepted(decideSigners(withAdministrators({ keys: [admin] }), [{ keyId: 'a', role: 'maker' }], 'anyKey'));
  });
});

describe('admission', () => {
  const applicant = {
    id: '91110000MA00CRE01M',
    lei: '300300TESTCORE000188',
    soloLimitFen: '10000000',
    keys: [maker, checker],
  };

  it('takes a firm with a valid code and two signers, with or without an LEI', () => {
    expectAccepted(decideAdmission(applicant, false, testRules));
    expectAccepted(decideAdmission({ ...applicant, lei: null }, false, testRules));
  });

  it.each<[string, Partial<typeof applicant>, RefusalCode]>([
    ['a wrong check digit (T33)', { id: '91110000MA00CRE01N' }, 'USCC_INVALID'],
    ['a wrong LEI (T34)', { lei: '300300TESTCORE000187' }, 'BAD_INPUT'],
    ['one key given twice', { keys: [maker, checker, maker] }, 'KEY_EXISTS'],
    ['only a maker', { keys: [maker] }, 'KEYS_INCOMPLETE'],
    ['only makers', { keys: [maker, key('m9', 'two', 'maker')] }, 'KEYS_INCOMPLETE'],
    ['only checkers', { keys: [checker, key('c9', 'one', 'checker')] }, 'KEYS_INCOMPLETE'],
    [
      'a maker whose key is revoked',
      { keys: [{ ...maker, revokedAt: '2026-01-01T00:00:00.000Z' }, checker] },
      'KEYS_INCOMPLETE',
    ],
    ['maker and checker in one person', { keys: [maker, key('c1', 'one', 'checker')] }, 'KEYS_INCOMPLETE'],
    [
      'a checker whose key is revoked',
      { keys: [maker, { ...checker, revokedAt: '2026-01-01T00:00:00.000Z' }] },
      'KEYS_INCOMPLETE',
    ],
    ['a solo limit above the rules', { soloLimitFen: '10000001' }, 'SOLO_LIMIT_TOO_HIGH'],
  ])('refuses %s', (_, change, code) => {
    expectRefusal(decideAdmission({ ...applicant, ...change }, false, testRules), code);
  });

  it('refuses a firm that is a member', () => {
    expectRefusal(decideAdmission(applicant, true, testRules), 'RECORD_EXISTS');
  });

  it('lets a member lower and raise its limit only within the rules', () => {
    expect(expectAccepted(decideSoloLimit(0n, testRules))).toBe(0n);
    expectRefusal(decideSoloLimit(10_000_001n, testRules), 'SOLO_LIMIT_TOO_HIGH');
  });
});

describe('keys', () => {
  it('are added once, and a revoked one never comes back', () => {
    expect(expectAccepted(decideAddKey({ keys: [maker] }, checker))).toEqual([maker, checker]);
    expectRefusal(decideAddKey({ keys }, maker), 'KEY_EXISTS');
    expectRefusal(decideAddKey({ keys }, key('old', 'nine', 'checker')), 'KEY_EXISTS');
  });

  it('are revoked once, and the last living one not at all', () => {
    expect(expectAccepted(decideRevokeKey({ keys }, 'm'))).toBe(maker);
    expectRefusal(decideRevokeKey({ keys }, 'x'), 'KEY_UNKNOWN');
    expectRefusal(decideRevokeKey({ keys }, 'old'), 'KEY_REVOKED');
    expectRefusal(
      decideRevokeKey({ keys: keys.filter(({ keyId }) => keyId === 'm' || keyId === 'old') }, 'm'),
      'LAST_KEY',
    );
  });
});

describe('acting members', () => {
  const bank = { id: '91110000MA00BNK01L', kinds: ['BANK' as const], status: 'active' as const };

  it('are active and of the kind asked', () => {
    expectAccepted(decideActing(bank, 'BANK'));
    expectAccepted(decideActing(bank, null));
    expectRefusal(decideActing(bank, 'CORE'), 'MEMBER_KIND');
    expectRefusal(decideActing({ ...bank, status: 'suspended' }, 'BANK'), 'MEMBER_SUSPENDED');
  });
});
