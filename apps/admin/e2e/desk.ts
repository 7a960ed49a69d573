import type { Browser, ConsoleMessage, Locator, Page } from 'playwright-core';
import type { OperationKind } from '@tallystick/protocol';
import type { Language, Text } from '../src/i18n';
import { inspect } from './inspect';
import type { Login, Trial } from './trial';
import { wordsOf, type Say } from './words';

const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
/** A machine that runs every other test beside this one is slow at times. */
const PATIENCE_MS = 60_000;

/** One person at a browser of its own, who finds things as people do: by what stands on the screen. */
export class Desk {
  /** What is wrong: errors on the browser's console, refusals of the content security policy among them, and what inspections found. */
  readonly complaints: string[] = [];
  /** Refusals that the story is about, by HTTP status; the browser tells of each as an error. */
  private readonly refusals: number[] = [];

  private constructor(
    readonly page: Page,
    readonly language: Language,
    readonly say: Say,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'error') return;
      const awaited = this.refusals.findIndex((status) => message.text().includes(`status of ${String(status)}`));
      if (awaited === -1) this.complaints.push(`${message.text()} ${message.location().url}`);
      else this.refusals.splice(awaited, 1);
    });
  }

  /** A browser that has never been here, on the page of `address`. */
  static async visit(browser: Browser, baseURL: string, language: Language, address = '/'): Promise<Desk> {
    const context = await browser.newContext({
      baseURL,
      locale: LOCALES[language],
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    const desk = new Desk(await context.newPage(), language, wordsOf(language));
    await desk.page.goto(address);
    return desk;
  }

  static async signedIn(browser: Browser, trial: Trial, language: Language, login: Login): Promise<Desk> {
    const desk = await Desk.visit(browser, trial.addressOf(login.user), language);
    await desk.signIn(login);
    return desk;
  }

  /** The same desk after its person chose another language. */
  speaking(language: Language): Desk {
    return new Desk(this.page, language, wordsOf(language));
  }

  /** The next answer of this status is part of the story. */
  expectsRefusal(status: number): void {
    this.refusals.push(status);
  }

  async signIn({ user, password }: Login): Promise<void> {
    await this.fill('auth.user', user);
    await this.fill('auth.password', password);
    await this.press('auth.enter');
    await this.heading('frame.home');
  }

  /** The page's heading is there. */
  async heading(path: Text): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: this.say(path), exact: true }).waitFor();
  }

  /** Opens an entry of the left menu. */
  async goTo(path: Text): Promise<void> {
    await this.page.getByRole('menuitem', { name: this.say(path), exact: true }).click();
    await this.heading(path);
  }

  async press(path: Text, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name: this.say(path), exact: true }).click();
  }

  /** The field of this label; a required one carries a star behind it. */
  field(path: Text, within: Page | Locator = this.page): Locator {
    const label = this.say(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return within.getByLabel(new RegExp(`^${label}\\s*\\*?$`));
  }

  async fill(path: Text, value: string, within: Page | Locator = this.page): Promise<void> {
    await this.field(path, within).fill(value);
  }

  /** Types into a member field and takes the one found. */
  async pick(path: Text, id: string, within: Page | Locator = this.page): Promise<void> {
    await this.field(path, within).fill(id);
    await this.page.getByRole('option').filter({ hasText: id }).click();
  }

  /** Chooses from a list field. */
  async choose(path: Text, option: string, within: Page | Locator = this.page): Promise<void> {
    await this.field(path, within).click();
    await this.page.getByRole('option', { name: option }).click();
  }

  /** The line of a list of facts that starts with this label. */
  fact(path: Text): Locator {
    return this.page.locator('dl > div').filter({ has: this.page.getByText(this.say(path), { exact: true }) });
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /**
   * Signs what lies in the dialog, and stays until it waits for the next person or is on the ledger.
   * @param shows what has to stand in it before anybody should sign
   */
  async signs(until: 'check' | 'recorded', ...shows: readonly string[]): Promise<void> {
    const dialog = this.dialog().filter({ has: this.page.getByText(this.say('operation.exact')) });
    for (const words of shows) await dialog.getByText(words).first().waitFor();
    await this.press('operation.sign', dialog);
    const follow = this.dialog().filter({ has: this.page.getByRole('status') });
    await follow.getByText(until === 'check' ? this.say('operation.then.check') : this.recorded()).waitFor();
    await this.press('frame.close', follow);
    await follow.waitFor({ state: 'detached' });
  }

  /** Goes home, finds what a colleague has signed, checks it and signs too. */
  async checks(kind: OperationKind, until: 'check' | 'recorded' = 'recorded'): Promise<void> {
    const what = this.say('home.task.toCheck', { what: this.say(`operation.kind.${kind}`) });
    await this.takesUp(`${this.say('home.todo.check')}: ${what}`);
    await this.press('operation.checkAndSign');
    const status = this.page.getByRole('status');
    if (until === 'recorded') await status.getByText(this.recorded()).waitFor();
    else
      await status.getByText(this.say('operation.station.check', { roles: this.say('frame.role.checker') })).waitFor();
  }

  /** Opens what waits in the inbox under this name; `texts` tell it from others of its kind. */
  async takesUp(name: string, ...texts: readonly string[]): Promise<void> {
    await this.goTo('frame.home');
    let item = this.page.getByRole('listitem');
    for (const text of texts) item = item.filter({ hasText: text });
    await item.getByRole('link', { name, exact: true }).first().click();
    await this.page.waitForURL(/\/show$/);
  }

  /** "Recorded in block N", whatever N is. */
  private recorded(): RegExp {
    return new RegExp(`^${this.say('operation.station.recordedIn', { block: '\\d+' })}$`);
  }

  /** Opens the row of a list by a text in it. */
  async openRow(...texts: readonly (string | RegExp)[]): Promise<void> {
    let row = this.page.getByRole('row');
    for (const text of texts) row = row.filter({ hasText: text });
    await row.first().getByRole('link').first().click();
    await this.page.waitForURL(/\/show$/);
  }

  /** Looks the page over as it stands; what is wrong with it is among the complaints. */
  async inspects(): Promise<void> {
    this.complaints.push(...(await inspect(this.page, this.language === 'en')));
  }

  /** Opens every entry of the menu, and the first record of each list, and looks them over. */
  async toursItsPages(): Promise<void> {
    const menu = this.page.getByRole('menuitem');
    for (const entry of await menu.allInnerTexts()) {
      await this.page.getByRole('menuitem', { name: entry, exact: true }).click();
      // Until the new page is there the old one stands, with rows of its own.
      await this.page.getByRole('heading', { level: 1, name: entry, exact: true }).waitFor();
      await this.inspects();
      const record = this.page.getByRole('row').getByRole('link').first();
      if ((await record.count()) === 0) continue;
      await record.click();
      await this.page.waitForURL(/\/show$/);
      await this.inspects();
    }
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
