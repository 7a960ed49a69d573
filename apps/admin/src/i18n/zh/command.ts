import type { command as en } from '../en/command';
import type { Shape } from '../messages';

export const command = {
  reason: '理由',
  reasonNeeded: '请说明理由',
  go: '下一步：核对',
} satisfies Shape<typeof en>;
