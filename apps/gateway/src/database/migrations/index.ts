import { Base1795392000000 } from './1795392000000-base';
import { Projection1795392100000 } from './1795392100000-projection';
import { Operations1795393000000 } from './1795393000000-operations';
import { Applications1795394000000 } from './1795394000000-applications';
import { Payments1795395000000 } from './1795395000000-payments';
import { VerifiedBlocks1795396000000 } from './1795396000000-verified-blocks';
import { OperationExpiry1795397000000 } from './1795397000000-operation-expiry';
import { ClockChanges1795398000000 } from './1795398000000-clock-changes';

/** In order of time; a released migration is never edited. */
export const MIGRATIONS = [
  Base1795392000000,
  Projection1795392100000,
  Operations1795393000000,
  Applications1795394000000,
  Payments1795395000000,
  VerifiedBlocks1795396000000,
  OperationExpiry1795397000000,
  ClockChanges1795398000000,
];
