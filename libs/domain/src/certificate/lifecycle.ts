import type { Lifecycle } from '../lifecycle';

export type CertificateStatus = 'offered' | 'active' | 'declined' | 'withdrawn' | 'settled';
export type CertificateAction = 'accept' | 'decline' | 'withdraw' | 'settle';

/** The debtor's promise. Lapsed, due, overdue and part paid are no states: they follow from dates and payments. */
export const certificateLifecycle: Lifecycle<CertificateStatus, CertificateAction> = {
  noun: 'certificate',
  initial: 'offered',
  refusal: 'CERTIFICATE_STATE',
  states: {
    offered: { zh: '待签收', en: 'offered' },
    active: { zh: '生效', en: 'active' },
    declined: { zh: '已拒收', en: 'declined' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    settled: { zh: '已结清', en: 'settled' },
  },
  edges: [
    { action: 'accept', from: ['offered'], to: 'active', by: 'first creditor, in time' },
    { action: 'decline', from: ['offered'], to: 'declined', by: 'first creditor, in time' },
    { action: 'withdraw', from: ['offered'], to: 'withdrawn', by: 'issuer, in time' },
    { action: 'settle', from: ['active'], to: 'settled', by: 'paying bank, once all is paid and credited' },
  ],
};
