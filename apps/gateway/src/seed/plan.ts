import type { FirmName } from './firms';

/** Days are counted from the trial's last day, "today": those before it are negative. */
export type Day = number;
export type BankName = 'river' | 'mountain';

/** A credit line; CNY. */
export interface PlannedLine {
  bank: BankName;
  issuer: 'jingwei' | 'drive';
  limit: string;
}

export const LINES = {
  jingweiRiver: { bank: 'river', issuer: 'jingwei', limit: '60000000.00' },
  jingweiMountain: { bank: 'mountain', issuer: 'jingwei', limit: '40000000.00' },
  driveRiver: { bank: 'river', issuer: 'drive', limit: '15000000.00' },
} as const satisfies Record<string, PlannedLine>;
export type LineName = keyof typeof LINES;

/** What happens to a certificate; amounts in CNY, the whole holding when none is given. */
export type Act =
  | { do: 'accept' | 'withdraw' }
  | { do: 'decline'; because: string }
  /** `pending`: nobody has answered yet. */
  | { do: 'pass'; from: FirmName; to: readonly (readonly [receiver: FirmName, amount?: string])[]; pending?: true }
  /** `rates`: what each invited bank quotes, percent of a year; the cheaper one is taken. */
  | {
      do: 'finance';
      owner: FirmName;
      amount?: string;
      rates: Partial<Record<BankName, string>>;
      until?: 'quoted' | 'approved';
    }
  | { do: 'pay'; amount?: string };

export interface PlannedCertificate {
  line: LineName;
  creditor: FirmName;
  goods: string;
  /** Invoices before tax; 13 % VAT is added, and the certificate claims them in full. */
  nets: readonly string[];
  issued: Day;
  /** Due on the first business day from this day on; with `after`, on the first one after that day. */
  due: Day | { after: Day };
  acts: readonly (readonly [on: Day, act: Act])[];
}
