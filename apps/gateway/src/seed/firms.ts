import type { MemberKind } from '@tallystick/protocol';

/** An invented firm of the trial; the names say so, the credit codes have right check characters. */
export interface PlannedFirm {
  uscc: string;
  name: string;
  nameEn: string;
  kinds: MemberKind[];
  /** Organisation that runs the firm's peer. */
  host: string;
  group: string | null;
  /** Up to this amount one person signs alone; CNY. */
  soloLimit: string;
}

const supplier = (uscc: string, name: string, nameEn: string, soloLimit = '0'): PlannedFirm => ({
  uscc,
  name,
  nameEn,
  kinds: ['SUPPLIER'],
  host: 'OperatorMSP',
  group: null,
  soloLimit,
});

const jingwei = (uscc: string, name: string, nameEn: string): PlannedFirm => ({
  uscc,
  name,
  nameEn,
  kinds: ['CORE'],
  host: 'CoreMSP',
  group: 'jingwei',
  soloLimit: '0',
});

const bank = (host: string, uscc: string, name: string, nameEn: string): PlannedFirm => ({
  uscc,
  name,
  nameEn,
  kinds: ['BANK'],
  host,
  group: null,
  soloLimit: '0',
});

/** Who trades: by the first part of their people's user names. Three tiers of suppliers, the last digit names the tier. */
export const FIRMS = {
  river: bank('BankAMSP', '91110000MA00BNKA1Y', '示例江河银行股份有限公司', 'Sample River Bank'),
  mountain: bank('BankBMSP', '91310000MA00BNKB1D', '示例山岳银行股份有限公司', 'Sample Mountain Bank'),
  jingwei: jingwei('91440300MA00JWG015', '示例经纬装备集团股份有限公司', 'Sample Jingwei Equipment Group'),
  drive: jingwei('91440300MA00JWD027', '示例经纬传动科技有限公司', 'Sample Jingwei Drivetrain'),
  casting1: supplier('91320200MA00T1A01R', '示例铸诚铸造有限公司', 'Sample Casting Works'),
  bearing1: supplier('91330200MA00T1B02N', '示例滚珠轴承制造有限公司', 'Sample Ball Bearings'),
  control1: supplier('91420100MA00T1C03W', '示例明电控制技术有限公司', 'Sample Electric Controls'),
  steel2: supplier('91370200MA00T2A04Y', '示例北钢材料贸易有限公司', 'Sample Steel Trading'),
  fastener2: supplier('91410100MA00T2B05G', '示例紧固件制造有限公司', 'Sample Fasteners', '50000.00'),
  freight2: supplier('91500000MA00T2C06N', '示例长路物流有限公司', 'Sample Long Road Freight', '50000.00'),
  mould3: supplier('91610100MA00T3A07M', '示例精密模具加工厂', 'Sample Precision Moulds', '100000.00'),
  pack3: supplier('91350200MA00T3B080', '示例青竹包装材料厂', 'Sample Bamboo Packaging', '100000.00'),
  regulator: {
    uscc: '11110000MA00REG097',
    name: '示例市地方金融管理局',
    nameEn: 'Sample City Financial Authority',
    kinds: ['REGULATOR'],
    host: 'OperatorMSP',
    group: null,
    soloLimit: '0',
  },
} as const satisfies Record<string, PlannedFirm>;

export type FirmName = keyof typeof FIRMS;

/** People of a firm: user names, and what each may do. Those who only look have no key. */
export function peopleOf(
  firm: FirmName,
): { user: string; roles: ('maker' | 'checker' | 'risk' | 'viewer' | 'admin')[] }[] {
  const kinds: readonly MemberKind[] = FIRMS[firm].kinds;
  return [
    { user: `${firm}.maker`, roles: ['maker', 'admin'] },
    { user: `${firm}.checker`, roles: ['checker'] },
    ...(kinds.includes('BANK') ? [{ user: `${firm}.risk`, roles: ['risk' as const] }] : []),
    { user: `${firm}.viewer`, roles: ['viewer'] },
  ];
}
