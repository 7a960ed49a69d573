import type { Act, PlannedCertificate } from './plan';

const accept: Act = { do: 'accept' };
const pay: Act = { do: 'pay' };

/** Settled long ago: plain, passed on, financed by either bank, three tiers deep, and one paid late. */
export const SETTLED: PlannedCertificate[] = [
  {
    line: 'jingweiRiver',
    creditor: 'casting1',
    goods: '减速箱体铸件',
    nets: ['1126947.82'],
    issued: -162,
    due: { after: -110 },
    acts: [
      [-162, accept],
      [-110, pay],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'bearing1',
    goods: '调心滚子轴承',
    nets: ['842300.15', '377815.60'],
    issued: -162,
    due: { after: -96 },
    acts: [
      [-162, accept],
      [-150, { do: 'pass', from: 'bearing1', to: [['steel2', '486420.50']] }],
      [-96, pay],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'control1',
    goods: '变频控制柜',
    nets: ['1984070.80'],
    issued: -150,
    due: { after: -82 },
    acts: [
      [-150, accept],
      [-137, { do: 'finance', owner: 'control1', rates: { river: '3.95', mountain: '4.10' } }],
      [-82, pay],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'casting1',
    goods: '风电轮毂铸件',
    nets: ['2310619.47', '118584.07'],
    issued: -150,
    due: { after: -68 },
    acts: [
      [-150, accept],
      [
        -137,
        {
          do: 'pass',
          from: 'casting1',
          to: [
            ['steel2', '915300.00'],
            ['freight2', '64218.75'],
          ],
        },
      ],
      [-123, { do: 'pass', from: 'steel2', to: [['mould3', '138600.40']] }],
      [-68, pay],
    ],
  },
  {
    line: 'driveRiver',
    creditor: 'bearing1',
    goods: '行星架轴承',
    nets: ['733628.32'],
    issued: -137,
    due: { after: -54 },
    acts: [
      [-137, accept],
      [-54, { do: 'pay', amount: '350000.00' }],
      [-40, pay],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'control1',
    goods: '伺服驱动器',
    nets: ['1504424.78'],
    issued: -137,
    due: { after: -40 },
    acts: [
      [-137, accept],
      [-123, { do: 'finance', owner: 'control1', rates: { mountain: '3.80' } }],
      [-40, pay],
    ],
  },
  {
    line: 'jingweiRiver',
    creditor: 'casting1',
    goods: '行星轮毛坯',
    nets: ['608849.56', '91150.44'],
    issued: -123,
    due: { after: -33 },
    acts: [
      [-123, accept],
      [-33, pay],
    ],
  },
  {
    line: 'jingweiMountain',
    creditor: 'bearing1',
    goods: '主轴轴承',
    nets: ['1368141.59'],
    issued: -110,
    due: { after: -26 },
    acts: [
      [-110, accept],
      [-96, { do: 'pass', from: 'bearing1', to: [['fastener2', '41877.30']] }],
      [-26, pay],
    ],
  },
];
