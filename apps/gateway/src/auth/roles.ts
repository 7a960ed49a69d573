/** What a person may do for the own member; what that member may do is decided by its kinds and by each record. */
export const ROLES = ['maker', 'checker', 'risk', 'viewer', 'admin', 'onboarding', 'support'] as const;

export type Role = (typeof ROLES)[number];
