import { readProblem } from './problem';

const refused = { title: 'Too much', detail: 'Above what is free', code: 'AMOUNT_EXCEEDS_HOLDING', rule: 'domain 1.2' };

describe('a failed answer', () => {
  it('keeps the gateway’s words, code and rule', () => {
    const { problem, status, message } = readProblem(
      { ...refused, errors: [{ path: 'amount', code: 'x', message: 'y' }] },
      422,
    );
    expect(problem).toMatchObject({ ...refused, status: 422 });
    expect([status, message]).toEqual([422, 'Above what is free']);
  });

  it.each([null, '<html>', {}, { code: 1, detail: 'x' }])('of another shape (%j) shows nothing of itself', (body) => {
    expect(readProblem(body, 500).problem.code).toBe('ANSWER_UNREADABLE');
  });

  it.each([502, 503, 504])('%s from a proxy means the gateway is away', (status) => {
    expect(readProblem(null, status).problem).toMatchObject({ code: 'GATEWAY_AWAY', status });
  });
});
