import { unwrapRefusal } from './refusal';

describe('a refusal', () => {
  const refusal = { code: 'AMOUNT_TOO_LARGE', details: { availableFen: '100', nested: { braces: '}{' } } };

  it.each([
    ['alone', JSON.stringify(refusal)],
    ['inside the words of a client library', `chaincode response 500, ${JSON.stringify(refusal)}`],
    ['between words', `Error: ${JSON.stringify(refusal)} (status 500)`],
  ])('is found %s', (_, message) => {
    expect(unwrapRefusal(message)).toEqual(refusal);
  });

  it('needs no details', () => {
    expect(unwrapRefusal('{"code":"NO"}')).toEqual({ code: 'NO', details: {} });
  });

  it.each([
    'the contract broke',
    '',
    '}{',
    '{"code":',
    '{"details":{}}',
    '{"code":""}',
    '{"code":7}',
    '{"code":"X","details":[]}',
    '{"code":"X","details":"text"}',
    'null',
  ])('is not made of %j', (message) => {
    expect(unwrapRefusal(message)).toBeNull();
  });
});
