import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { z } from 'zod';
import { MessageError } from '../iso20022/message-error';
import { readPaymentFile } from '../iso20022/payment-file';
import { writeStatusReport } from '../iso20022/status-report';
import type { ServiceKey } from '../submissions/service-keys';
import { MAX_XML_LENGTH, XmlError } from '../xml/xml';
import { LedgerOfAccounts, ReferenceReused, type Behaviour } from './ledger-of-accounts';
import { NotOnTheBooks, signReceipt, SigningRequest } from './receipts';

export interface PayingBankOptions {
  databaseUrl: string;
  /** Banks run here, by organisation, with the key each signs receipts with. */
  banks: ReadonlyMap<string, ServiceKey>;
  /** What clients show; each names itself in `Client`. */
  token: string;
  port?: number;
  behaviour?: Behaviour;
}

export interface PayingBank {
  url: string;
  close(): Promise<void>;
}

const LONGEST_BODY = 2 * MAX_XML_LENGTH;

/**
 * The paying bank's service: takes pain.001 at `POST /v1/<bank>/payments`, answers pain.002; leaves pain.002 and camt.054 at
 * `GET /v1/<bank>/messages?after=`; signs what its books show at `POST /v1/<bank>/signatures`. Loopback only.
 */
export async function startPayingBank(options: PayingBankOptions): Promise<PayingBank> {
  const pool = new Pool({ connectionString: options.databaseUrl, max: 4 });
  pool.on('error', () => undefined); // the next query opens a new connection
  const books = new Map(
    [...options.banks.keys()].map((bank) => [bank, new LedgerOfAccounts(pool, bank, options.behaviour)]),
  );
  const server = createServer((request, response) => {
    answer(request, options, books).then(
      ({ status, type, body }) => response.writeHead(status, { 'Content-Type': type }).end(body),
      (error: unknown) => refuse(response, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

interface Answer {
  status: number;
  type: 'application/json' | 'application/xml';
  body: string;
}

class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

async function answer(
  request: IncomingMessage,
  { token, banks }: PayingBankOptions,
  books: ReadonlyMap<string, LedgerOfAccounts>,
): Promise<Answer> {
  if (!shows(request, token)) throw new HttpFault(401, 'UNAUTHENTICATED');
  const client = z.string().min(1).max(64).parse(request.headers['client']);
  const url = new URL(request.url ?? '', 'http://bank');
  const [, version, bank = '', resource, id] = url.pathname.split('/');
  const accounts = books.get(bank);
  const key = banks.get(bank);
  if (version !== 'v1' || accounts === undefined || key === undefined) throw new HttpFault(404, 'NOT_FOUND');
  const json = (value: unknown, status = 200): Answer => ({
    status,
    type: 'application/json',
    body: JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
  });
  if (request.method === 'POST' && resource === 'payments') {
    const file = readPaymentFile(await bodyOf(request));
    const lines = await accounts.execute(client, file);
    const report = { messageId: `R-${file.messageId}`.slice(0, 35), createdAt: file.createdAt, lines };
    const body = writeStatusReport({ ...report, originalMessageId: file.messageId });
    return { status: 200, type: 'application/xml', body };
  }
  if (request.method === 'GET' && resource === 'payments' && id !== undefined) {
    const payment = await accounts.payment(decodeURIComponent(id));
    if (payment === null) throw new HttpFault(404, 'NOT_FOUND');
    return json(payment);
  }
  if (request.method === 'GET' && resource === 'messages') {
    const after = z
      .string()
      .regex(/^\d{1,18}$/u)
      .parse(url.searchParams.get('after') ?? '0');
    return json({ items: await accounts.messages(client, BigInt(after)) });
  }
  if (request.method === 'POST' && resource === 'signatures') {
    const asked = SigningRequest.parse(JSON.parse(await bodyOf(request)));
    return json({ signature: await signReceipt(asked, await accounts.payment(asked.endToEndId), key) });
  }
  throw new HttpFault(404, 'NOT_FOUND');
}

function refuse(response: ServerResponse, error: unknown): void {
  const [status, code] =
    error instanceof HttpFault
      ? [error.status, error.code]
      : error instanceof XmlError || error instanceof MessageError
        ? [422, error.code]
        : error instanceof ReferenceReused
          ? [422, 'REFERENCE_REUSED']
          : error instanceof NotOnTheBooks
            ? [409, 'NOT_ON_THE_BOOKS']
            : error instanceof z.ZodError || error instanceof SyntaxError
              ? [400, 'BAD_INPUT']
              : [500, 'INTERNAL'];
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code }));
}

function shows(request: IncomingMessage, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${token}`));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new HttpFault(413, 'BODY_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
