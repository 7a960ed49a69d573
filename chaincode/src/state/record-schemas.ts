import {
  AgreementRecord,
  CertificateRecord,
  ClockRecord,
  FinancingOrder,
  FlagRecord,
  GenesisRecord,
  HoldingRecord,
  InstructionRecord,
  InvitationRecord,
  LineRecord,
  MemberRecord,
  OccupancyRecord,
  PageRecord,
  QuoteRecord,
  RosterRecord,
  RulePackRecord,
  ScheduleRecord,
  SettlementOrder,
  StandingRecord,
  TransferOrder,
  type RecordType,
} from '@tallystick/protocol';
import { z } from 'zod';

/** What stands under each type of record key. */
export const RECORD_SCHEMAS = {
  Genesis: GenesisRecord,
  Clock: ClockRecord,
  RulePack: RulePackRecord,
  Schedule: ScheduleRecord,
  Member: MemberRecord,
  Roster: RosterRecord,
  Line: LineRecord,
  Certificate: CertificateRecord,
  Occupancy: OccupancyRecord,
  Standing: StandingRecord,
  Holding: HoldingRecord,
  Order: z.discriminatedUnion('kind', [TransferOrder, FinancingOrder, SettlementOrder]),
  Invitation: InvitationRecord,
  Quote: QuoteRecord,
  Agreement: AgreementRecord,
  Page: PageRecord,
  Instruction: InstructionRecord,
  Flag: FlagRecord,
} as const satisfies Record<RecordType, z.ZodType>;

export type RecordOf<T extends RecordType> = z.infer<(typeof RECORD_SCHEMAS)[T]>;
export type OrderOf<K extends RecordOf<'Order'>['kind']> = Extract<RecordOf<'Order'>, { kind: K }>;
