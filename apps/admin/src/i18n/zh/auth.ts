import type { auth as en } from '../en/auth';
import type { Shape } from '../messages';

export const auth = {
  title: '登录',
  user: '用户名',
  password: '密码',
  enter: '登录',
  busy: '正在打开您的密钥…',
  note: '密码和签名密钥不会离开此浏览器。',
  apply: '申请入网',
  needUser: '请输入用户名',
  needPassword: '请输入密码',
  unlock: {
    title: '请输入密码以签名',
    explain: '签名密钥只在页面打开期间保存于内存；刷新后需用密码重新打开。',
    open: '打开密钥',
  },
} satisfies Shape<typeof en>;
