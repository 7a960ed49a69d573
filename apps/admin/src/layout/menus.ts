import type { MemberKind } from '../api/types';
import type { Text } from '../i18n';

/** One entry of the left menu; `letter` follows `g` on the keyboard. */
export interface MenuEntry {
  to: string;
  label: Text & `frame.${string}`;
  letter: string;
  /** Resource whose page it opens; the entry stays away while nobody has made one. */
  resource?: string;
}

const home: MenuEntry = { to: '/', label: 'frame.home', letter: 'h' };
const operations: MenuEntry = {
  to: '/operations',
  label: 'frame.menu.operations',
  letter: 'o',
  resource: 'operations',
};
const members: MenuEntry = { to: '/members', label: 'frame.menu.members', letter: 'm', resource: 'members' };
const certificates: MenuEntry = {
  to: '/certificates',
  label: 'frame.menu.certificates',
  letter: 'c',
  resource: 'certificates',
};
const settlements: MenuEntry = {
  to: '/settlements',
  label: 'frame.menu.settlements',
  letter: 's',
  resource: 'settlements',
};
const lines: MenuEntry = { to: '/lines', label: 'frame.menu.lines', letter: 'l', resource: 'lines' };
const holdings: MenuEntry = { to: '/holdings', label: 'frame.menu.holdings', letter: 'v', resource: 'holdings' };
const financings: MenuEntry = {
  to: '/financings',
  label: 'frame.menu.financings',
  letter: 'f',
  resource: 'financings',
};
const transfers: MenuEntry = { to: '/transfers', label: 'frame.menu.transfers', letter: 't', resource: 'transfers' };
const payments: MenuEntry = { to: '/payments', label: 'frame.menu.payments', letter: 'p', resource: 'payments' };
const admissions: MenuEntry = {
  to: '/applications',
  label: 'frame.menu.admissions',
  letter: 'a',
  resource: 'applications',
};
const reconciliation: MenuEntry = {
  to: '/reconciliation',
  label: 'frame.menu.reconciliation',
  letter: 'r',
  resource: 'reconciliation',
};
const rulePacks: MenuEntry = { to: '/rule-packs', label: 'frame.menu.rule-packs', letter: 'u', resource: 'rule-packs' };

/** What each kind of member finds on the left: at most eight entries. */
export const MENUS: Record<MemberKind, readonly MenuEntry[]> = {
  CORE: [home, { ...certificates, label: 'frame.menu.issued' }, settlements, lines, payments, members, operations],
  SUPPLIER: [
    home,
    holdings,
    { ...certificates, label: 'frame.menu.received' },
    transfers,
    financings,
    payments,
    members,
    operations,
  ],
  BANK: [
    home,
    { ...financings, label: 'frame.menu.applications' },
    { ...holdings, label: 'frame.menu.portfolio' },
    lines,
    { ...settlements, label: 'frame.menu.collections' },
    payments,
    members,
    operations,
  ],
  OPERATOR: [home, admissions, members, reconciliation, rulePacks, operations],
  REGULATOR: [home, certificates, members, rulePacks],
};
