import { admissionBytes, deriveWrappingKey, unwrapSigner, verifySignature } from '@tallystick/crypto';
import { applicationOf, type Application, type NewFirm } from './application';

const SERVICE = { keyId: 'ab'.repeat(16), publicKey: `04${'cd'.repeat(64)}` };
const TERMS = { now: '2026-03-02T02:00:00.000Z', hosts: [{ msp: 'CoreMSP', serviceKey: SERVICE }] };
const PASSWORD = 'a password for this test';

const firm = (change: Partial<NewFirm> = {}): NewFirm => ({
  id: '91110000MA00CRE01M',
  name: '示例集团有限公司',
  nameEn: 'Sample Group',
  kinds: ['CORE'],
  group: null,
  host: 'CoreMSP',
  ownHost: true,
  soloLimitFen: '0',
  people: [
    { user: 'sample.maker', password: PASSWORD, displayName: '经办', roles: ['maker', 'admin'] },
    { user: 'sample.checker', password: PASSWORD, displayName: '复核', roles: ['checker'] },
    { user: 'sample.viewer', password: PASSWORD, displayName: '查看', roles: ['viewer'] },
  ],
  ...change,
});

describe('an application', () => {
  let application: Application;
  beforeAll(async () => {
    application = await applicationOf(firm(), TERMS);
  });

  it('is signed by each person’s key over the record as it is sent', () => {
    const bytes = admissionBytes(application.subject);
    const signed = application.admission.map(({ keyId, sig }) => {
      const key = application.subject.keys.find((each) => each.keyId === keyId);
      return verifySignature({ publicKey: key?.publicKey ?? '', bytes, signature: sig });
    });
    expect(signed).toEqual([true, true]);
  });

  it('gives each signing person a key of its own, and those who look none', () => {
    const { keys } = application.subject;
    expect(keys.map(({ roles }) => roles)).toEqual([['maker', 'admin'], ['checker'], ['service']]);
    expect(new Set(keys.map(({ person }) => person)).size).toBe(3);
    expect(application.users.map(({ user, key }) => [user, key !== undefined])).toEqual([
      ['sample.maker', true],
      ['sample.checker', true],
      ['sample.viewer', false],
    ]);
  });

  it('names the host’s service key only for a firm that runs the host', async () => {
    const hosted = await applicationOf(firm({ ownHost: false }), TERMS);
    expect(application.subject.keys).toContainEqual(expect.objectContaining(SERVICE));
    expect(hosted.subject.keys.some(({ roles }) => roles.includes('service'))).toBe(false);
  });

  it('holds no password, and keys that only the password opens', async () => {
    expect(JSON.stringify(application)).not.toContain(PASSWORD);
    const [maker] = application.users;
    if (maker?.key === undefined) throw new Error('the maker has a key');
    const { wrappedKey, publicKey } = maker.key;
    const scope = { user: maker.user, salt: maker.salt };
    const right = await deriveWrappingKey(PASSWORD, scope);
    await expect(unwrapSigner(wrappedKey, right, publicKey)).resolves.toMatchObject({ publicKey });
    const wrong = await deriveWrappingKey('another password', scope);
    await expect(unwrapSigner(wrappedKey, wrong, publicKey)).rejects.toMatchObject({ code: 'KEY_UNWRAP_FAILED' });
  });
});
