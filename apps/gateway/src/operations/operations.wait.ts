import { Injectable } from '@nestjs/common';
import { FINAL_STATES, type OperationState } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { Database } from '../database/database';
import { EventsService } from '../events/events.service';

const LONGEST_SECONDS = 30;
/** A notice may be missed while a connection comes back, so we look by ourselves too. */
const LOOK_AGAIN_MS = 1_000;

/** `Prefer: wait=N` (RFC 7240): the answer waits until the operation has come to an end, N seconds at most. */
@Injectable()
export class OperationsWait {
  constructor(
    private readonly database: Database,
    private readonly events: EventsService,
  ) {}

  async untilFinal(caller: Caller, id: string, prefer: string | undefined): Promise<void> {
    const seconds = Number(/(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])/u.exec(prefer ?? '')?.[1] ?? 0);
    if (seconds === 0) return;
    const end = Date.now() + Math.min(seconds, LONGEST_SECONDS) * 1_000;
    let wake = (): void => undefined;
    const stop = this.events.listen((notice) => {
      if (notice.resource === 'operation' && notice.id === id) wake();
    });
    try {
      while (Date.now() < end && !(await this.isFinal(caller, id))) {
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, Math.min(LOOK_AGAIN_MS, end - Date.now()));
          wake = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
    } finally {
      stop();
    }
  }

  private async isFinal({ org, member }: Caller, id: string): Promise<boolean> {
    const [row] = await this.database.ask<{ state: OperationState }>(
      'SELECT state FROM operations WHERE id = $1 AND org = $2 AND member = $3',
      [id, org, member],
    );
    // One that still waits for people will not end by itself.
    return row === undefined || FINAL_STATES.includes(row.state) || row.state === 'toCheck' || row.state === 'toSign';
  }
}
