import { sharesOf } from './shares';

describe('the shares of a credit line', () => {
  it.each([
    [
      { limit: 1000n, used: 300n, reserved: 100n },
      { used: 30, reserved: 10, over: false },
    ],
    [
      { limit: 100_000_000_000_000n, used: 33_333_333_333_333n, reserved: 0n },
      { used: 33.33, reserved: 0, over: false },
    ],
    [
      { limit: 1000n, used: 900n, reserved: 300n },
      { used: 90, reserved: 10, over: false },
    ],
    [
      { limit: 1000n, used: 1200n, reserved: 0n },
      { used: 100, reserved: 0, over: true },
    ],
    [
      { limit: 0n, used: 0n, reserved: 0n },
      { used: 0, reserved: 0, over: false },
    ],
  ])('of %j', (line, shares) => {
    expect(sharesOf(line)).toEqual(shares);
  });
});
