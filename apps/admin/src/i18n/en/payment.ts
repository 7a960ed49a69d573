export const payment = {
  in: 'Received',
  out: 'Paid by us',
  certificate: 'Certificate',
  payer: 'Paid by',
  principal: 'Principal',
  interest: 'Late interest',
  paidOn: 'Paid on',
  state: 'State',
  reference: 'Bank reference',
  states: { instructed: 'On its way', credited: 'Credited', returned: 'Returned by the bank' },
  empty: 'No payments yet',
  emptyHint: 'Payments appear here when certificates fall due and are paid.',
} as const;
