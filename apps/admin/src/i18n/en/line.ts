export const line = {
  grant: 'Grant a credit line',
  change: 'Change',
  explain: 'How much the issuer may owe on certificates that you pay out, all together, and until when it may issue.',
  issuer: 'Core enterprise',
  limit: 'Limit',
  until: 'until',
  lastDay: 'Last day for issuing',
  empty: 'No credit lines yet',
  emptyBank: 'Grant one to a core enterprise so that it can issue certificates.',
  emptyIssuer: 'A bank grants you a line; then you can issue certificates.',
  unseen: 'The amounts have not arrived yet',
} as const;
