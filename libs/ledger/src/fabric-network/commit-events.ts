import { peer } from '@hyperledger/fabric-protos';
import type { Channel, EventCallback, EventService, IdentityContext } from 'fabric-common';

export interface TransactionEnd {
  blockNumber: bigint;
  code: number;
}

/** Longest wait for the peer to begin its stream. */
const startMs = 3_000;

/**
 * Tells how transactions ended, from one stream of the own peer's filtered blocks; opened when first needed, and again
 * after it broke. fabric-network's commit listeners do the same, but cannot be removed once their stream has broken.
 */
export class CommitEvents {
  private service: EventService | null = null;
  private starting: Promise<EventService> | null = null;

  constructor(
    private readonly channel: Channel,
    private readonly identity: IdentityContext,
    private readonly ownPeer: string,
  ) {}

  /**
   * Listens for one transaction from now on.
   * @returns a way to wait for its end, so many milliseconds, as often as wanted
   * @throws Error when the own peer does not deliver
   */
  async listen(txId: string): Promise<(timeoutMs: number) => Promise<TransactionEnd>> {
    const service = await this.started();
    let tell: EventCallback = () => undefined;
    const end = new Promise<TransactionEnd>((resolve, reject) => {
      tell = (error, event) => {
        if (event?.status === undefined) reject(error ?? new Error('an event without a status'));
        else resolve({ blockNumber: BigInt(event.blockNumber.toString()), code: codeOf(event.status) });
      };
    });
    end.catch(() => undefined); // thrown where it is awaited
    service.registerTransactionListener(txId, tell, { unregister: true });
    return (timeoutMs) => within(end, timeoutMs);
  }

  close(): void {
    this.service?.close();
  }

  private started(): Promise<EventService> {
    if (this.service?.isStarted() === true) return Promise.resolve(this.service);
    this.starting ??= this.start().finally(() => (this.starting = null));
    return this.starting;
  }

  /** The stream begins with the newest block, so nothing sent after this can be missed. */
  private async start(): Promise<EventService> {
    const eventer = this.channel.client.newEventer(`${this.ownPeer} commits`);
    eventer.setEndpoint(this.channel.getEndorser(this.ownPeer).endpoint);
    const service = this.channel.newEventService('commits');
    service.setTargets([eventer]);
    service.build(this.identity, { blockType: 'filtered' });
    service.sign(this.identity);
    await service.send({ requestTimeout: startMs });
    this.service = service;
    return service;
  }
}

function codeOf(status: string): number {
  const codes = new Map<string, number>(Object.entries(peer.TxValidationCode));
  return codes.get(status) ?? peer.TxValidationCode.INVALID_OTHER_REASON;
}

async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no commit event in time'));
    }, timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
}
