import type { problem as en } from '../en/problem';
import type { Shape } from '../messages';

export const problem = {
  GATEWAY_AWAY: '无法连接网关。据我们所知没有任何变更，请稍后再试。',
  ANSWER_UNREADABLE: '无法读取网关的答复。据我们所知没有任何变更，请稍后再试。',
  CRYPTO_MISSING: '此页面无法签名：浏览器只允许 https 地址或本机页面签名。',
  WRONG_PASSWORD: '密码不能打开您的密钥。',
  NO_KEY: '您没有签名密钥，请向本单位管理员申请。',
  NOT_AS_ASKED: '待签内容与申请不一致（%{field}）。请勿签名，并告知运营方。',
  unexpected: '页面出现问题。据我们所知没有任何变更，请刷新后重试。',
  rule: '依据：%{rule}',
  reference: '编号：%{id}',
  again: '重试',
} satisfies Shape<typeof en>;
