import { businessTimeOf } from './business-clock';

const DAY = 86_400_000;
const changes = [
  { at: '2026-03-01T00:00:00.000Z', offsetMs: -10 * DAY },
  { at: '2026-03-02T12:00:00.000Z', offsetMs: 20 * DAY },
];

describe('business time of what happened earlier', () => {
  it.each([
    ['before the first setting is real time', '2026-02-28T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
    ['is by the clock as it stood then', '2026-03-02T11:59:59.999Z', '2026-02-20T11:59:59.999Z'],
    ['of the move itself is still by the old clock', '2026-03-02T12:00:00.000Z', '2026-02-20T12:00:00.000Z'],
    ['after the move is by the new one', '2026-03-02T12:00:00.001Z', '2026-03-22T12:00:00.001Z'],
  ])('%s', (_, raw, business) => {
    expect(businessTimeOf(changes, raw)).toBe(business);
    expect(businessTimeOf(changes, new Date(raw))).toBe(business);
  });

  it('is real time where there is no clock', () => {
    expect(businessTimeOf([], '2026-03-02T12:00:00.000Z')).toBe('2026-03-02T12:00:00.000Z');
  });
});
