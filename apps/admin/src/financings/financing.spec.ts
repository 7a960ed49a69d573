import { deadlineOf, inOrderOfCost, placeOf, STAGES, WAY, type Quote, type Stage } from './financing';

const quote = (id: string, net: string, state: Quote['state'] = 'open') =>
  ({ id, state, net: { amount: net, currency: 'CNY' } }) as Quote;

describe('quotes side by side', () => {
  it('stand with the most cash first, and those that are over last', () => {
    const quotes = [
      quote('a', '99.90'),
      quote('gone', '120.00', 'withdrawn'),
      quote('b', '100.00'),
      quote('c', '9.99'),
    ];
    expect(inOrderOfCost(quotes).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'gone']);
  });
});

describe('the way of an application', () => {
  it('goes forward, or has ended otherwise', () => {
    const places = STAGES.map(placeOf);
    expect(places).toEqual([0, 0, -1, 1, 2, 2, 3, WAY.length, -1, -1, -1, -1, -1]);
  });

  it('waits at each step until the day that frees the amount again, and for nothing once it is over', () => {
    const until = (stage: Stage) =>
      deadlineOf({ stage, openUntil: 'open', decideBy: 'decide', agreement: { validUntil: 'pay' } });
    const days = STAGES.map(until);
    const none = [null, null, null, null, null, null];
    expect(days).toEqual(['open', 'open', null, 'decide', 'decide', 'decide', 'pay', ...none]);
  });
});
