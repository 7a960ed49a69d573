/** What can go wrong at the door, before any rule of the trade is asked; the trade's refusals are in `libs/domain`. */
export const PROBLEMS = {
  BAD_INPUT: { status: 400, zh: '输入的内容不符合要求', en: 'The input is not valid' },
  JSON_MALFORMED: { status: 400, zh: '请求内容不是有效的 JSON', en: 'The request is not valid JSON' },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    zh: '缺少请求头 Idempotency-Key（8 至 128 位字母、数字或连字符）',
    en: 'The header Idempotency-Key is missing (8 to 128 letters, digits or hyphens)',
  },
  UNAUTHENTICATED: { status: 401, zh: '请先登录', en: 'Please sign in' },
  LOGIN_FAILED: { status: 401, zh: '用户名或密码不正确', en: 'The user name or password is not right' },
  FORBIDDEN: { status: 403, zh: '您的角色无权进行此操作', en: 'Your role does not allow this' },
  ORIGIN_FORBIDDEN: { status: 403, zh: '不接受来自其他网站的请求', en: 'Requests from other sites are not accepted' },
  NOT_FOUND: { status: 404, zh: '未找到所请求的内容', en: 'Nothing was found here' },
  METHOD_NOT_ALLOWED: { status: 405, zh: '此地址不支持该请求方法', en: 'This address does not support the method' },
  IN_PROGRESS: {
    status: 409,
    zh: '相同的请求仍在处理中，请稍后再试',
    en: 'The same request is still being worked on; try again shortly',
  },
  BODY_TOO_LARGE: { status: 413, zh: '请求内容过大，上限为 1 MB', en: 'The request is too large; the limit is 1 MB' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    zh: '请求内容须为 application/json',
    en: 'The request must be application/json',
  },
  FORM_MISMATCH: {
    status: 422,
    zh: '签署的内容与表单不一致',
    en: 'What was signed is not what the form says',
  },
  XML_DOCTYPE: {
    status: 422,
    zh: '不接受含有 DOCTYPE 或实体声明的 XML 文件',
    en: 'XML with a DOCTYPE or entity declaration is not accepted',
  },
  XML_MALFORMED: { status: 422, zh: '文件不是格式正确的 XML', en: 'The file is not well-formed XML' },
  NOT_AN_INVOICE: {
    status: 422,
    zh: '文件不是 UBL 2.1 发票或贷记单',
    en: 'The file is no UBL 2.1 invoice or credit note',
  },
  TOO_MANY_REQUESTS: { status: 429, zh: '请求过于频繁，请稍后再试', en: 'Too many requests; try again later' },
  INTERNAL: {
    status: 500,
    zh: '系统内部错误，已记录，编号见 instance',
    en: 'Something broke on our side; it was recorded under the id in instance',
  },
  UNAVAILABLE: { status: 503, zh: '服务暂不可用，请稍后再试', en: 'The service is not available; try again shortly' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
