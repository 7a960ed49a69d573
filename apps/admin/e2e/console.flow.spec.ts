import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { Cast, newcomer } from './cast';
import { Desk } from './desk';
import { asksTwoBanks, everybodyLooksAround, isFunded, takesTheBetterQuote } from './financing';
import { goesWrong } from './mistakes';
import { fallsDue, isPaidInPart, isPaidLate, isSettled } from './payment';
import { Stage } from './stage';
import { applies, getsALine, isAccepted, isAdmitted, isPassedOn, isSplit, issues } from './trade';
import { openTrial, type Trial } from './trial';

/** Longer than the platform is given to start or to end. */
const START_MS = 300_000;
/** An idle machine needs a tenth of it. */
const CHAPTER_MS = 300_000;

/** Folder for pictures of a failure; without it none are taken. */
const { SHOTS } = process.env;

let trial: Trial;
let browser: Browser;
/** What was opened, to be closed even when the next did not open. */
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  opened.push((trial = await openTrial()));
  opened.push((browser = await openBrowser()));
}, START_MS);

afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
}, START_MS);

describe('the language', () => {
  it(
    'changes at once for everything on the page, and stays chosen',
    async () => {
      const zh = await Desk.visit(browser, trial.url, 'zh');
      await zh.page.getByRole('button', { name: zh.say('auth.enter'), exact: true }).waitFor();
      await zh.page.getByRole('button', { name: zh.say('frame.language') }).click();
      const en = zh.speaking('en');
      await en.page.getByRole('button', { name: en.say('auth.enter'), exact: true }).waitFor();
      await en.signIn(trial.login('operator.viewer'));
      expect(await en.page.locator('html').getAttribute('lang')).toBe('en');
      await en.page.reload();
      await en.heading('frame.home');
      await en.press('frame.account');
      // Whoever has left is nobody: a page that asks just then is told so.
      zh.expectsRefusal(401);
      await en.press('frame.leave', en.dialog());
      await en.page.getByRole('button', { name: en.say('auth.enter'), exact: true }).waitFor();
      expect(zh.complaints).toEqual([]);
      await en.close();
    },
    CHAPTER_MS,
  );
});

describe.each(['zh', 'en'] as const)(
  'the life of a payable, told in %s by everybody at a browser of their own',
  (language) => {
    let cast: Cast;
    let stage: Stage;
    beforeAll(() => {
      cast = new Cast(browser, trial, language);
      stage = new Stage(cast, newcomer());
    });
    afterAll(() => cast.close());

    const chapters: [string, (stage: Stage) => Promise<void>][] = [
      ['a firm applies and its people’s keys are made in the browser', applies],
      ['the operator admits it and its people sign in', isAdmitted],
      ['a bank grants it a credit line', getsALine],
      ['what is wrong on the way to a certificate is told, and nothing is sent', goesWrong],
      ['it issues a certificate for two invoices, one of them from a file', issues],
      ['the supplier accepts', isAccepted],
      ['the supplier splits it to two, who accept', isSplit],
      ['one of them passes a part on', isPassedOn],
      ['the other asks two banks, which quote', asksTwoBanks],
      ['it compares the quotes and takes the better one', takesTheBetterQuote],
      ['the bank approves, both sign, and it is funded', isFunded],
      ['everybody looks around', everybodyLooksAround],
      ['the certificate falls due', fallsDue],
      ['it is paid in part, and every holder receives its share', isPaidInPart],
      ['late, it is paid in full with interest', isPaidLate],
      ['it is settled and the line is free again', isSettled],
    ];
    let broken = false;
    it.each(chapters)(
      '%s',
      async (_, chapter) => {
        if (broken) throw new Error('an earlier chapter failed');
        try {
          await chapter(stage);
        } catch (error) {
          broken = true;
          if (SHOTS !== undefined) await cast.picture(SHOTS);
          throw error;
        }
      },
      CHAPTER_MS,
    );

    it('nobody’s browser complained: no error, nothing raw, no barrier, everything in reach at 360 px', () => {
      expect(cast.complaints()).toEqual({});
    });
  },
);
