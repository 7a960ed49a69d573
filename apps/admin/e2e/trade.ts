import { addBusinessDays, addDays, displayAmount } from '@tallystick/domain';
import { MEMBERS, type Player } from './cast';
import type { Desk } from './desk';
import { fileOf, ublOf } from './invoice-file';
import { passesOnTooMuch } from './mistakes';
import { calendarOf, networkOf } from './network';
import { BUSINESS_DAYS, FACE, INVOICES, LIMIT, TO_FOURTH, TO_SECOND, TO_THIRD, typed } from './plot';
import type { Stage } from './stage';

/** A firm applies on a page that needs no sign-in; its people's keys are made there. */
export async function applies(stage: Stage): Promise<void> {
  const desk = await stage.cast.stranger('/');
  await desk.heading('frame.product');
  await desk.inspects();
  await desk.page.getByRole('link', { name: desk.say('auth.apply') }).click();
  await desk.heading('application.title');
  await desk.inspects();
  const firm = desk.page.getByRole('group', { name: desk.say('application.firm') });
  await desk.fill('member.name', stage.core.name, firm);
  await desk.fill('member.nameEn', stage.core.nameEn, firm);
  // A wrong check digit is told once the application is given; everything else is missing as well.
  await desk.fill('member.id', wrongCheckDigit(stage.core.id), firm);
  await desk.press('application.send');
  await firm.getByText(desk.say('application.need.id')).waitFor();
  await desk.fill('member.id', stage.core.id, firm);
  await desk.choose('member.kinds', desk.say('frame.kind.CORE'), firm);
  await desk.choose('member.host', 'Core', firm);
  for (const [index, role] of (['maker', 'checker'] as const).entries()) {
    const person = desk.page.getByRole('group', { name: desk.say('application.personNo', { number: index + 1 }) });
    await desk.fill('application.person.displayName', desk.say(`frame.role.${role}`), person);
    await desk.fill('application.person.user', stage.core[role].user, person);
    await desk.fill('application.person.password', stage.core[role].password, person);
  }
  await desk.press('application.send');
  const [before = ''] = desk.say('application.sent', { id: '|' }).split('|');
  await desk.page.getByRole('alert').filter({ hasText: before }).waitFor();
}

/** The operator's maker admits the firm, its checker agrees; then the firm's people can sign in. */
export async function isAdmitted(stage: Stage): Promise<void> {
  const operator = await stage.cast.at('operator.maker');
  await operator.goTo('frame.menu.admissions');
  await operator.press('application.admit', operator.page.getByRole('row').filter({ hasText: stage.core.id }));
  await operator.signs('check', stage.core.name);
  await (await stage.cast.at('operator.checker')).checks('member.admit');
  await stage.coreMaker();
}

export async function getsALine(stage: Stage): Promise<void> {
  const bank = await stage.maker('river');
  stage.dueDate = await dueDateFrom(bank);
  await bank.goTo('frame.menu.lines');
  await bank.press('line.grant');
  await bank.inspects();
  const form = bank.dialog();
  await bank.pick('line.issuer', stage.core.id, form);
  await bank.fill('line.limit', typed(LIMIT), form);
  await bank.fill('line.lastDay', addDays(stage.dueDate, 30), form);
  await bank.press('command.go', form);
  await bank.signs('check', displayAmount(LIMIT));
  await stage.checked('river', 'line.grant');
}

/** The first invoice comes from a file, which fills the form; the second is typed. */
export async function issues(stage: Stage): Promise<void> {
  const core = await stage.coreMaker();
  const { businessDate: today } = await networkOf(core);
  await core.goTo('frame.menu.issued');
  await core.page
    .getByRole('link', { name: core.say('certificate.issue.open') })
    .first()
    .click();
  const [read, written] = INVOICES;
  const dates = { date: addDays(today, -3), deliveredOn: addDays(today, -4) };
  const file = ublOf({
    number: `${stage.core.id}1`,
    ...dates,
    dueDate: stage.dueDate,
    contractNo: `HT-${stage.core.id.slice(12)}`,
    currency: 'CNY',
    amount: read,
    seller: { name: await stage.nameOf(core, 'casting1'), id: MEMBERS.casting1 },
    buyer: { name: stage.core.name, id: stage.core.id },
  });
  await core.page.locator('input[type=file]').setInputFiles(fileOf(file));
  await core.page.getByText(core.say('certificate.issue.fileRead', { name: 'invoice.xml', smart_count: 8 })).waitFor();
  await core.press('certificate.issue.addInvoice');
  await core.inspects();
  const second = core.page.getByRole('group', { name: core.say('certificate.issue.invoice', { number: 2 }) });
  await core.fill('certificate.invoice.number', `${stage.core.id}2`, second);
  await core.fill('certificate.invoice.date', dates.date, second);
  await core.fill('certificate.invoice.deliveredOn', dates.deliveredOn, second);
  await core.fill('certificate.invoice.grossAmount', written, second);
  await core.fill('certificate.invoice.amount', written, second);
  await core.press('certificate.issue.next');
  expect(await core.field('certificate.issue.dueDate').inputValue()).toBe(stage.dueDate);
  await core.inspects();
  await core.press('certificate.issue.next');
  await core.page.getByText(await stage.nameOf(core, 'casting1')).waitFor();
  await core.press('certificate.issue.submit');
  await core.signs('check', displayAmount(FACE), stage.dueDate);
  await stage.coreChecks('certificate.issue');
  await core.goTo('frame.menu.lines');
  const left = `${displayAmount(LIMIT - FACE)} CNY`;
  await core.page.getByText(core.say('gauge.available', { amount: left }), { exact: true }).waitFor();
}

