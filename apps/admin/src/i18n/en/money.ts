export const money = {
  empty: 'Give an amount',
  shape: 'Digits with at most two decimals, such as 1234.56',
  zero: 'More than zero',
  above: 'At most %{max}',
} as const;
