// `npm run shots`: pictures of the main screens of a running instance, in both languages and three widths, into `shots/`;
// `npm run shots -- docs` makes those that the README shows, from a freshly seeded trial.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browserType } from 'playwright-core';
import { clone } from './prepare.mjs';

const WIDTHS = [360, 768, 1440];
const LANGUAGES = ['zh', 'en'];

/** Screens by the user who looks; `first` opens the first record of a list that has one. */
const TOURS = {
  jingwei: [
    { name: 'home', at: '/' },
    { name: 'certificates', at: '/certificates' },
    { name: 'certificate', first: 'certificates?role=issued' },
    { name: 'certificate-overdue', first: 'certificates?role=issued&state=overdue' },
    { name: 'issue', at: '/certificates/create' },
    { name: 'settlements', at: '/settlements' },
    { name: 'settlement', first: 'settlements' },
    { name: 'lines', at: '/lines' },
    { name: 'payments', at: '/payments' },
    { name: 'members', at: '/members' },
    { name: 'member', at: '/members/me/show' },
    { name: 'operations', at: '/operations' },
  ],
  casting1: [
    { name: 'home', at: '/' },
    { name: 'holdings', at: '/holdings' },
    { name: 'holding', first: 'holdings?state=free' },
    { name: 'transfer', first: 'holdings?state=free', then: 'transfer' },
    { name: 'cash', first: 'holdings?state=free', then: 'cash' },
    { name: 'certificate', first: 'certificates?role=received' },
    { name: 'transfers', at: '/transfers' },
    { name: 'transfer-offer', first: 'transfers' },
    { name: 'financings', at: '/financings' },
    { name: 'financing', first: 'financings' },
    { name: 'payments', at: '/payments' },
  ],
  river: [
    { name: 'home', at: '/' },
    { name: 'financings', at: '/financings' },
    { name: 'financing', first: 'financings' },
    { name: 'financing-open', first: 'financings?state=open' },
    { name: 'holdings', at: '/holdings' },
    { name: 'lines', at: '/lines' },
    { name: 'settlements', at: '/settlements' },
  ],
  operator: [
    { name: 'home', at: '/' },
    { name: 'applications', at: '/applications' },
    { name: 'members', at: '/members' },
    { name: 'rules', at: '/rule-packs' },
    { name: 'reconciliation', at: '/reconciliation' },
  ],
  regulator: [
    { name: 'home', at: '/' },
    { name: 'certificates', at: '/certificates' },
  ],
};
const PUBLIC = [
  { name: 'login', at: '/login' },
  { name: 'apply', at: '/apply' },
];

/** What the README shows; `where` tells which record of the list shows most. */
const README = [
  {
    user: 'casting1',
    name: 'certificate',
    first: 'certificates?role=received',
    where: ({ strip, phase }) => strip.length > 1 && phase === 'active',
  },
  { user: 'control1', name: 'quotes', first: 'financings?state=open' },
];

const baseUrl = process.env.BASE_URL || 'http://127.0.0.1:8080';
const home = path.resolve(process.env.TALLYSTICK_HOME || path.join(clone, '.data'));
const wanted = process.argv.slice(2);

/** Password of a user, from the instance's own table of logins. @throws Error when there is none */
function passwordOf(user) {
  const logins = JSON.parse(readFileSync(path.join(home, 'logins.json'), 'utf8'));
  const login = logins.find((each) => each.user === user);
  if (login === undefined) throw new Error(`no login of ${user} in ${home}`);
  return login.password;
}

async function signIn(page, user) {
  await page.goto(`${baseUrl}/login`);
  await page.locator('input[autocomplete=username]').fill(user);
  await page.locator('input[type=password]').fill(passwordOf(user));
  await page.locator('button[type=submit]').click();
  await page.waitForURL(({ pathname }) => pathname !== '/login');
}

/** Where a screen is now; null when the list it starts from has no record. */
async function addressOf(page, { at, first, then = 'show', where = () => true }) {
  if (at !== undefined) return at;
  const [noun] = first.split('?');
  const { items = [] } = await ask(page, first);
  for (const { id } of items) if (where(await ask(page, `${noun}/${id}`))) return `/${noun}/${id}/${then}`;
  return null;
}

async function ask(page, address) {
  return (await page.request.get(`${baseUrl}/api/v1/${address}`)).json();
}

/** Goes there and waits until everything has loaded. */
async function open(page, address) {
  await page.goto(`${baseUrl}${address}`);
  // The stream of events stays open, so the network is never idle.
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .MuiSkeleton-root') === null);
  await page.waitForTimeout(900);
}

async function shoot(context, user, screens, folder) {
  const page = await context.newPage();
  const faults = [];
  if (user !== null) await signIn(page, `${user}.maker`);
  page.on('pageerror', (error) => faults.push(error.message));
  // Before the sign-in the browser reports "not signed in" as an error.
  if (user !== null) page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  for (const screen of screens) {
    const address = await addressOf(page, screen);
    if (address === null) {
      console.log(`  ${user} ${screen.name}: nothing to show`);
      continue;
    }
    await open(page, address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (wide) console.log(`  ${user} ${screen.name}: wider than the window in ${folder}`);
    await page.screenshot({ path: path.join(folder, `${user ?? 'public'}-${screen.name}.png`), fullPage: true });
  }
  for (const fault of new Set(faults)) console.log(`  ${user ?? 'public'}: ${fault}`);
  await page.close();
}

/** A browser window of one width that speaks one language. */
async function openContext(browser, width, language) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language });
  await context.addInitScript((locale) => {
    localStorage.setItem('RaStoretallystick.version', '1');
    localStorage.setItem('RaStoretallystick.locale', JSON.stringify(locale));
  }, language);
  return context;
}

/** Every screen for every role. */
async function shootAll(browser) {
  for (const language of LANGUAGES) {
    for (const width of WIDTHS) {
      const folder = path.join(clone, 'shots', `${language}-${width}`);
      if (wanted.length > 0 && !wanted.includes(`${language}-${width}`)) continue;
      mkdirSync(folder, { recursive: true });
      console.log(path.relative(clone, folder));
      for (const [user, screens] of [[null, PUBLIC], ...Object.entries(TOURS)]) {
        const context = await openContext(browser, width, language);
        await shoot(context, user, screens, folder);
        await context.close();
      }
    }
  }
}

/** What stands on the first screen, as a visitor would see it. */
async function shootForReadme(browser) {
  const folder = path.join(clone, 'docs', 'pictures');
  mkdirSync(folder, { recursive: true });
  for (const { user, name, ...screen } of README) {
    const context = await openContext(browser, 1280, 'en');
    const page = await context.newPage();
    await signIn(page, `${user}.maker`);
    const address = await addressOf(page, screen);
    if (address === null) throw new Error(`nothing to show for ${name}; the trial has to be fresh`);
    await open(page, address);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
    await context.close();
  }
}

const browser = await browserType.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => !arg.includes('single-process') && !arg.includes('--headless')),
});
try {
  await (wanted.includes('docs') ? shootForReadme(browser) : shootAll(browser));
} finally {
  await browser.close();
}
