import { SetMetadata } from '@nestjs/common';

export const WITHOUT_IDEMPOTENCY = Symbol('without idempotency');

/** For the rare POST whose repetition does no harm and that keeps nothing. */
export const WithoutIdempotency = () => SetMetadata(WITHOUT_IDEMPOTENCY, true);
