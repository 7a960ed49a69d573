import { addDays, displayAmount } from '@tallystick/domain';
import type { Desk } from './desk';
import { DAYS_LATE, FACE, LATE, LATE_RECEIPTS, LIMIT, PART, PART_RECEIPTS, SHARES, typed, type Receipt } from './plot';
import type { Stage } from './stage';

export async function fallsDue(stage: Stage): Promise<void> {
  await movesTheDate(stage, stage.dueDate);
}

export async function isPaidInPart(stage: Stage): Promise<void> {
  const core = await pays(stage, PART, 'part');
  await everybodyReceived(stage, core, PART_RECEIPTS);
  await stage.openCertificate(core);
  await core
    .fact('certificate.outstanding')
    .getByText(displayAmount(FACE - PART))
    .waitFor();
}

/** Ten days later interest has come up; everything owed is paid, and every holder receives its share of both. */
export async function isPaidLate(stage: Stage): Promise<void> {
  await movesTheDate(stage, addDays(stage.dueDate, DAYS_LATE));
  const core = await stage.coreMaker();
  await stage.openCertificate(core);
  await core.fact('certificate.lateInterest').getByText(displayAmount(LATE)).waitFor();
  await pays(stage, FACE - PART + LATE, 'whole');
  await everybodyReceived(stage, core, LATE_RECEIPTS);
}

export async function isSettled(stage: Stage): Promise<void> {
  const core = await stage.coreMaker();
  await stage.openCertificate(core);
  await core.page.getByText(core.say('certificate.phase.settled'), { exact: true }).first().waitFor();
  await tellsItsHistory(stage, core);
  await core.goTo('frame.menu.lines');
  const line = core.page.getByRole('listitem').filter({ hasText: await stage.nameOf(core, 'river') });
  const whole = `${displayAmount(LIMIT)} CNY`;
  await line.getByText(core.say('gauge.available', { amount: whole }), { exact: true }).waitFor();
}

/** Who holds what, on the strip and beside it, and everything that happened, the first last; in the other language at once. */
async function tellsItsHistory(stage: Stage, core: Desk): Promise<void> {
  const holders = core.page.getByRole('region', { name: core.say('certificate.holders') });
  for (const [holder, part] of SHARES)
    await holders
      .getByRole('row')
      .filter({ hasText: await stage.nameOf(core, holder) })
      .filter({ hasText: displayAmount(part) })
      .waitFor();
  // Now that the page is there.
  expect(await holders.getByRole('figure').getByRole('listitem').count()).toBe(SHARES.length);
  const issued = { zh: `${stage.core.name}开立凭证`, en: `${stage.core.nameEn} issued the certificate` };
  const beginning = core.page.locator('ol > li').last();
  await beginning.getByText(issued[core.language]).waitFor();
  const other = core.speaking(core.language === 'zh' ? 'en' : 'zh');
  await core.page.getByRole('button', { name: core.say('frame.language') }).click();
  await beginning.getByText(issued[other.language]).waitFor();
  await other.page.getByRole('button', { name: other.say('frame.language') }).click();
  await beginning.getByText(issued[core.language]).waitFor();
}

/**
 * The payment's page shows the issuer each holder's share to the cent; each holder finds the payment, and what its part has
 * brought in all.
 */
async function everybodyReceived(stage: Stage, core: Desk, receipts: readonly Receipt[]): Promise<void> {
  for (const { holder, part, principal, interest, inAll } of receipts) {
    await core.page
      .getByRole('row')
      .filter({ hasText: await stage.nameOf(core, holder) })
      .filter({ hasText: displayAmount(principal) })
      .filter({ hasText: displayAmount(interest) })
      .filter({ hasText: core.say('payment.states.credited') })
      .waitFor();
    const desk = await stage.maker(holder);
    await desk.goTo('frame.menu.payments');
    const payment = desk.page.getByRole('row').filter({ hasText: stage.certificateNo });
    await payment
      .filter({ hasText: desk.say('payment.states.credited') })
      .first()
      .waitFor();
    await stage.openHolding(desk, part);
    await desk.fact('holding.paid').getByText(displayAmount(inAll)).waitFor();
  }
}

/** The issuer pays a part, or the whole that it is shown, and follows the payment until every holder has its share. */
async function pays(stage: Stage, fen: bigint, extent: 'part' | 'whole'): Promise<Desk> {
  const amount = displayAmount(fen);
  const core = await stage.coreMaker();
  await stage.openCertificate(core);
  await core.press('certificate.pay');
  const form = core.dialog();
  if (extent === 'part') {
    await form.getByRole('radio', { name: core.say('settlement.part') }).check();
    await core.fill('settlement.amount', typed(fen), form);
  } else {
    await form.getByText(amount).waitFor();
  }
  await core.press('command.go', form);
  await core.signs('check', amount);
  await stage.coreChecks('settlement.prepare');
  await core.goTo('frame.menu.settlements');
  // Above the payments stand the certificates to pay, which have the same number.
  const payments = core.page.getByRole('table', { name: core.say('frame.menu.settlements') });
  const payment = payments.getByRole('row').filter({ hasText: stage.certificateNo }).filter({ hasText: amount });
  await payment.getByRole('link').first().click();
  await core.page.getByText(core.say('settlement.means.closed')).waitFor();
  return core;
}

async function movesTheDate(stage: Stage, date: string): Promise<void> {
  const operator = await stage.cast.at('operator.maker');
  await operator.page.getByRole('button', { name: operator.say('frame.clock.move') }).click();
  await operator.fill('frame.clock.to', date, operator.dialog());
  await operator.press('frame.clock.move', operator.dialog());
  await operator.signs('recorded', date);
}
