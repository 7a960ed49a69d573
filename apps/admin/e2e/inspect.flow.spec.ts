import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser';
import { inspect } from './inspect';

describe('an inspection', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(() => browser.close());

  const looksAt = async (body: string): Promise<string> => {
    await page.setContent(`<!doctype html><html lang="en"><title>t</title><main><h1>Page</h1>${body}</main></html>`);
    return (await inspect(page, true)).join('\n');
  };

  it('finds nothing on a page that is in order', async () => {
    expect(await looksAt('<button>Pay</button><p>Maker of operator.maker</p>')).toBe('');
  });

  it.each([
    ['a key of a message', '<p>certificate.issue.title</p>', 'raw words: certificate.issue'],
    ['a value that never became words', '<p>undefined CNY</p>', 'raw words: undefined'],
    ['a field without a name', '<input>', 'axe label'],
    ['words hard to read', '<p style="color:#bbb;background:#fff">Pay</p>', 'axe color-contrast'],
    ['a button without words', '<button></button>', 'axe button-name'],
    ['a page that scrolls sideways', '<div style="width:500px">wide</div>', 'the page scrolls sideways'],
    [
      'a button beyond the edge',
      '<div style="position:fixed;left:400px"><button>Pay</button></div>',
      'out of reach: Pay',
    ],
  ])('finds %s', async (_, body, finding) => {
    expect(await looksAt(body)).toContain(finding);
  });

  it('leaves a table in peace that scrolls by itself', async () => {
    const table =
      '<div style="overflow-x:auto" tabindex="0"><div style="width:900px;text-align:right"><button>Pay</button></div></div>';
    expect(await looksAt(table)).toBe('');
  });
});
