export const ladder = {
  bar: 'Week of %{week}: %{amount}, %{smart_count} certificate |||| Week of %{week}: %{amount}, %{smart_count} certificates',
  highest: 'Highest: %{amount}',
  overdue: 'Overdue: %{amount}',
  week: 'Week of',
  count: 'Certificates',
  amount: 'Falls due',
} as const;
