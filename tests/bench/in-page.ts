import type { Page } from 'playwright-core';

/** tsx marks each function's name by a helper that a page does not have: measured code that runs there needs it. */
export async function allowNamedFunctions(page: Page): Promise<void> {
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
}
