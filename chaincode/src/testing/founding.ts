import { signAdmission, type AdmissionSignature, type Random } from '@tallystick/protocol';
import { newFirm, type Firm, type FirmInput } from './firm';

/** The firms of the consortium. Suppliers are hosted by the operator. */
export interface Firms {
  operator: Firm;
  core: Firm;
  subsidiary: Firm;
  bankA: Firm;
  bankB: Firm;
  suppliers: Firm[];
}

const INPUTS = {
  operator: {
    code: '91110000MA00PLT01',
    name: '示例平台运营有限公司',
    kinds: ['OPERATOR'],
    host: 'OperatorMSP',
    index: 0,
  },
  core: {
    code: '91110000MA00CRE01',
    name: '示例核心制造集团',
    kinds: ['CORE'],
    host: 'CoreMSP',
    index: 0,
    group: 'core-group',
  },
  subsidiary: {
    code: '91110000MA00CRE02',
    name: '示例核心零部件公司',
    kinds: ['CORE', 'SUPPLIER'],
    host: 'CoreMSP',
    index: 1,
    group: 'core-group',
  },
  bankA: { code: '91110000MA00BNK01', name: '示例甲银行', kinds: ['BANK'], host: 'BankAMSP', index: 0 },
  bankB: { code: '91110000MA00BNK02', name: '示例乙银行', kinds: ['BANK'], host: 'BankBMSP', index: 0 },
} satisfies Record<string, FirmInput>;

const SUPPLIERS: FirmInput[] = [1, 2, 3, 4].map((number) => ({
  code: `91310000MA00UP10${number}`,
  name: `示例供应商${number}号`,
  kinds: ['SUPPLIER'],
  host: 'OperatorMSP',
  index: number,
}));

export function foundingFirms(addedAt: string, random: Random): Firms {
  const make = (input: FirmInput): Firm => newFirm(input, addedAt, random);
  return {
    operator: make(INPUTS.operator),
    core: make(INPUTS.core),
    subsidiary: make(INPUTS.subsidiary),
    bankA: make(INPUTS.bankA),
    bankB: make(INPUTS.bankB),
    suppliers: SUPPLIERS.map(make),
  };
}

/** One more supplier, not admitted yet. */
export function newcomer(addedAt: string, random: Random, index: number, change: Partial<FirmInput> = {}): Firm {
  const input: FirmInput = {
    code: '91440300MA00UP2B0',
    name: '示例新供应商',
    kinds: ['SUPPLIER'],
    host: 'OperatorMSP',
    index,
    ...change,
  };
  return newFirm(input, addedAt, random);
}

/** Every key of a firm signs the firm's record. */
export function signFounding({ record, signers }: Firm): Promise<AdmissionSignature[]> {
  const keys = [...signers].map(([keyId, signer]) => ({ keyId, signer }));
  return Promise.all(keys.map((key) => signAdmission(record, key)));
}
