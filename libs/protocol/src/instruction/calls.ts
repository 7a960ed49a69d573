import type { z } from 'zod';
import {
  AcceptCertificateBody,
  AcceptCertificateSecret,
  DeclineCertificateBody,
  IssueBody,
  IssueSecret,
  ReportOverdueBody,
  WithdrawCertificateBody,
} from '../certificate/certificate.calls';
import { DepositBody, DepositSecret } from '../deposit/bundle';
import {
  AcceptQuoteBody,
  ApplyBody,
  ApplySecret,
  ApproveBody,
  ApproveSecret,
  DisburseBody,
  DisburseSecret,
  EndFinancingBody,
  InviteBody,
  InviteSecret,
  QuoteBody,
  QuoteSecret,
  ReceiptBody,
  RefuseInvitationBody,
  SignBody,
  WithdrawQuoteBody,
} from '../financing/financing.calls';
import { ChangeLineBody, ChangeLineSecret, GrantLineBody, GrantLineSecret, ReleaseLineBody } from '../line/line.calls';
import { AddKeyBody, AdmitBody, RevokeKeyBody, SetSoloLimitBody, SetStatusBody } from '../member/member.calls';
import { FlagBody, MoveClockBody, PublishRulePackBody, VoidBody } from '../network/network.calls';
import {
  AllocateBody,
  AllocateSecret,
  CloseBody,
  CreditedBody,
  FundsBody,
  FundsSecret,
  PrepareBody,
  PrepareSecret,
} from '../settlement/settlement.calls';
import {
  AcceptTransferBody,
  AcceptTransferSecret,
  EndTransferBody,
  OfferBody,
  OfferSecret,
} from '../transfer/transfer.calls';

/** Every signed call, by `contract.fn`, with the schemas of its body and secret (null: it has none). */
export const CALLS = {
  'network.moveClock': { body: MoveClockBody, secret: null },
  'network.publishRulePack': { body: PublishRulePackBody, secret: null },
  'network.flag': { body: FlagBody, secret: null },
  'member.admit': { body: AdmitBody, secret: null },
  'member.addKey': { body: AddKeyBody, secret: null },
  'member.revokeKey': { body: RevokeKeyBody, secret: null },
  'member.setStatus': { body: SetStatusBody, secret: null },
  'member.setSoloLimit': { body: SetSoloLimitBody, secret: null },
  'line.grant': { body: GrantLineBody, secret: GrantLineSecret },
  'line.change': { body: ChangeLineBody, secret: ChangeLineSecret },
  'line.release': { body: ReleaseLineBody, secret: null },
  'certificate.issueMany': { body: IssueBody, secret: IssueSecret },
  'certificate.accept': { body: AcceptCertificateBody, secret: AcceptCertificateSecret },
  'certificate.decline': { body: DeclineCertificateBody, secret: null },
  'certificate.withdraw': { body: WithdrawCertificateBody, secret: null },
  'certificate.reportOverdue': { body: ReportOverdueBody, secret: null },
  'transfer.offer': { body: OfferBody, secret: OfferSecret },
  'transfer.accept': { body: AcceptTransferBody, secret: AcceptTransferSecret },
  'transfer.decline': { body: EndTransferBody, secret: null },
  'transfer.withdraw': { body: EndTransferBody, secret: null },
  'financing.apply': { body: ApplyBody, secret: ApplySecret },
  'financing.invite': { body: InviteBody, secret: InviteSecret },
  'financing.quote': { body: QuoteBody, secret: QuoteSecret },
  'financing.withdrawQuote': { body: WithdrawQuoteBody, secret: null },
  'financing.refuse': { body: RefuseInvitationBody, secret: null },
  'financing.acceptQuote': { body: AcceptQuoteBody, secret: null },
  'financing.approve': { body: ApproveBody, secret: ApproveSecret },
  'financing.sign': { body: SignBody, secret: null },
  'financing.disburse': { body: DisburseBody, secret: DisburseSecret },
  'financing.receipt': { body: ReceiptBody, secret: null },
  'financing.withdraw': { body: EndFinancingBody, secret: null },
  'financing.reject': { body: EndFinancingBody, secret: null },
  'financing.fail': { body: EndFinancingBody, secret: null },
  'settlement.prepare': { body: PrepareBody, secret: PrepareSecret },
  'settlement.funds': { body: FundsBody, secret: FundsSecret },
  'settlement.allocate': { body: AllocateBody, secret: AllocateSecret },
  'settlement.credited': { body: CreditedBody, secret: null },
  'settlement.close': { body: CloseBody, secret: null },
  'instruction.voidInstruction': { body: VoidBody, secret: null },
  'deposit.openings': { body: DepositBody, secret: DepositSecret },
} as const satisfies Record<string, { body: z.ZodType; secret: z.ZodType | null }>;

export type CallName = keyof typeof CALLS;
export type BodyOf<N extends CallName> = z.infer<(typeof CALLS)[N]['body']>;
export type SecretOf<N extends CallName> = (typeof CALLS)[N]['secret'] extends z.ZodType
  ? z.infer<(typeof CALLS)[N]['secret']>
  : null;
