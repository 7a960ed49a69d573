import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { en } from '../src/i18n/en';

/** The narrowest screen that the console is made for, and the usual one. */
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };
/** WCAG 2.2 up to level AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What nobody should read: keys of messages, values that never became words. */
const RAW = new RegExp(`\\b(?:${Object.keys(en).join('|')})\\.[a-z]\\w+|undefined|\\bNaN\\b|\\[object |Invalid Date`);

/**
 * Looks at a page as it stands: nothing raw to read, nothing serious for axe, and at 360 px every button within reach.
 * @param withAxe barriers are the same in every language, and looking for them takes longest
 * @returns what is wrong with it, each with the page's address
 */
export async function inspect(page: Page, withAxe: boolean): Promise<string[]> {
  await settled(page);
  const found = [...(await rawWords(page)), ...(withAxe ? await barriers(page) : [])];
  await page.setViewportSize(NARROW);
  await settled(page);
  found.push(...(await rawWords(page)), ...(await outOfReach(page)));
  await page.setViewportSize(WIDE);
  await settled(page);
  const { pathname } = new URL(page.url());
  return found.map((one) => `${pathname}: ${one}`);
}

/** Everything that loads is there and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"], .MuiSkeleton-root') === null &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}

async function rawWords(page: Page): Promise<string[]> {
  const raw = RAW.exec(await page.locator('body').innerText());
  return raw === null ? [] : [`raw words: ${raw[0]}`];
}

async function barriers(page: Page): Promise<string[]> {
  // Not as a script of the page, which its content security policy forbids.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (rules) => (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: rules }),
    RULES,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Sideways scrolling of the page, and buttons beyond its edge that no list of their own scrolls to. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      ((element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== 'visible') ||
        scrolls(element.parentElement));
    const beyond = [...document.querySelectorAll<HTMLElement>('button, a[href]')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return (
        own > 0 &&
        element.checkVisibility({ visibilityProperty: true }) &&
        (left < -1 || right > width + 1) &&
        !scrolls(element.parentElement)
      );
    });
    return [
      ...(document.documentElement.scrollWidth > width + 1 ? ['at 360 px the page scrolls sideways'] : []),
      ...beyond.map((element) => `at 360 px out of reach: ${element.innerText || element.outerHTML.slice(0, 160)}`),
    ];
  });
}
