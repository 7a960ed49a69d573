import type { RefusalCode } from './codes';

/** What a code means to people and to HTTP. Placeholders in braces are filled from the refusal's details. */
export interface RefusalEntry {
  status: 400 | 403 | 404 | 409 | 422 | 503;
  zh: string;
  en: string;
  /** The law, rule-pack entry or ledger rule behind it. */
  rule?: string;
}

/** One entry per code; the compiler sees to it that none is missing. */
export const REFUSAL_CATALOGUE: Readonly<Record<RefusalCode, RefusalEntry>> = {
  BAD_INPUT: { status: 400, zh: '输入的内容不符合要求', en: 'The input is not valid' },
  WRONG_NETWORK: { status: 422, zh: '该指令不是为本网络签署的', en: 'The instruction was signed for another network' },
  CLOCK_SKEW: {
    status: 409,
    zh: '交易时间与节点时钟相差超过五分钟',
    en: 'The transaction time is more than five minutes off the clock',
  },
  RULE_PACK_UNKNOWN: { status: 422, zh: '未知或尚未生效的规则版本', en: 'The rule pack is unknown or not in force' },
  NOT_A_MEMBER: { status: 403, zh: '该企业不是本网络成员', en: 'The firm is not a member of this network' },
  MEMBER_SUSPENDED: { status: 403, zh: '成员 {memberId} 已被暂停', en: 'Member {memberId} is suspended' },
  MEMBER_KIND: {
    status: 403,
    zh: '成员 {memberId} 不具有所需身份 {neededKind}',
    en: 'Member {memberId} is not a {neededKind}',
  },
  SIG_REQUIRED: { status: 403, zh: '缺少成员签名', en: "The member's signature is missing" },
  KEY_UNKNOWN: { status: 403, zh: '签名密钥 {keyId} 未登记', en: 'Signing key {keyId} is not registered' },
  KEY_REVOKED: { status: 403, zh: '签名密钥 {keyId} 已吊销', en: 'Signing key {keyId} is revoked' },
  SIG_INVALID: { status: 403, zh: '签名无效', en: 'The signature is not valid' },
  INSTRUCTION_EXPIRED: {
    status: 409,
    zh: '指令的签名已过有效期，请重新签署',
    en: 'The signed instruction is out of its lifetime; sign again',
  },
  ROLE_MISSING: { status: 403, zh: '缺少 {role} 角色的签名', en: 'A signature of role {role} is missing' },
  SAME_PERSON: { status: 403, zh: '经办与复核必须由不同的人完成', en: 'Maker and checker must be different people' },
  INSTRUCTION_ID_REUSED: {
    status: 422,
    zh: '该指令编号已用于另一内容',
    en: 'This instruction id was used for other content',
  },
  INSTRUCTION_VOIDED: { status: 409, zh: '该指令已作废', en: 'The instruction was voided' },
  EXPECTATION_FAILED: {
    status: 409,
    zh: '签署时所见的记录已发生变化，请刷新后重试',
    en: 'A record changed since it was signed; reload and sign again',
  },
  OPENING_MISMATCH: {
    status: 422,
    zh: '所示内容与账本上的承诺不符',
    en: 'What is shown does not match the commitment on the ledger',
  },
  COLLECTION_FORBIDDEN: {
    status: 403,
    zh: '无权读取该机构的私有数据',
    en: 'This private collection is not yours to read',
  },
  COUNTERFEIT: { status: 409, zh: '该记录未通过来源核验', en: 'The record does not stem from valid instructions' },
  ENDORSER_MISSING: { status: 503, zh: '必需的背书机构未参与', en: 'An organisation that must endorse is missing' },

  RECORD_NOT_FOUND: { status: 404, zh: '未找到该记录', en: 'The record was not found' },
  RECORD_EXISTS: { status: 409, zh: '该记录已存在', en: 'The record exists already' },

  USCC_INVALID: {
    status: 422,
    zh: '统一社会信用代码校验位不正确',
    en: 'The unified social credit code is not valid',
    rule: 'GB 32100-2015',
  },
  KEYS_INCOMPLETE: {
    status: 422,
    zh: '成员至少需要由两人分别持有的经办密钥和复核密钥',
    en: 'A member needs a maker key and a checker key of two people',
  },
  KEY_EXISTS: { status: 409, zh: '密钥 {keyId} 已登记', en: 'Key {keyId} is registered already' },
  LAST_KEY: { status: 409, zh: '不能吊销成员的最后一把密钥', en: 'The last key of a member cannot be revoked' },
  SOLO_LIMIT_TOO_HIGH: {
    status: 422,
    zh: '单人签署限额不得超过 {maxFen} 元',
    en: 'The limit for a single signature is at most {maxFen} CNY',
    rule: 'rule pack: soloLimitMaxFen',
  },

  TOO_MANY_CERTIFICATES: {
    status: 422,
    zh: '一次最多开立 {max} 张凭证',
    en: 'At most {max} certificates are issued at a time',
    rule: 'rule pack: maxIssueBatch',
  },
  ISSUER_OVERDUE: {
    status: 409,
    zh: '开立方有逾期未付的凭证，付清之前不得新开',
    en: 'The issuer has an overdue certificate and may not issue until it is paid',
    rule: '银发〔2025〕77号 art 15',
  },
  FACE_OUT_OF_RANGE: {
    status: 422,
    zh: '面额须在 {minFen} 至 {maxFen} 元之间',
    en: 'The face must be between {minFen} and {maxFen} CNY',
    rule: 'rule pack: faceMinFen, faceMaxFen',
  },
  RECEIVER_IS_ISSUER: { status: 422, zh: '不能向自己开立凭证', en: 'A certificate cannot be issued to its issuer' },
  DUE_DATE_PAST: {
    status: 422,
    zh: '到期日 {dueDate} 过早，最早为 {earliest}',
    en: 'Due date {dueDate} is too early; the first possible is {earliest}',
  },
  TENOR_EXCEEDED: {
    status: 422,
    zh: '期限超过上限：到期日最晚为 {latest}',
    en: 'The tenor is too long: the latest due date is {latest}',
    rule: '银发〔2025〕77号 art 11',
  },
  TENOR_NEEDS_REVIEW: {
    status: 422,
    zh: '到期日晚于 {latestWithoutReview}，须书面说明理由并经授信银行风险审核签名',
    en: 'A due date after {latestWithoutReview} needs a written reason and the risk signature of the bank of the line',
    rule: '银发〔2025〕77号 art 11',
  },
  DUE_DATE_NOT_BUSINESS_DAY: {
    status: 422,
    zh: '到期日 {dueDate} 不是工作日，下一工作日为 {nextBusinessDay}',
    en: 'Due date {dueDate} is no business day; the next one is {nextBusinessDay}',
  },
  NOT_ISSUER: { status: 403, zh: '只有开立方可以这样做', en: 'Only the issuer may do this' },
  NOT_RECEIVER: { status: 403, zh: '只有接收方可以这样做', en: 'Only the receiver may do this' },
  CERTIFICATE_STATE: {
    status: 409,
    zh: '凭证当前状态 {state} 不允许此操作',
    en: 'The certificate is {state}, which does not allow this',
  },
  WINDOW_OVER: {
    status: 409,
    zh: '签收期限已于 {until} 结束',
    en: 'The time to accept ended at {until}',
    rule: 'rule pack: acceptanceDays',
  },
  CERTIFICATE_SETTLING: {
    status: 409,
    zh: '凭证正在清分，暂不能变动',
    en: 'The certificate is being paid out; nothing on it moves until then',
  },
  NOT_OVERDUE: { status: 409, zh: '凭证并未逾期', en: 'The certificate is not overdue' },

  LINE_NOT_OWN: { status: 403, zh: '该开立额度不属于此开立方', en: "The credit line is not this issuer's" },
  WITNESS_NOT_INDEPENDENT: {
    status: 422,
    zh: '{organisation} 不是独立于开立方和平台的权威机构',
    en: '{organisation} is not an authority independent of the issuer and the operator',
    rule: 'ledger: witness and stand-in',
  },
  LINE_EXPIRED: { status: 409, zh: '开立额度已于 {until} 到期', en: 'The credit line expired on {until}' },
  LINE_EXCEEDED: {
    status: 409,
    zh: '额度不足：需要 {neededFen} 元，可用 {availableFen} 元',
    en: 'The credit line is too small: {neededFen} needed, {availableFen} CNY available',
  },
  RELEASE_EXCEEDS_USED: {
    status: 409,
    zh: '释放金额 {releaseFen} 元超过已用额度 {usedFen} 元',
    en: 'Releasing {releaseFen} CNY is more than the {usedFen} in use',
  },

  INVOICE_NOT_DELIVERED: {
    status: 422,
    zh: '凭证不得基于预付款：货物须已于开立前交付',
    en: 'Not on prepayment: the goods must have been delivered before issue',
  },
  INVOICE_MISMATCH: {
    status: 409,
    zh: '发票金额与此前登记的 {grossFen} 元不一致',
    en: 'The invoice amount differs from the {grossFen} CNY recorded before',
  },
  INVOICE_OCCUPIED: { status: 409, zh: '发票金额已全部被占用', en: 'The invoice is used up' },
  INVOICE_OVERCLAIMED: {
    status: 409,
    zh: '占用金额 {claimFen} 元超过发票可用金额 {availableFen} 元',
    en: 'The claim of {claimFen} CNY exceeds the {availableFen} left on the invoice',
  },
  FACE_NOT_BACKED: {
    status: 422,
    zh: '面额 {faceFen} 元与所占用发票金额 {claimedFen} 元不一致',
    en: 'The face of {faceFen} CNY differs from the {claimedFen} claimed on invoices',
    rule: '银发〔2025〕77号 (real trade)',
  },

  NOT_OWNER: { status: 403, zh: '只有持有人可以这样做', en: 'Only the owner may do this' },
  HOLDING_ALREADY_SPENT: { status: 409, zh: '该持有凭证已被使用', en: 'The holding has been spent already' },
  HOLDING_LOCKED: { status: 409, zh: '该持有凭证已被锁定', en: 'The holding is locked by another order' },
  IN_BLACKOUT: {
    status: 409,
    zh: '自 {from} 起至到期日不能流转或融资',
    en: 'From {from} to the due date nothing is transferred or financed',
    rule: 'rule pack: blackoutBusinessDays',
  },
  DEPTH_EXCEEDED: {
    status: 409,
    zh: '流转层级已达上限 {maxDepth}',
    en: 'The holding has changed owner {maxDepth} times, the most allowed',
    rule: 'rule pack: maxDepth',
  },
  TOO_MANY_PIECES: {
    status: 422,
    zh: '一次最多拆给 {max} 个接收方',
    en: 'At most {max} receivers at a time',
    rule: 'rule pack: maxReceivers',
  },
  RECEIVER_IS_OWNER: { status: 422, zh: '接收方不能是持有人自己', en: 'The receiver is the owner' },
  AMOUNT_TOO_SMALL: { status: 422, zh: '金额必须大于零', en: 'The amount must be more than zero' },
  AMOUNT_EXCEEDS_HOLDING: {
    status: 422,
    zh: '金额 {requestedFen} 元超过可用金额 {availableFen} 元',
    en: '{requestedFen} CNY is more than the {availableFen} available',
  },
  OVERDUE_MOVES_WHOLE: {
    status: 409,
    zh: '逾期或已部分兑付的持有凭证只能整张流转，不能拆分',
    en: 'An overdue or part-paid holding moves whole and is not cut',
  },
  HOLDING_TOO_SMALL: {
    status: 422,
    zh: '拆出的 {pieceFen} 元低于最小持有金额 {smallestFen} 元',
    en: 'A piece of {pieceFen} CNY is below the smallest holding of {smallestFen}',
    rule: 'rule pack: smallestHoldingFen, maxHoldings',
  },

  OFFER_STATE: { status: 409, zh: '流转申请当前状态为 {state}', en: 'The offer is {state}' },
  OFFER_OVER: {
    status: 409,
    zh: '流转申请已于 {until} 失效',
    en: 'The offer lapsed at {until}',
    rule: 'rule pack: offerBusinessDays',
  },

  NOT_INVITED: {
    status: 403,
    zh: '该银行未受邀或未被选中',
    en: 'The bank is not invited to, or not chosen for, this financing',
  },
  ORDER_STATE: { status: 409, zh: '该业务当前状态为 {state}', en: 'The order is {state}' },
  ORDER_OVER: { status: 409, zh: '融资申请已于 {until} 失效', en: 'The application lapsed at {until}' },
  QUOTE_STATE: { status: 409, zh: '报价当前状态为 {state}', en: 'The quote is {state}' },
  QUOTE_EXPIRED: {
    status: 409,
    zh: '报价已于 {until} 失效',
    en: 'The quote lapsed at {until}',
    rule: 'rule pack: quoteValidBusinessDays',
  },
  QUOTE_ARITHMETIC: {
    status: 422,
    zh: '报价的 {item} 与计算结果 {expected} 不符',
    en: 'The quote’s {item} is not the computed {expected}',
  },
  QUOTE_WITHOUT_NET: { status: 422, zh: '扣除利息和费用后没有净额', en: 'Interest and fees leave nothing to pay out' },
  DECIDE_BY_PASSED: {
    status: 409,
    zh: '银行审批期限已于 {until} 结束',
    en: "The bank's time to decide or sign ended at {until}",
    rule: 'rule pack: decideBusinessDays',
  },
  AGREEMENT_OVER: { status: 409, zh: '融资协议已于 {until} 失效', en: 'The agreement lapsed at {until}' },
  CHECKLIST_INCOMPLETE: { status: 422, zh: '审批清单未完成：{item}', en: 'The checklist is not complete: {item}' },
  SIGNING_OUT_OF_ORDER: {
    status: 409,
    zh: '须先由持有人、后由银行签署协议',
    en: 'The owner signs the agreement first, the bank second',
  },
  RECEIPT_REQUIRED: { status: 422, zh: '缺少付款回执', en: 'A receipt of the payment is required' },
  RECEIPT_NOT_INDEPENDENT: {
    status: 403,
    zh: '付款回执不能由资金方自己出具',
    en: "The receipt may not be the financier's own",
  },
  RECEIPT_MISMATCH: { status: 422, zh: '回执与应付内容不符', en: 'The receipt does not match what was to be paid' },

  NOT_PAYING_BANK: {
    status: 403,
    zh: '只有该凭证的付款银行可以办理',
    en: "Only the certificate's paying bank may do this",
  },
  SETTLEMENT_TOO_EARLY: {
    status: 409,
    zh: '最早可于 {from} 准备兑付',
    en: 'Settlement may be prepared from {from}',
    rule: 'rule pack: prepareBusinessDays',
  },
  SETTLEMENT_STATE: { status: 409, zh: '清分当前状态为 {state}', en: 'The settlement is {state}' },
  FUNDS_EXCEED_OUTSTANDING: {
    status: 422,
    zh: '到账 {receivedFen} 元超过应付 {owedFen} 元',
    en: '{receivedFen} CNY is more than the {owedFen} owed',
  },
  PAGE_OUT_OF_ORDER: {
    status: 409,
    zh: '清分页次序有误，应为第 {expected} 页',
    en: 'Allocation pages come in order; page {expected} is next',
  },
  ALLOCATION_MISMATCH: {
    status: 422,
    zh: '清分明细与应付余额不符',
    en: 'The allocation does not match what is outstanding',
  },
  LINE_STATE: { status: 409, zh: '清分明细当前状态为 {state}', en: 'The payout is {state}' },
};
