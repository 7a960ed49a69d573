import { fenAt, movedBy, stepOf, widthsOf, type Part } from './geometry';

const part = (fen: bigint | undefined): Part => ({
  key: String(fen),
  state: fen === undefined ? 'hatched' : 'mine',
  fen,
  label: '',
});

describe('a strip', () => {
  it('gives each part its share of the face', () => {
    expect(widthsOf([part(250n), part(750n)], 1000n)).toEqual([25, 75]);
  });

  it('draws what others hold as the remainder, without saying how much', () => {
    expect(widthsOf([part(250n), part(undefined)], 1000n)).toEqual([25, 75]);
    expect(widthsOf([part(250n), part(undefined)], undefined)).toEqual([50, 50]);
    expect(widthsOf([part(undefined)], undefined)).toEqual([100]);
  });

  it('is exact above 2^53', () => {
    expect(widthsOf([part(10n ** 17n), part(3n * 10n ** 17n)], 4n * 10n ** 17n)).toEqual([25, 75]);
  });

  it.each([
    [100_000_000n, 100_000n],
    [123_456n, 100n],
    [150n, 1n],
  ])('of %s is cut in steps of %s', (total, step) => {
    expect(stepOf(total)).toBe(step);
  });

  it.each([
    [-0.2, 0n],
    [0, 0n],
    [0.3333, 33_300_000n],
    [1, 100_000_001n],
    [1.5, 100_000_001n],
  ])('has at %s of its width the amount %s', (fraction, fen) => {
    expect(fenAt(fraction, 100_000_001n, 100_000n)).toBe(fen);
  });

  it.each([
    ['ArrowRight', 510n],
    ['ArrowLeft', 490n],
    ['PageUp', 600n],
    ['PageDown', 400n],
    ['Home', 1n],
    ['End', 905n],
  ])('moves its cut by %s to %s', (key, fen) => {
    expect(movedBy(key, 500n, 10n, 1n, 905n)).toBe(fen);
  });

  it('keeps a cut between its ends and ignores other keys', () => {
    expect(movedBy('ArrowRight', 900n, 10n, 1n, 905n)).toBe(905n);
    expect(movedBy('ArrowLeft', 5n, 10n, 1n, 905n)).toBe(1n);
    expect(movedBy('a', 5n, 10n, 1n, 905n)).toBeNull();
  });
});
