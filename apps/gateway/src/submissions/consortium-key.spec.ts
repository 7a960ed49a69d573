import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeConsortiumKey, readConsortiumKey, shareConsortiumKey } from './consortium-key';

describe('the consortium’s key for invoice fingerprints', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-key-'));
  const at = (name: string): string => path.join(home, name);
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('is made by the founder alone: nobody else invents one', () => {
    expect(() => readConsortiumKey(at('core'))).toThrow(/founder of the network gives every organisation a copy/);
    const key = makeConsortiumKey(at('operator'));
    expect(key).toMatch(/^[0-9a-f]{64}$/u);
    expect(makeConsortiumKey(at('operator'))).toBe(key);
  });

  it('is the same at every organisation once it was handed over, for its owner’s eyes', () => {
    const homes = [at('core'), at('bank')];
    shareConsortiumKey(at('operator'), homes);
    shareConsortiumKey(at('operator'), homes);
    for (const each of homes) {
      expect(readConsortiumKey(each)).toBe(readConsortiumKey(at('operator')));
      expect(statSync(path.join(each, 'keys', 'fingerprint.key')).mode & 0o077).toBe(0);
    }
  });

  it('of another length is none', () => {
    writeFileSync(path.join(at('bank'), 'keys', 'fingerprint.key'), 'abcd');
    expect(() => readConsortiumKey(at('bank'))).toThrow(/holds no key of 32 bytes/);
  });
});
