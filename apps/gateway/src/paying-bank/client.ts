import { SignatureSchema, type InstructionSignature } from '@tallystick/protocol';
import { z } from 'zod';
import { readStatusReport, type StatusReport } from '../iso20022/status-report';
import type { SigningRequest } from './receipts';

/** Where a paying bank is reached, and what we show there. */
export interface BankAddress {
  url: string;
  token: string;
}

const DEADLINE_MS = 10_000;

/** The bank was asked and said no; asking the same again will not help. */
export class BankRefused extends Error {
  override readonly name = 'BankRefused';
  constructor(readonly code: string) {
    super(code);
  }
}

const Fen = z.string().transform((text) => BigInt(text));
const PaymentAnswer = z.object({
  endToEndId: z.string(),
  creditedFen: Fen,
  status: z.enum(['ACSP', 'ACSC', 'RJCT']),
  bookedOn: z.string(),
  bankReference: z.string(),
});
export type PaymentAnswer = z.output<typeof PaymentAnswer>;

/** One organisation's way to the banks that pay for it. */
export class PayingBankClient {
  constructor(
    private readonly client: string,
    private readonly banks: ReadonlyMap<string, BankAddress>,
  ) {}

  knows(bank: string): boolean {
    return this.banks.has(bank);
  }

  /** @returns the bank's word on each line. @throws BankRefused; other errors when the bank cannot be reached */
  async pay(bank: string, file: string): Promise<StatusReport> {
    const answer = await this.send(bank, '/payments', { method: 'POST', body: file });
    return readStatusReport(await answer.text());
  }

  /** A payment as the bank has it, or null when it never got the order. */
  async payment(bank: string, endToEndId: string): Promise<PaymentAnswer | null> {
    try {
      const answer = await this.send(bank, `/payments/${encodeURIComponent(endToEndId)}`, {});
      return PaymentAnswer.parse(await answer.json());
    } catch (error) {
      if (error instanceof BankRefused && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async messages(bank: string, after: string): Promise<{ seq: string; xml: string }[]> {
    const answer = await this.send(bank, `/messages?after=${after}`, {});
    return z.object({ items: z.array(z.object({ seq: z.string(), xml: z.string() })) }).parse(await answer.json())
      .items;
  }

  /** @throws BankRefused NOT_ON_THE_BOOKS */
  async sign(bank: string, request: SigningRequest): Promise<InstructionSignature> {
    const answer = await this.send(bank, '/signatures', { method: 'POST', body: JSON.stringify(request) });
    return z.object({ signature: SignatureSchema }).parse(await answer.json()).signature;
  }

  private async send(bank: string, path: string, init: { method?: string; body?: string }): Promise<Response> {
    const address = this.banks.get(bank);
    if (address === undefined) throw new Error(`no paying service of ${bank} is known`);
    const answer = await fetch(`${address.url}/v1/${bank}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${address.token}`, client: this.client },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (answer.ok) return answer;
    const { code } = z.object({ code: z.string() }).parse(await answer.json());
    if (answer.status >= 500) throw new Error(`${bank} answers ${String(answer.status)}`);
    throw new BankRefused(code);
  }
}
