import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import pino from 'pino';
import { uuidv7 } from 'uuidv7';
import type { Config } from '../config/config';

/** Names under which secrets travel; whatever is logged under one of them is blanked, two levels deep. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'loginSecret',
  'secret',
  'secretHash',
  'token',
  'privateKey',
  'wrappedKey',
  'transient',
  'opening',
  'openings',
];

const dotted = (prefix: string, name: string) => (name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`);

export const REDACTED = [
  ...SECRET_NAMES.map((name) => name),
  ...SECRET_NAMES.flatMap((name) => [dotted('*', name), dotted('*.*', name)]),
];

/** JSON lines with the request's id; bodies, query strings and headers are not logged at all. */
export function logging(config: Config): Params {
  const destination =
    config.logFile === null
      ? pino.destination(1)
      : pino.destination({ dest: config.logFile, mkdir: true, mode: 0o600 });
  return {
    pinoHttp: [
      {
        level: config.logLevel,
        redact: { paths: REDACTED, censor: '[redacted]' },
        genReqId: requestId,
        quietReqLogger: true,
        serializers: {
          req: (request: { id: string; method: string; url: string }) => ({
            id: request.id,
            method: request.method,
            path: request.url.split('?')[0],
          }),
          res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        },
        autoLogging: { ignore: (request: IncomingMessage) => request.url?.startsWith('/api/v1/health') ?? false },
        customLogLevel: (_: IncomingMessage, response: ServerResponse, error?: Error) =>
          error !== undefined || response.statusCode >= 500 ? 'error' : 'info',
      },
      destination,
    ],
  };
}

/** Takes over a caller's id if it is a plain word, so that a trace crosses systems; else makes one. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : uuidv7();
  response.setHeader('X-Request-Id', id);
  return id;
}
