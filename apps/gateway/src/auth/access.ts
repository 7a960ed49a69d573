import { SetMetadata } from '@nestjs/common';
import type { Role } from './roles';

export type Access = { kind: 'public' } | { kind: 'requires'; roles: readonly Role[] };

export const ACCESS = Symbol('access');

/** Opens a route to everyone. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

/** Opens a route to signed-in people who have one of these roles; without roles to every signed-in person. */
export const Requires = (...roles: Role[]) => SetMetadata(ACCESS, { kind: 'requires', roles } satisfies Access);
