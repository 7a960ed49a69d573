import { z } from 'zod';
import { Hash, Instant, IsoDate, KeyId, MemberId, MspId, Ppm, Salt, Text } from '../wire/scalars';
import {
  buildAcceptCertificate,
  buildDeclineCertificate,
  buildIssue,
  buildWithdrawCertificate,
} from '../certificate/certificate.build';
import { InvoiceUse } from '../certificate/certificate.records';
import {
  buildAcceptQuote,
  buildApply,
  buildApprove,
  buildDisburse,
  buildInvite,
  buildQuote,
  buildRefuseInvitation,
  buildRejectFinancing,
  buildSign,
  buildWithdrawFinancing,
  buildWithdrawQuote,
} from '../financing/financing.build';
import { Application, Checklist, QuoteTerms } from '../financing/financing.records';
import { HoldingOpening } from '../holding/holding.records';
import type { CallName } from '../instruction/calls';
import type { Authoring, Unsigned } from '../instruction/instruction.build';
import { buildChangeLine, buildGrantLine } from '../line/line.build';
import { LineTerms } from '../line/line.records';
import { buildAddKey, buildAdmit, buildRevokeKey, buildSetSoloLimit, buildSetStatus } from '../member/member.build';
import { AdmissionSignature, MemberKey, MemberRecord } from '../member/member.records';
import { buildMoveClock, buildPublishRulePack, buildVoid } from '../network/network.build';
import { RulePackRecord } from '../network/network.records';
import { buildPrepare } from '../settlement/settlement.build';
import {
  buildAcceptTransfer,
  buildDeclineTransfer,
  buildOffer,
  buildWithdrawTransfer,
} from '../transfer/transfer.build';
import { Background } from '../transfer/transfer.records';

/** Fen as JSON carries them, read as the builders want them. */
const Fen = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,17})$/, 'fen')
  .transform((text) => BigInt(text));

const Issue = z.strictObject({
  issuerOrg: MspId,
  host: MspId,
  witness: MspId,
  standIn: MspId,
  line: Hash,
  issuedOn: IsoDate,
  dueDate: IsoDate,
  acceptBy: Instant,
  faceFen: Fen,
  firstCreditor: MemberId,
  latePpmPerDay: Ppm,
  invoices: z.array(InvoiceUse).min(1).max(20),
  contractNo: z.string().max(60),
  note: Text,
  longTenorReason: Text.nullable(),
});
const Sealed = z.strictObject({ application: Application, applicationSalt: Salt });
const Reasoned = z.strictObject({ order: Hash, reason: Text });

type Build = (input: unknown, authoring: Authoring) => Unsigned;

function call<S extends z.ZodType<object>>(schema: S, build: (input: Authoring & z.output<S>) => Unsigned): Build {
  return (input, authoring) => {
    const { instruction, secret } = build({ ...schema.parse(input), ...authoring });
    return { instruction, secret };
  };
}

/** Calls that people sign, each with the reader of its input and its builder. `financing.apply` is apart: it makes a seal. */
export const STEP_BUILDERS = {
  'network.moveClock': call(z.strictObject({ offsetMs: z.int() }), buildMoveClock),
  'network.publishRulePack': call(z.strictObject({ rulePack: RulePackRecord, from: Instant }), buildPublishRulePack),
  'member.admit': call(
    z.strictObject({ record: MemberRecord, admission: z.array(AdmissionSignature).min(1).max(60) }),
    buildAdmit,
  ),
  'member.addKey': call(z.strictObject({ key: MemberKey, admission: AdmissionSignature }), buildAddKey),
  'member.revokeKey': call(
    z.strictObject({ member: MemberId, keyId: KeyId, reason: z.string().max(200) }),
    buildRevokeKey,
  ),
  'member.setStatus': call(
    z.strictObject({ member: MemberId, status: z.enum(['active', 'suspended']), reason: z.string().max(200) }),
    buildSetStatus,
  ),
  'member.setSoloLimit': call(z.strictObject({ soloLimitFen: Fen }), buildSetSoloLimit),
  'line.grant': call(
    z.strictObject({ terms: LineTerms, issuerOrg: MspId, standIn: MspId, until: IsoDate, limitFen: Fen }),
    buildGrantLine,
  ),
  'line.change': call(z.strictObject({ line: Hash, until: IsoDate, limitFen: Fen }), buildChangeLine),
  'certificate.issueMany': call(z.strictObject({ certificates: z.array(Issue).min(1).max(50) }), buildIssue),
  'certificate.accept': call(z.strictObject({ certificate: Hash }), buildAcceptCertificate),
  'certificate.decline': call(z.strictObject({ certificate: Hash, reason: Text }), buildDeclineCertificate),
  'certificate.withdraw': call(z.strictObject({ certificate: Hash }), buildWithdrawCertificate),
  'transfer.offer': call(
    z.strictObject({
      holding: HoldingOpening,
      to: z
        .array(z.strictObject({ receiver: MemberId, receiverHost: MspId, amountFen: Fen, background: Background }))
        .min(1)
        .max(50),
      until: Instant,
    }),
    buildOffer,
  ),
  'transfer.accept': call(z.strictObject({ order: Hash, piece: HoldingOpening }), buildAcceptTransfer),
  'transfer.decline': call(Reasoned, buildDeclineTransfer),
  'transfer.withdraw': call(Reasoned, buildWithdrawTransfer),
  'financing.invite': call(
    z.strictObject({ order: Hash, bank: MemberId, bankHost: MspId, sealed: Sealed }),
    buildInvite,
  ),
  'financing.quote': call(
    z.strictObject({ order: Hash, invitation: Hash, terms: QuoteTerms, validUntil: Instant }),
    buildQuote,
  ),
  'financing.withdrawQuote': call(z.strictObject({ quote: Hash, invitation: Hash }), buildWithdrawQuote),
  'financing.refuse': call(z.strictObject({ invitation: Hash, reason: Text }), buildRefuseInvitation),
  'financing.acceptQuote': call(
    z.strictObject({ order: Hash, quote: Hash, net: Hash, bankHost: MspId }),
    buildAcceptQuote,
  ),
  'financing.approve': call(
    z.strictObject({ order: Hash, quote: Hash, document: Hash, checklist: Checklist, validUntil: Instant }),
    buildApprove,
  ),
  'financing.sign': call(z.strictObject({ order: Hash, document: Hash, as: z.enum(['owner', 'bank']) }), buildSign),
  'financing.disburse': call(z.strictObject({ order: Hash, piece: HoldingOpening }), buildDisburse),
  'financing.withdraw': call(Reasoned, buildWithdrawFinancing),
  'financing.reject': call(Reasoned, buildRejectFinancing),
  'settlement.prepare': call(z.strictObject({ certificate: Hash, amountFen: Fen }), buildPrepare),
  'instruction.voidInstruction': call(z.strictObject({ id: z.uuidv7() }), buildVoid),
} as const satisfies Partial<Record<CallName, Build>>;

const ApplyInput = z.strictObject({ holding: HoldingOpening, application: Application, openUntil: Instant });

/** `financing.apply` with its sealed application, which the invitations after it carry on. */
export function buildApplyStep(input: unknown, authoring: Authoring): ReturnType<typeof buildApply> {
  return buildApply({ ...ApplyInput.parse(input), ...authoring });
}
