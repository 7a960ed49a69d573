import type { member as en } from '../en/member';
import type { Shape } from '../messages';

export const member = {
  search: '名称或统一社会信用代码',
  name: '名称',
  nameEn: '英文名称',
  id: '统一社会信用代码',
  lei: 'LEI',
  kinds: '类型',
  group: '所属集团',
  host: '托管机构',
  soloLimit: '单人签名上限',
  status: '状态',
  statuses: { active: '正常', suspended: '停用' },
  facts: '单位信息',
  keys: '签名密钥',
  key: '密钥',
  roles: '角色',
  addedAt: '新增时间',
  revokedAt: '吊销时间',
  empty: '没有找到成员',
  suspend: '停用',
  suspendQuestion: '该单位不能再发起操作；其已签内容不受影响，应得款项照常支付。',
  reinstate: '恢复',
  reinstateQuestion: '该单位可以重新发起操作。',
  setSoloLimit: '变更单人签名上限',
  soloLimitExplain: '不超过此金额的操作，贵单位一人签名即可。留空或填零表示始终须两人。',
} satisfies Shape<typeof en>;
