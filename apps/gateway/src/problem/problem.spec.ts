import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { accept, refuse } from '@tallystick/domain';
import { createZodDto } from 'nestjs-zod/dto';
import { connect } from 'node:net';
import { z } from 'zod';
import { Public } from '../auth/access';
import { testGateway, type TestGateway } from '../testing/gateway';
import { unwrap } from './problem.error';
import type { Problem } from './problem-document';

class OrderBody extends createZodDto(
  z.strictObject({ name: z.string().min(2).max(5), pieces: z.array(z.strictObject({ count: z.int().min(1) })).max(3) }),
) {}
class LooseBody extends createZodDto(z.object({ name: z.string() })) {}

@Controller('trial')
class TrialController {
  @Post('orders')
  @Public()
  order(@Body() body: OrderBody): OrderBody {
    return body;
  }

  @Post('loose')
  @Public()
  loose(@Body() body: LooseBody): LooseBody {
    return body;
  }

  @Get('refused')
  @Public()
  refused(): unknown {
    return unwrap(
      refuse('AMOUNT_EXCEEDS_HOLDING', { requestedFen: 200n, availableFen: 100n }, { field: 'amount', rule: 'T15' }),
    );
  }

  @Get('fine')
  @Public()
  fine(): unknown {
    return unwrap(accept({ fine: true }));
  }

  @Get('broken/:what')
  @Public()
  broken(@Param('what') what: string): never {
    throw new Error(`a secret detail about ${what}`);
  }
}

@Module({ controllers: [TrialController] })
class TrialModule {}

describe('problem documents', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway({ modules: [TrialModule], environment: { LOGIN_ATTEMPTS_PER_MINUTE: '3' } });
  });
  afterAll(() => gateway.close());

  const en = { 'accept-language': 'en-GB,en;q=0.9' };
  const zh = { 'accept-language': 'zh-CN' };
  const read = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return (await answer.json()) as Problem;
  };

  it('names every wrong field with its path, unknown fields included', async () => {
    const answer = await gateway.request('POST', '/trial/orders', {
      headers: en,
      body: { name: 'x', pieces: [{ count: 1 }, { count: 0, role: 'admin' }], status: 'paid' },
    });
    const problem = await read(answer);
    expect(problem).toMatchObject({ status: 400, code: 'BAD_INPUT' });
    expect(problem.errors?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'name too_small',
      'pieces.1.count too_small',
      'pieces.1.role unknown_field',
      'status unknown_field',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses the field %s like any unknown one', async (field) => {
    const answer = await fetch(`${gateway.url}/api/v1/trial/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"name":"abc","pieces":[],"${field}":{"role":"admin"}}`,
    });
    expect((await read(answer)).errors).toMatchObject([{ path: field, code: 'unknown_field' }]);
  });

  it('treats a schema that lets unknown fields pass as a fault of ours', async () => {
    const answer = await gateway.request('POST', '/trial/loose', { body: { name: 'abc', role: 'admin' } });
    expect((await read(answer)).code).toBe('INTERNAL');
  });

  it('speaks the language the reader likes best', async () => {
    const [inEnglish, inChinese] = await Promise.all(
      [en, zh].map(async (headers) => read(await gateway.request('GET', '/trial/refused', { headers }))),
    );
    expect(inEnglish?.detail).toMatch(/[a-z]{4}/);
    expect(inChinese?.detail).toMatch(/[\u4e00-\u9fff]{2}/);
  });

  it('carries code, field and rule of a refusal', async () => {
    const answer = await gateway.request('GET', '/trial/refused');
    expect(await read(answer)).toMatchObject({
      code: 'AMOUNT_EXCEEDS_HOLDING',
      status: answer.status,
      rule: 'T15',
      errors: [{ path: 'amount', code: 'AMOUNT_EXCEEDS_HOLDING' }],
      details: { requestedFen: '200', availableFen: '100' },
    });
  });

  it('gives the value of an outcome that went well', async () => {
    expect(await (await gateway.request('GET', '/trial/fine')).json()).toEqual({ fine: true });
  });

  it('tells nothing of a fault but its id', async () => {
    const answer = await gateway.request('GET', '/trial/broken/passwords', {
      headers: { 'x-request-id': 'trace-0001' },
    });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('urn:tallystick:request:trace-0001');
    expect(text).not.toMatch(/secret|passwords|\.ts|node_modules/);
  });

  it('refuses what is not JSON', async () => {
    const headers = { 'content-type': 'application/json', ...en };
    const answer = await fetch(`${gateway.url}/api/v1/trial/orders`, { method: 'POST', headers, body: '{"name":' });
    expect(await read(answer)).toMatchObject({ status: 400, code: 'JSON_MALFORMED' });
  });

  it('reads no body in another format', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${gateway.url}/api/v1/trial/orders`, { method: 'POST', headers, body: 'name=abc' });
    expect(answer.status).toBe(400);
  });

  it('tells an unknown address from a wrong method', async () => {
    expect(await read(await gateway.request('GET', '/nowhere'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const answer = await gateway.request('DELETE', '/trial/orders');
    expect(await read(answer)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await gateway.request('PATCH', '/trial/broken/x')).status).toBe(405);
  });

  it.each([
    ['of a known length', true],
    ['of unknown length', false],
  ])('answers a 20 MB body %s with a problem, not a broken connection', async (_, knownLength) => {
    const problem = await uploadTwentyMegabytes(`${gateway.url}/api/v1/trial/orders`, knownLength);
    expect(problem).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect((await gateway.request('GET', '/trial/fine')).status).toBe(200);
  });

  it('takes a body just below the limit as far as the schema', async () => {
    const answer = await gateway.request('POST', '/trial/orders', {
      body: { name: 'x'.repeat(1_000_000), pieces: [] },
    });
    expect((await read(answer)).code).toBe('BAD_INPUT');
  });

  it('says when to come back after too many attempts', async () => {
    const body = { user: 'victim', loginSecret: '00'.repeat(32) };
    const answers = [];
    for (let attempt = 0; attempt < 4; attempt += 1)
      answers.push(await gateway.request('POST', '/auth/login', { body }));
    const last = answers.at(-1);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    // Another person at the same place is not held up by it.
    const other = await gateway.request('POST', '/auth/login', { body: { ...body, user: 'bystander' } });
    expect(other.status).toBe(401);
  });

  it('sends the security headers with every answer', async () => {
    for (const path of ['/trial/fine', '/nowhere']) {
      const { headers } = await gateway.request('GET', path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

/** A plain client that reads nothing before it has written all, as many are. */
function uploadTwentyMegabytes(url: string, knownLength: boolean): Promise<unknown> {
  const { hostname, port, pathname } = new URL(url);
  const size = 20 * 1024 * 1024;
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${hostname}`,
    'Content-Type: application/json',
    'Connection: close',
  ];
  const [length, before, after] = knownLength
    ? [`Content-Length: ${String(size)}`, '', '']
    : ['Transfer-Encoding: chunked', `${size.toString(16)}\r\n`, '\r\n0\r\n\r\n'];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.pause().once('error', reject);
    socket.write(`${[...head, length].join('\r\n')}\r\n\r\n${before}`);
    socket.write(Buffer.alloc(size, 'a'));
    let text = '';
    socket.write(after, () => {
      socket
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .resume();
      socket.once('close', () => {
        resolve(JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? 'null'));
      });
    });
  });
}
