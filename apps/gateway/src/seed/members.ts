import { openFirm } from '../platform/sign-in';
import { FIRMS, type FirmName } from './firms';
import { onboard } from './onboarding';
import type { SeedInput } from './seed';

/** The trial's members and nothing of their past, for those who want to begin with empty books. */
export async function seedMembers({ gatewayOf, logins, progress }: SeedInput): Promise<void> {
  const operator = await openFirm(gatewayOf, logins.all(), 'operator');
  await onboard(Object.keys(FIRMS) as FirmName[], { logins, operator, gatewayOf, progress });
}
