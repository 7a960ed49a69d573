import { z } from 'zod';
import { CertificateRecord, OccupancyRecord, StandingRecord } from '../certificate/certificate.records';
import { AgreementRecord, FinancingOrder, InvitationRecord, QuoteRecord } from '../financing/financing.records';
import { HoldingRecord } from '../holding/holding.records';
import { InstructionRecord } from '../instruction/instruction';
import { LineRecord } from '../line/line.records';
import { MemberActRecord } from '../member/member-act.records';
import { MemberRecord, RosterRecord } from '../member/member.records';
import { ClockRecord, FlagRecord, GenesisRecord, RulePackRecord, ScheduleRecord } from '../network/network.records';
import { PageRecord, SettlementOrder } from '../settlement/settlement.records';
import { TransferOrder } from '../transfer/transfer.records';
import type { RecordType } from './record-key';

/** What stands under each type of record key. */
export const RECORD_SCHEMAS = {
  Genesis: GenesisRecord,
  Clock: ClockRecord,
  RulePack: RulePackRecord,
  Schedule: ScheduleRecord,
  Member: MemberRecord,
  MemberAct: MemberActRecord,
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
