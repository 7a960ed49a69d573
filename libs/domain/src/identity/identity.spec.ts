import fc from 'fast-check';
import { isLei } from './lei';
import { isUscc } from './uscc';

const realUsccs = ['91350100M000100Y43', '91440300708461136T', '91110108551385082Q', '9111000071093123XX'];
const syntheticUsccs = ['91110000MA00CRE01M', '91310000MA00UP1A06', '91440300MA00UP2B0F', '91110000MA00BNK01L'];

describe('unified social credit codes (T33)', () => {
  it.each([...realUsccs, ...syntheticUsccs])('accepts %s', (code) => expect(isUscc(code)).toBe(true));

  it.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    '9135O100M000100Y43',
    '9135010OM000100Y43 ',
  ])('refuses %j', (code) => expect(isUscc(code)).toBe(false));

  it('refuses every one-character change', () => {
    for (const code of [...realUsccs, ...syntheticUsccs]) {
      for (let index = 0; index < code.length; index += 1) {
        for (const other of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
          const changed = code.slice(0, index) + other + code.slice(index + 1);
          expect(isUscc(changed)).toBe(changed === code);
        }
      }
    }
  });
});

describe('legal entity identifiers (T34)', () => {
  const leis = ['5493001KJTIIGC8Y1R12', 'HWUPKR0MPOU8FGXBT394', '300300TESTCORE000188'];

  it.each(leis)('accepts %s', (lei) => expect(isLei(lei)).toBe(true));

  it('refuses every one-digit change and other forms', () => {
    fc.assert(
      fc.property(fc.constantFrom(...leis), fc.nat(19), fc.nat(9), (lei, index, digit) => {
        const changed = lei.slice(0, index) + digit.toString() + lei.slice(index + 1);
        fc.pre(/[0-9]/.test(lei.charAt(index)) && changed !== lei);
        return !isLei(changed);
      }),
    );
    for (const text of ['', '5493001kjtiigc8y1r12', '5493001KJTIIGC8Y1R1', '5493001KJTIIGC8Y1R120'])
      expect(isLei(text)).toBe(false);
  });
});
