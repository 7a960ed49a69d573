export const strip = {
  state: {
    mine: 'Mine',
    other: 'Others, seen by me',
    locked: 'Locked',
    frozen: 'Frozen',
    paid: 'Paid',
    hatched: 'Other holders',
  },
  unseen: 'amount not shown',
  remainder: 'You keep',
  cut: 'Cut after the piece for %{name}',
  given: 'Given: %{amount}',
  kept: 'You keep: %{amount}',
  tooMuch: '%{amount} too much',
} as const;
