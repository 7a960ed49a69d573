import { get } from './client';
import { ProblemError } from './problem';

describe('an answer that is not read to its end', () => {
  const answering = (body: BodyInit) => {
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status: 200 }));
  };
  afterEach(() => jest.restoreAllMocks());

  it('is a problem to tell when it is no JSON', async () => {
    answering('<html>');
    await expect(get('/holdings')).rejects.toMatchObject({ problem: { code: 'ANSWER_UNREADABLE' } });
  });

  it('is none when the page that asked was left', async () => {
    const left = new AbortController();
    answering(
      new ReadableStream({
        pull: (stream) => {
          left.abort();
          stream.error(left.signal.reason);
        },
      }),
    );
    const error: unknown = await get('/holdings', {}, left.signal).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(ProblemError);
    expect(error).toBe(left.signal.reason);
  });
});
