export const gauge = {
  label: '%{used} of %{limit} used, %{available} available',
  available: '%{amount} available',
  usedOf: '%{used} of %{limit} used',
  reserved: '%{amount} reserved',
} as const;
