import { addDays, displayAmount, isBusinessDay, refusalMessage, rollForward, type Refusal } from '@tallystick/domain';
import { MEMBERS } from './cast';
import type { Desk } from './desk';
import { fileOf, ublOf } from './invoice-file';
import { calendarOf, networkOf } from './network';
import { LIMIT, typed } from './plot';
import type { Stage } from './stage';

/** What stands beside an amount that nobody can mean. */
const BAD_AMOUNTS = [
  ['1e3', 'money.shape'],
  ['-1', 'money.shape'],
  ['1.005', 'money.shape'],
  ['0', 'money.zero'],
] as const;

/** What the gateway says of files, in its own words. */
const OF_FILES = {
  zh: { stranger: '不是本网络成员', currency: /EUR.*金额未填入/, doctype: '不接受含有 DOCTYPE' },
  en: { stranger: 'is not a member', currency: /EUR.*no amount was filled in/, doctype: 'DOCTYPE .* is not accepted' },
} as const;

/** Whatever is wrong on the way to a certificate is told where it stands, in the reader's language, and nothing is sent. */
export async function goesWrong(stage: Stage): Promise<void> {
  const core = await stage.coreMaker();
  await core.goTo('frame.menu.issued');
  await core.page
    .getByRole('link', { name: core.say('certificate.issue.open') })
    .first()
    .click();
  await takesNoStrangeFile(stage, core);
  await takesNoStrangeAmount(stage, core);
  await takesNoStrangeDate(stage, core);
  await core.goTo('frame.menu.operations');
  await core.page.getByText(core.say('operation.list.empty')).waitFor();
}

/** A file of strangers in another currency is shown for what it is; one that carries more than an invoice is refused. */
async function takesNoStrangeFile(stage: Stage, core: Desk): Promise<void> {
  const { businessDate: today } = await networkOf(core);
  const words = OF_FILES[core.language];
  const file = core.page.locator('input[type=file]');
  const alert = core.page.getByRole('alert');
  const foreign = ublOf({
    number: 'EX-0001',
    date: addDays(today, -3),
    deliveredOn: addDays(today, -4),
    dueDate: stage.dueDate,
    contractNo: 'EX-1',
    currency: 'EUR',
    amount: '1250.00',
    seller: { name: 'Sample Foreign Seller', id: 'EX123456789' },
    buyer: { name: 'Sample Foreign Buyer', id: 'EX987654321' },
  });
  await file.setInputFiles(fileOf(foreign));
  await alert.getByText(new RegExp(`Sample Foreign Seller EX123456789.*${words.stranger}`)).waitFor();
  await alert.getByText(new RegExp(`Sample Foreign Buyer EX987654321.*${words.stranger}`)).waitFor();
  await alert.getByText(words.currency).waitFor();
  await core.inspects();
  core.expectsRefusal(422);
  await file.setInputFiles(fileOf(foreign.replace('<Invoice', '<!DOCTYPE Invoice [<!ENTITY a "b">]>\n<Invoice')));
  await alert.getByText(new RegExp(words.doctype)).waitFor();
  await file.setInputFiles(fileOf(foreign + ' '.repeat(1_048_576)));
  await alert.getByText(core.say('certificate.issue.fileTooBig')).waitFor();
}

async function takesNoStrangeAmount(stage: Stage, core: Desk): Promise<void> {
  const invoice = core.page.getByRole('group', { name: core.say('certificate.issue.invoice', { number: 1 }) });
  await core.pick('certificate.issue.supplier', MEMBERS.casting1);
  for (const [amount, complaint] of BAD_AMOUNTS) {
    await core.fill('certificate.invoice.grossAmount', amount, invoice);
    await core.press('certificate.issue.next');
    await invoice.getByText(core.say(complaint)).waitFor();
  }
  const tooMuch = typed(LIMIT + 1n);
  await core.fill('certificate.invoice.grossAmount', '1.00', invoice);
  await core.fill('certificate.invoice.amount', tooMuch, invoice);
  await core.press('certificate.issue.next');
  await invoice.getByText(core.say('certificate.issue.need.tooMuch')).waitFor();
  await core.fill('certificate.invoice.grossAmount', tooMuch, invoice);
  await core.press('certificate.issue.next');
  // More than the invoice is one thing, more than the line another.
  await core.field('certificate.issue.dueDate').waitFor();
  await core.press('certificate.issue.next');
  await core.page.getByText(core.say('certificate.issue.need.tooMuchForLine')).waitFor();
  await core.press('certificate.issue.back');
  await core.fill('certificate.invoice.amount', '1.00', invoice);
  await core.press('certificate.issue.next');
}

/** A day that is over is told at once; what the rules say of later ones is the gateway's to know. */
async function takesNoStrangeDate(stage: Stage, core: Desk): Promise<void> {
  const { businessDate: today } = await networkOf(core);
  const calendar = await calendarOf(core);
  await core.fill('certificate.issue.dueDate', today);
  await core.press('certificate.issue.next');
  await core.page.getByText(core.say('certificate.issue.need.dueDate')).waitFor();
  let holiday = stage.dueDate;
  while (isBusinessDay(calendar, holiday)) holiday = addDays(holiday, 1);
  const nextBusinessDay = rollForward(calendar, holiday).date;
  await isRefused(core, holiday, {
    code: 'DUE_DATE_NOT_BUSINESS_DAY',
    details: { dueDate: holiday, nextBusinessDay },
  });
  await core.inspects();
  await core.page
    .getByRole('button', { name: core.say('certificate.issue.back'), exact: true })
    .last()
    .click();
  await core.fill('certificate.issue.dueDate', addDays(today, 400));
  await core.fill('certificate.longTenorReason', core.say('certificate.longTenorReason'));
  await isRefused(core, addDays(today, 400), { code: 'TENOR_EXCEEDED', details: { latest: '|' } });
}

/** Goes through the last step with a due date that the rules refuse. */
async function isRefused(core: Desk, dueDate: string, refusal: Refusal): Promise<void> {
  await core.fill('certificate.issue.dueDate', dueDate);
  await core.press('certificate.issue.next');
  core.expectsRefusal(422);
  await core.press('certificate.issue.submit');
  const [words = ''] = refusalMessage(refusal, core.language).split('|');
  await core.page.getByRole('alert').getByText(words).waitFor();
}

/** More than is held is told as it is typed, with what would be too much on the strip. */
export async function passesOnTooMuch(desk: Desk, amount: bigint, held: bigint): Promise<void> {
  const card = desk.page.getByRole('group', { name: desk.say('holding.receiver', { number: 1 }) });
  await desk.fill('holding.amount', typed(amount), card);
  await card.getByText(desk.say('holding.need.tooMuch')).waitFor();
  await desk.page.getByText(desk.say('strip.tooMuch', { amount: `${displayAmount(amount - held)} CNY` })).waitFor();
}
