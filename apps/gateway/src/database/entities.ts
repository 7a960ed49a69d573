import { SessionRow } from '../auth/session.entity';
import { UserKeyRow } from '../auth/user-key.entity';
import { UserRow } from '../auth/user.entity';
import { IdempotencyRow } from '../idempotency/idempotency.entity';

/** Every table's row class; a noun adds its own here. */
export const ENTITIES = [UserRow, UserKeyRow, SessionRow, IdempotencyRow];