export async function isAccepted(stage: Stage): Promise<void> {
  const first = await stage.maker('casting1');
  await first.takesUp(
    `${first.say('home.todo.accept')}: ${first.say('home.task.certificate.accept')}`,
    stage.coreName(),
  );
  stage.certificateNo = await first.page.getByRole('heading', { level: 1, name: /^TS\d{8}-/ }).innerText();
  await first.page.getByText(displayAmount(FACE)).first().waitFor();
  await first.press('certificate.accept');
  await first.signs('check', displayAmount(FACE));
  await stage.checked('casting1', 'certificate.accept');
}

/** The first supplier passes parts on to two of its own suppliers, who accept. */
export async function isSplit(stage: Stage): Promise<void> {
  const first = await stage.maker('casting1');
  await stage.openHolding(first, FACE);
  await first.press('holding.transfer');
  await passesOnTooMuch(first, FACE + 1n, FACE);
  await receiver(stage, first, 1, 'steel2', TO_SECOND);
  await first.press('holding.addReceiver');
  await first.inspects();
  await receiver(stage, first, 2, 'fastener2', TO_THIRD);
  const kept = displayAmount(FACE - TO_SECOND - TO_THIRD);
  await first.page.getByText(first.say('strip.kept', { amount: `${kept} CNY` })).waitFor();
  await first.press('command.go');
  const [all = ''] = first
    .say('operation.call.transfer.offer.says', {
      smart_count: 2,
      amount: `${displayAmount(TO_SECOND + TO_THIRD)} CNY`,
      until: '|',
    })
    .split('|');
  await first.signs('check', all, displayAmount(TO_SECOND), displayAmount(TO_THIRD), kept);
  await stage.checked('casting1', 'transfer.offer');
  await acceptsTransfer(stage, 'steel2', TO_SECOND);
  await acceptsTransfer(stage, 'fastener2', TO_THIRD);
}

export async function isPassedOn(stage: Stage): Promise<void> {
  const second = await stage.maker('steel2');
  await stage.openHolding(second, TO_SECOND);
  await second.press('holding.transfer');
  await receiver(stage, second, 1, 'mould3', TO_FOURTH);
  // An impatient second click gives no second command.
  await second.page.getByRole('button', { name: second.say('command.go'), exact: true }).dblclick();
  await second.signs('check', displayAmount(TO_FOURTH), displayAmount(TO_SECOND - TO_FOURTH));
  await stage.checked('steel2', 'transfer.offer');
  await acceptsTransfer(stage, 'mould3', TO_FOURTH);
}

async function receiver(stage: Stage, desk: Desk, number: number, player: Player, fen: bigint): Promise<void> {
  const card = desk.page.getByRole('group', { name: desk.say('holding.receiver', { number }) });
  await desk.pick('holding.receiverName', MEMBERS[player], card);
  await desk.fill('holding.amount', typed(fen), card);
  await desk.fill('holding.background.contractNo', `CG-${stage.core.id.slice(12)}-${String(number)}`, card);
}

async function acceptsTransfer(stage: Stage, player: Player, fen: bigint): Promise<void> {
  const desk = await stage.maker(player);
  await desk.takesUp(`${desk.say('home.todo.accept')}: ${desk.say('home.task.transfer.accept')}`, stage.certificateNo);
  await desk.press('transfer.accept');
  await desk.signs('check', displayAmount(fen));
  await stage.checked(player, 'transfer.accept');
}

/** The same code with another last character, which no longer checks the others. */
const wrongCheckDigit = (id: string): string => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');

async function dueDateFrom(desk: Desk): Promise<string> {
  const { businessDate: today } = await networkOf(desk);
  return addBusinessDays(await calendarOf(desk), today, BUSINESS_DAYS).date;
}
