import { percentText } from './percent';

describe('a rate', () => {
  it.each([
    [43_500, '4.35 %'],
    [500, '0.05 %'],
    [60_000, '6.00 %'],
    [123_456, '12.3456 %'],
    [43_501, '4.3501 %'],
    [43_510, '4.351 %'],
    [0, '0.00 %'],
    [1_000_000, '100.00 %'],
  ])('of %s ppm is written %s', (ppm, text) => {
    expect(percentText(ppm)).toBe(text);
  });
});
