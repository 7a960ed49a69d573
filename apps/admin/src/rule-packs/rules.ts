/** The rules with numbers, in the order in which people meet them, each with its unit. */
const GROUPS = {
  issue: {
    maxTenorMonths: 'months',
    legacyMaxTenorMonths: 'months',
    legacyTenorUntil: 'plain',
    faceMinFen: 'fen',
    faceMaxFen: 'fen',
    acceptanceDays: 'days',
    paymentTermDays: 'days',
    maxIssueBatch: 'plain',
  },
  move: {
    smallestHoldingFen: 'fen',
    maxHoldings: 'plain',
    maxDepth: 'plain',
    maxReceivers: 'plain',
    offerBusinessDays: 'businessDays',
    blackoutBusinessDays: 'businessDays',
    correctionBusinessDays: 'businessDays',
  },
  finance: { quoteValidBusinessDays: 'businessDays', decideBusinessDays: 'businessDays' },
  pay: {
    cutOff: 'plain',
    prepareBusinessDays: 'businessDays',
    graceDays: 'days',
    defaultDays: 'days',
    lateInterestPpmPerDay: 'ppmPerDay',
    disputeStepBusinessDays: 'businessDays',
  },
  sign: { soloLimitMaxFen: 'fen' },
} as const;

type Unit = 'months' | 'days' | 'businessDays' | 'fen' | 'ppmPerDay' | 'plain';
type GroupName = keyof typeof GROUPS;
type RuleName = { [G in GroupName]: keyof (typeof GROUPS)[G] & string }[GroupName];

export interface Rule {
  name: RuleName;
  unit: Unit;
  /** Null for a rule that sets nothing now. */
  value: string | number | null;
}

/** The rules of a pack by group; those that the pack does not have are left out. */
export function ruleGroups(pack: Readonly<Record<string, unknown>>): { name: GroupName; rules: Rule[] }[] {
  return (Object.entries(GROUPS) as [GroupName, Record<string, Unit>][]).map(([name, units]) => ({
    name,
    rules: (Object.entries(units) as [RuleName, Unit][]).flatMap(([rule, unit]) => {
      const value = pack[rule];
      const known = value === null || typeof value === 'string' || typeof value === 'number';
      return known ? [{ name: rule, unit, value }] : [];
    }),
  }));
}
