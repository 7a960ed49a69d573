import type { Language } from '@tallystick/domain';
import type { CallName } from '@tallystick/protocol';

/** What a call did, for people; {by} is the member who signed, or "somebody" where the reader may not know. */
const WORDS: Partial<Record<CallName, { zh: string; en: string }>> = {
  'certificate.issueMany': { zh: '{by}开立凭证', en: '{by} issued the certificate' },
  'certificate.accept': { zh: '{by}签收凭证', en: '{by} accepted the certificate' },
  'certificate.decline': { zh: '{by}拒收凭证', en: '{by} declined the certificate' },
  'certificate.withdraw': { zh: '{by}撤回凭证', en: '{by} withdrew the certificate' },
  'certificate.reportOverdue': { zh: '登记逾期', en: 'reported as overdue' },
  'line.release': { zh: '额度恢复', en: 'the credit line was given back' },
  'transfer.offer': { zh: '{by}提出流转', en: '{by} offered to pass a part on' },
  'transfer.accept': { zh: '{by}签收流转', en: '{by} accepted the transfer' },
  'transfer.decline': { zh: '{by}拒收流转', en: '{by} declined the transfer' },
  'transfer.withdraw': { zh: '{by}撤回流转', en: '{by} withdrew the transfer' },
  'financing.apply': { zh: '{by}申请融资', en: '{by} applied for financing' },
  'financing.invite': { zh: '{by}邀请银行报价', en: '{by} invited a bank to quote' },
  'financing.quote': { zh: '{by}报价', en: '{by} quoted' },
  'financing.withdrawQuote': { zh: '{by}撤回报价', en: '{by} withdrew its quote' },
  'financing.refuse': { zh: '{by}不报价', en: '{by} will not quote' },
  'financing.acceptQuote': { zh: '{by}接受报价', en: '{by} accepted a quote' },
  'financing.approve': { zh: '{by}审批通过', en: '{by} approved' },
  'financing.sign': { zh: '{by}签署协议', en: '{by} signed the agreement' },
  'financing.disburse': { zh: '{by}放款', en: '{by} paid out' },
  'financing.withdraw': { zh: '{by}撤回融资申请', en: '{by} withdrew the application' },
  'financing.reject': { zh: '{by}拒绝融资', en: '{by} rejected the application' },
  'settlement.prepare': { zh: '{by}发起兑付', en: '{by} prepared the payment' },
  'settlement.funds': { zh: '兑付资金到账', en: 'the money for payment came in' },
  'settlement.allocate': { zh: '兑付清分', en: 'the payment was allocated' },
  'settlement.credited': { zh: '款项入账', en: 'payments were credited' },
  'settlement.close': { zh: '兑付完成', en: 'the payment was closed' },
};

export function wordsOf(call: string, by: string | null, language: Language): string {
  const template = (WORDS as Record<string, { zh: string; en: string } | undefined>)[call]?.[language] ?? call;
  const words = template.replace('{by}', by ?? (language === 'zh' ? '有一方' : 'somebody '));
  return words.replace(/\s+/g, language === 'zh' && by === null ? '' : ' ').trim();
}
