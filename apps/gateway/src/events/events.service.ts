import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { CONFIG, type Config } from '../config/config';

/** That something changed, never what: readers fetch it through the API, where their rights are checked. */
const NoticeSchema = z.strictObject({
  org: z.string().max(100),
  member: z.string().max(200),
  /** Only for one person; absent: for the whole member. */
  userId: z.string().max(100).optional(),
  /** Kind of record, such as `holding`. */
  resource: z.string().max(50),
  id: z.string().max(200),
});

export type Notice = z.output<typeof NoticeSchema>;

/** PostgreSQL's channel of the notices, for statements that tell of what they change themselves. */
export const CHANNEL = 'tallystick_notices';
const RECONNECT_MS = 1_000;

/** Spreads notices to everyone who listens, on any gateway of this database. */
@Injectable()
export class EventsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Events');
  private readonly listeners = new Set<(notice: Notice) => void>();
  private client: Client | undefined;
  private stopped = false;
  private again: NodeJS.Timeout | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Sends notices when the transaction commits; a rollback sends none. */
  async publish(manager: EntityManager, ...notices: Notice[]): Promise<void> {
    if (notices.length === 0) return;
    const texts = notices.map((notice) => JSON.stringify(NoticeSchema.parse(notice)));
    await manager.query('SELECT pg_notify($1, text) FROM unnest($2::text[]) AS given (text)', [CHANNEL, texts]);
  }

  /** @returns what ends the listening */
  listen(listener: (notice: Notice) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.config.databaseUrl, keepAlive: true });
    this.client = client;
    client.on('notification', ({ payload = '' }) => {
      this.spread(payload);
    });
    client.on('error', (error) => {
      this.log.warn(`lost the database connection for notices: ${error.message}`);
      this.reconnectLater();
    });
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
  }

  private reconnectLater(): void {
    if (this.stopped) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.connect().catch(() => {
        this.reconnectLater();
      });
    }, RECONNECT_MS);
  }

  private spread(payload: string): void {
    const notice = NoticeSchema.parse(JSON.parse(payload));
    for (const listener of this.listeners) listener(notice);
  }
}
