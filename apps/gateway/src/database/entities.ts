import { ApplicationRow } from '../applications/application.entity';
import { SessionRow } from '../auth/session.entity';
import { UserKeyRow } from '../auth/user-key.entity';
import { UserRow } from '../auth/user.entity';
import { IdempotencyRow } from '../idempotency/idempotency.entity';
import { OperationRow } from '../operations/operation.entity';
import { SignatureRow } from '../operations/signature.entity';
import { StepRow } from '../operations/step.entity';
import { PaymentOrderRow } from '../automation/payment-order.entity';
import { SubmissionRow } from '../submissions/submission.entity';

/** Every table's row class; a noun adds its own here. */
export const ENTITIES = [
  ApplicationRow,
  UserRow,
  UserKeyRow,
  SessionRow,
  IdempotencyRow,
  OperationRow,
  StepRow,
  SignatureRow,
  SubmissionRow,
  PaymentOrderRow,
];
