import { certificateLifecycle } from '../certificate';
import { agreementLifecycle, financingLifecycle, quoteLifecycle } from '../financing';
import { holdingLifecycle, offerLifecycle } from '../holding';
import { payoutLifecycle, settlementLifecycle } from '../settlement';
import { lifecycleTable } from './lifecycle-table';

/** The lifecycle of every noun that has one. */
export const LIFECYCLES = {
  certificate: certificateLifecycle,
  holding: holdingLifecycle,
  offer: offerLifecycle,
  financing: financingLifecycle,
  quote: quoteLifecycle,
  agreement: agreementLifecycle,
  settlement: settlementLifecycle,
  payout: payoutLifecycle,
} as const;

/** All lifecycles as a Markdown page; `docs/lifecycles.md` is this text, and a test compares them. */
export function lifecyclePage(): string {
  const sections = [
    lifecycleTable(LIFECYCLES.certificate),
    lifecycleTable(LIFECYCLES.holding),
    lifecycleTable(LIFECYCLES.offer),
    lifecycleTable(LIFECYCLES.financing),
    lifecycleTable(LIFECYCLES.quote),
    lifecycleTable(LIFECYCLES.agreement),
    lifecycleTable(LIFECYCLES.settlement),
    lifecycleTable(LIFECYCLES.payout),
  ];
  return ['# Lifecycles\n', 'Generated from `libs/domain/src`. The contracts step by this data.\n', ...sections].join(
    '\n',
  );
}
