import { sha256Hex } from '@tallystick/crypto';
import { amountInWords, displayAmount } from '@tallystick/domain';
import { certificateNo, type CertificatePublic, type PartyRef, type QuoteOpening } from '@tallystick/protocol';

/** What the agreement of a financing is written from; nothing else stands in it, so that owner and bank get the same text. */
export interface AgreementFacts {
  order: string;
  certificate: CertificatePublic;
  applicant: PartyRef;
  bank: PartyRef;
  quote: QuoteOpening;
}

const percent = (ppm: number): string =>
  `${(BigInt(ppm) / 10_000n).toString()}.${(ppm % 10_000).toString().padStart(4, '0')}%`;

const BASES: Record<QuoteOpening['terms']['basis'], string> = {
  ACT_360: '实际天数 / actual days ÷ 360',
  ACT_365: '实际天数 / actual days ÷ 365',
};

/** The agreement in words, Chinese first; its hash is what bank and owner sign. */
export function agreementText({ order, certificate, applicant, bank, quote }: AgreementFacts): string {
  const { terms } = quote;
  const [amount, interest, net] = [terms.amountFen, terms.interestFen, terms.netFen].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ];
  const no = certificateNo(certificate.issuedOn, certificate.id);
  const fees = terms.fees.map(({ name, payee, fen }) => `${name} → ${payee}: CNY ${displayAmount(BigInt(fen))}`);
  return [
    '应收账款电子凭证融资协议 / Agreement on financing an electronic receivable certificate',
    `编号 / No.: ${order}`,
    `转让方 / Assignor: ${applicant.name} (${applicant.nameEn}) ${applicant.id}`,
    `受让方 / Assignee: ${bank.name} (${bank.nameEn}) ${bank.id}`,
    `凭证 / Certificate: ${no} (${certificate.id}), 到期日 / due ${certificate.dueDate}`,
    `转让金额 / Amount assigned: CNY ${displayAmount(amount)} (${amountInWords(amount)})`,
    `年利率 / Rate a year: ${percent(terms.ratePpm)}, ${BASES[terms.basis]}, ${terms.valueDate} – ${terms.endDate}, ${String(terms.days)} 天 / days`,
    `利息 / Interest: CNY ${displayAmount(interest)}, ${terms.interestBearer === 'core' ? '核心企业承担 / borne by the core enterprise' : '转让方承担 / borne by the assignor'}`,
    ...(fees.length > 0 ? [`费用 / Fees: ${fees.join('; ')}`] : []),
    `净额 / Net amount paid: CNY ${displayAmount(net)} (${amountInWords(net)})`,
    `综合年化成本 / All-in cost a year: ${percent(terms.aprPpm)}`,
    terms.recourse ? '有追索权 / With recourse (民法典 766)' : '无追索权 / Without recourse (民法典 767)',
    '自资金方付款之日起，凭证随之转让。 / The certificate passes with the payment of the net amount.',
  ].join('\n');
}

/** Hash of the agreement's text, by which the ledger names it. */
export const agreementHash = (text: string): string => sha256Hex(new TextEncoder().encode(text));
