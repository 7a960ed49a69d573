import { accept, refuse } from '@tallystick/domain';
import { MEMBER_KINDS, type MemberRecord } from '@tallystick/protocol';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { permission } from '../read-model/permission';
import { money, MoneyShape, PermissionShape } from '../read-model/shapes';

/** A firm of the network. Its keys are shown to itself and to the operator. */
export const MemberShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  lei: z.string().nullable(),
  kinds: z.array(z.enum(MEMBER_KINDS)),
  group: z.string().nullable(),
  host: z.string(),
  status: z.enum(['active', 'suspended']),
  soloLimit: MoneyShape,
  keys: z
    .array(
      z.strictObject({
        keyId: z.string(),
        person: z.string(),
        roles: z.array(z.string()),
        addedAt: z.string(),
        revokedAt: z.string().nullable(),
      }),
    )
    .optional(),
  can: z.strictObject({ setStatus: PermissionShape, setSoloLimit: PermissionShape }),
});
export type MemberShape = z.infer<typeof MemberShape>;

export function presentMember(record: MemberRecord, caller: Caller, isOperator: boolean): MemberShape {
  const { id, name, nameEn, lei, kinds, group, host, status, soloLimitFen, keys } = record;
  const own = id === caller.member;
  return {
    id,
    name,
    nameEn,
    lei,
    kinds,
    group,
    host,
    status,
    soloLimit: money(BigInt(soloLimitFen)),
    ...((own || isOperator) && {
      keys: keys.map(({ keyId, person, roles, addedAt, revokedAt }) => ({ keyId, person, roles, addedAt, revokedAt })),
    }),
    can: {
      setStatus: permission(caller, ['maker'], null, () =>
        isOperator && !own ? accept(true) : refuse('MEMBER_KIND', { memberId: caller.member, neededKind: 'OPERATOR' }),
      ),
      setSoloLimit: permission(caller, ['maker'], null, () => (own ? accept(true) : refuse('NOT_OWNER'))),
    },
  };
}
