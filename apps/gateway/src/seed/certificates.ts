import type { Act, PlannedCertificate } from './plan';
import { SETTLED } from './settled';

const accept: Act = { do: 'accept' };

/** Came to nothing: declined, withdrawn, never answered. */
const ENDED: PlannedCertificate[] = [
  {
    line: 'jingweiRiver',
    creditor: 'control1',
    goods: '编码器',
    nets: ['265486.73'],
    issued: -110,
    due: -20,
    acts: [[-110, { do: 'decline', because: '金额与对账单不符，请按实际交付数量重新开立' }]],
  },
  {
    line: 'jingweiMountain',
    creditor: 'casting1',
    goods: '机座铸件',
    nets: ['482300.88'],
    issued: -96,
    due: 10,
    acts: [[-96, { do: 'withdraw' }]],
  },
  {
    line: 'jingweiRiver',
    creditor: 'bearing1',
    goods: '推力轴承',
    nets: ['157522.12'],
    issued: -82,
    due: 20,
    acts: [],
  },
];

/** Payment is the matter: overdue, partly paid, due this week. */
const DUE: PlannedCertificate[] = [
  {
    line: 'driveRiver',
    creditor: 'casting1',
    goods: '联轴器壳体',
    nets: ['394690.27'],
    issued: -96,
    due: { after: -12 },
    acts: [[-96, accept]],
  },
  {
    line: 'driveRiver',
    creditor: 'control1',
    goods: '转速传感器',
    nets: ['512389.38'],
    issued: -82,
    due: { after: -19 },
    acts: [
      [-82, accept],
      [-68, { do: 'pass', from: 'control1', to: [['pack3', '37260.15']] }],
      [-19, { do: 'pay', amount: '180000.00' }],
    ],
  },
  {
    line: 'driveRiver',
    creditor: 'bearing1',
    goods: '输出轴轴承',
    nets: ['328318.58'],
    issued: -68,
    due: { after: 0 },
    acts: [[-68, accept]],
  },
  {
    line: 'jingweiMountain',
    creditor: 'casting1',
    goods: '齿圈毛坯',
    nets: ['876106.19', '203539.82'],
    issued: -54,
    due: 4,
    acts: [
      [-54, accept],
      [-40, { do: 'pass', from: 'casting1', to: [['steel2', '452160.90']] }],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'control1',
    goods: '变桨控制器',
    nets: ['1217699.12'],
    issued: -68,
    due: 3,
    acts: [
      [-68, accept],
      [0, { do: 'pay', amount: '500000.00' }],
    ],
  },
];

/** In the hands of suppliers of all tiers and of both banks. */
const ACTIVE: PlannedCertificate[] = [
  {
    line: 'jingweiRiver',
    creditor: 'casting1',
    goods: '塔筒法兰铸件',
    nets: ['2654867.26'],
    issued: -54,
    due: 25,
    acts: [
      [-54, accept],
      [
        -40,
        {
          do: 'pass',
          from: 'casting1',
          to: [
            ['steel2', '1180340.25'],
            ['fastener2', '236800.00'],
          ],
        },
      ],
      [
        -33,
        {
          do: 'pass',
          from: 'steel2',
          to: [
            ['mould3', '214750.60'],
            ['pack3', '58300.00'],
          ],
        },
      ],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'bearing1',
    goods: '偏航轴承',
    nets: ['1769911.50', '884955.75'],
    issued: -40,
    due: 40,
    acts: [
      [-40, accept],
      [-33, { do: 'finance', owner: 'bearing1', amount: '1200000.00', rates: { river: '3.90' } }],
      [-26, { do: 'finance', owner: 'bearing1', amount: '900000.00', rates: { river: '4.05', mountain: '3.75' } }],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'control1',
    goods: '主控系统',
    nets: ['3097345.13'],
    issued: -40,
    due: 60,
    acts: [
      [-40, accept],
      [-33, { do: 'finance', owner: 'control1', rates: { mountain: '3.85' } }],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'casting1',
    goods: '底座铸件',
    nets: ['1415929.20'],
    issued: -33,
    due: 75,
    acts: [
      [-33, accept],
      [-26, { do: 'pass', from: 'casting1', to: [['freight2', '402118.36']] }],
      [-19, { do: 'finance', owner: 'freight2', rates: { river: '4.20', mountain: '4.35' } }],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'bearing1',
    goods: '齿轮箱轴承',
    nets: ['938053.10'],
    issued: -26,
    due: 90,
    acts: [
      [-26, accept],
      [-19, { do: 'pass', from: 'bearing1', to: [['steel2', '318440.00']] }],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'control1',
    goods: '并网变流器',
    nets: ['2212389.38', '309734.51'],
    issued: -26,
    due: 110,
    acts: [
      [-26, accept],
      [-19, { do: 'pass', from: 'control1', to: [['fastener2', '168920.45']] }],
      [-12, { do: 'pass', from: 'fastener2', to: [['pack3', '26480.90']] }],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'casting1',
    goods: '箱盖铸件',
    nets: ['769911.50'],
    issued: -19,
    due: 120,
    acts: [[-19, accept]],
  },
  {
    line: 'jingweiMountain',
    creditor: 'bearing1',
    goods: '高速轴轴承',
    nets: ['654867.26'],
    issued: -4,
    due: 165,
    acts: [[-4, accept]],
  },
];

/** Somebody has to answer now. */
const WAITING: PlannedCertificate[] = [
  {
    line: 'jingweiRiver',
    creditor: 'bearing1',
    goods: '直线导轨',
    nets: ['1053097.35'],
    issued: -12,
    due: 135,
    acts: [
      [-12, accept],
      [0, { do: 'pass', from: 'bearing1', to: [['fastener2', '275600.00']], pending: true }],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'control1',
    goods: '电池储能变流器',
    nets: ['1858407.08'],
    issued: -12,
    due: 150,
    acts: [
      [-12, accept],
      [
        0,
        {
          do: 'finance',
          owner: 'control1',
          amount: '1500000.00',
          rates: { river: '3.95', mountain: '3.70' },
          until: 'quoted',
        },
      ],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'casting1',
    goods: '轮毂铸件',
    nets: ['1327433.63'],
    issued: -6,
    due: 160,
    acts: [
      [-6, accept],
      [0, { do: 'finance', owner: 'casting1', amount: '800000.00', rates: { river: '3.80' }, until: 'approved' }],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'control1',
    goods: '机舱控制柜',
    nets: ['977876.11'],
    issued: -2,
    due: 168,
    acts: [],
  },
  {
    line: 'jingweiMountain',
    creditor: 'casting1',
    goods: '行星架铸件',
    nets: ['530973.45', '176991.15'],
    issued: 0,
    due: 170,
    acts: [],
  },
  {
    line: 'jingweiRiver',
    creditor: 'bearing1',
    goods: '发电机轴承',
    nets: ['845132.74'],
    issued: 0,
    due: 95,
    acts: [],
  },
];

/** The trial's trade of five months: thirty certificates, in every state that one can be in. */
export const CERTIFICATES: readonly PlannedCertificate[] = [...SETTLED, ...ENDED, ...DUE, ...ACTIVE, ...WAITING];

/** Made and signed by the maker today; its checker finds it in the inbox. */
export const FOR_THE_CHECKER: PlannedCertificate = {
  line: 'jingweiMountain',
  creditor: 'control1',
  goods: '安全链控制模块',
  nets: ['416814.16'],
  issued: 0,
  due: 60,
  acts: [],
};
