import { chromium, type Browser } from 'playwright-core';

/**
 * A real Chromium without a window: on Linux x64 the one that came with the dependencies, elsewhere the Chrome of the
 * machine. Nothing is downloaded.
 */
export async function openBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  const { default: bundled } = await import('@sparticuz/chromium');
  // Its own switches are for a cloud function and turn protections off; ours leave them on, but for the sandbox, which root cannot use.
  return chromium.launch({ executablePath: await bundled.executablePath(), args: ['--no-sandbox', '--disable-gpu'] });
}
