import type { Language } from '@tallystick/domain';

/** What an invoice file says that a certificate cannot take over, or that a person should look at. */
const NOTICES = {
  CREDIT_NOTE: {
    zh: '这是红字（贷记）单据，不能据以开立凭证',
    en: 'This is a credit note; no certificate is issued on it',
  },
  NEGATIVE_AMOUNT: { zh: '金额 {value} 为负数，未填入', en: 'The amount {value} is negative and was not filled in' },
  AMOUNT_UNREADABLE: {
    zh: '金额 {value} 无法识别，未填入',
    en: 'The amount {value} cannot be read and was not filled in',
  },
  AMOUNT_MISSING: { zh: '文件中没有应付金额', en: 'The file names no payable amount' },
  OTHER_CURRENCY: {
    zh: '发票币种为 {currency}（应付 {value}）；凭证只支持 CNY，金额未填入',
    en: 'The invoice is in {currency} (payable {value}); certificates are in CNY, so no amount was filled in',
  },
  SELLER_NOT_MEMBER: {
    zh: '销售方“{value}”不是本网络成员',
    en: 'The seller "{value}" is not a member of this network',
  },
  BUYER_NOT_MEMBER: { zh: '购买方“{value}”不是本网络成员', en: 'The buyer "{value}" is not a member of this network' },
  BUYER_IS_ANOTHER: { zh: '购买方是“{value}”，不是贵司', en: 'The buyer is "{value}", not your firm' },
  DUE_DATE_MISSING: { zh: '文件中没有到期日', en: 'The file names no due date' },
  DELIVERY_DATE_MISSING: { zh: '文件中没有交货日期，请补充', en: 'The file names no day of delivery; please add it' },
  NUMBER_MISSING: { zh: '文件中没有发票号码', en: 'The file names no invoice number' },
  NUMBER_TOO_LONG: {
    zh: '发票号码 {value} 过长，未填入',
    en: 'The invoice number {value} is too long and was not filled in',
  },
  DATE_UNREADABLE: { zh: '日期 {value} 无法识别，未填入', en: 'The date {value} cannot be read and was not filled in' },
} as const;

export type NoticeCode = keyof typeof NOTICES;

export interface Notice {
  code: NoticeCode;
  /** Path in the issue form that the notice is about. */
  field: string;
  message: string;
}

/** A notice in the reader's language; `value` is what the file says, shown and never swallowed. */
export function notice(
  code: NoticeCode,
  field: string,
  language: Language,
  facts: { value?: string; currency?: string } = {},
): Notice {
  const message = NOTICES[code][language]
    .replaceAll('{value}', (facts.value ?? '').slice(0, 120))
    .replaceAll('{currency}', (facts.currency ?? '').slice(0, 12));
  return { code, field, message };
}
