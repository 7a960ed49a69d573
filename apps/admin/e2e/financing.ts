import { displayAmount, parseAmount } from '@tallystick/domain';
import { MEMBERS, type Player } from './cast';
import { TO_THIRD } from './plot';
import type { Stage } from './stage';

/** Two banks are asked and each names its price; the owner sees both and takes the better one. */
export async function asksTwoBanks(stage: Stage): Promise<void> {
  const owner = await stage.maker('fastener2');
  await stage.openHolding(owner, TO_THIRD);
  await owner.press('holding.cash');
  await owner.inspects();
  await owner.field('holding.banks').click();
  for (const bank of ['river', 'mountain'] as const) {
    await owner.page.getByRole('option', { name: await stage.nameOf(owner, bank) }).click();
  }
  await owner.page.keyboard.press('Escape');
  await owner.press('command.go');
  await owner.signs('check', displayAmount(TO_THIRD));
  await stage.checked('fastener2', 'financing.apply');
  await quote(stage, 'river', '4.35', '50.00');
  await quote(stage, 'mountain', '3.90');
}

export async function takesTheBetterQuote(stage: Stage): Promise<void> {
  const owner = await stage.maker('fastener2');
  await owner.takesUp(
    `${owner.say('home.todo.acceptQuote')}: ${owner.say('home.task.financing.acceptQuote')}`,
    stage.certificateNo,
  );
  const quotes = owner.page.getByRole('region', { name: owner.say('financing.quotes') });
  await quotes
    .getByRole('button', { name: owner.say('financing.accept') })
    .nth(1)
    .waitFor();
  // Side by side, the most cash first.
  const banks = await quotes.getByRole('columnheader').allInnerTexts();
  expect(banks.filter((each) => each !== '')).toEqual([
    await stage.nameOf(owner, 'mountain'),
    await stage.nameOf(owner, 'river'),
  ]);
  const nets = await quotes
    .getByRole('row', { name: owner.say('financing.net') })
    .getByRole('cell')
    .allInnerTexts();
  const [better = 0n, worse = 0n] = nets.map((each) => parseAmount(each.replace(/[^\d.]/g, '')));
  expect(better).toBeGreaterThan(worse);
  await quotes
    .getByRole('button', { name: owner.say('financing.accept') })
    .first()
    .click();
  await owner.signs('check');
  await stage.checked('fastener2', 'financing.acceptQuote');
}

/** Three people of the bank approve, both sides sign the agreement, and the bank pays out. */
export async function isFunded(stage: Stage): Promise<void> {
  const bank = await stage.maker('mountain');
  await bank.takesUp(
    `${bank.say('home.todo.approve')}: ${bank.say('home.task.financing.approve')}`,
    stage.certificateNo,
  );
  await bank.press('financing.approve');
  await bank.inspects();
  for (const box of await bank.dialog().getByRole('checkbox').all()) await box.check();
  await bank.press('command.go', bank.dialog());
  await bank.signs('check');
  await (await stage.cast.at('mountain.risk')).checks('financing.approve', 'check');
  await stage.checked('mountain', 'financing.approve');
  await signsAgreement(stage, 'fastener2');
  await signsAgreement(stage, 'mountain');
  await bank.takesUp(
    `${bank.say('home.todo.disburse')}: ${bank.say('home.task.financing.disburse')}`,
    stage.certificateNo,
  );
  await bank.press('financing.disburse');
  await bank.signs('check', displayAmount(TO_THIRD));
  await stage.checked('mountain', 'financing.disburse');
  await stage.openHolding(bank, TO_THIRD);
}

/** One of each kind of member looks at everything it has. */
export async function everybodyLooksAround(stage: Stage): Promise<void> {
  for (const user of ['operator.maker', 'river.maker', 'casting1.maker', 'regulator.viewer'])
    await (await stage.cast.at(user)).toursItsPages();
  await (await stage.coreMaker()).toursItsPages();
}

async function quote(stage: Stage, bank: 'river' | 'mountain', rate: string, fee?: string): Promise<void> {
  const desk = await stage.maker(bank);
  await desk.takesUp(`${desk.say('home.todo.quote')}: ${desk.say('home.task.financing.quote')}`, stage.certificateNo);
  await desk.fill('financing.rate', rate);
  if (fee !== undefined) {
    await desk.press('financing.addFee');
    const row = desk.page.getByRole('group', { name: desk.say('financing.fee', { number: 1 }) });
    await desk.fill('financing.feeFields.name', desk.say('financing.fees'), row);
    await desk.fill('financing.feeFields.payee', MEMBERS[bank], row);
    await desk.fill('financing.feeFields.amount', fee, row);
  }
  await desk.press('command.go');
  await desk.signs('check');
  await stage.checked(bank, 'financing.quote');
}

async function signsAgreement(stage: Stage, player: Player): Promise<void> {
  const desk = await stage.maker(player);
  await desk.takesUp(`${desk.say('home.todo.sign')}: ${desk.say('home.task.financing.sign')}`, stage.certificateNo);
  await desk.press('financing.sign');
  await desk.signs('check');
  await stage.checked(player, 'financing.sign');
}
