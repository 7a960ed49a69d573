export const command = {
  reason: 'Reason',
  reasonNeeded: 'Say why',
  go: 'Continue to review',
} as const;
