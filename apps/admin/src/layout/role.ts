import { useStore } from 'react-admin';
import type { MemberKind } from '../api/types';
import { useOwnMember } from '../auth/session';

/**
 * As what kind of member the person works now; a firm that is several kinds chooses one.
 * @returns undefined while the firm is not known yet
 */
export function useKind(): { kind: MemberKind | undefined; kinds: MemberKind[]; choose: (kind: MemberKind) => void } {
  const kinds = useOwnMember()?.kinds ?? [];
  const [chosen, choose] = useStore<MemberKind | ''>('kind', '');
  const kind = kinds.find((one) => one === chosen) ?? kinds[0];
  return { kind, kinds, choose };
}
