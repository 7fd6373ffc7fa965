import type { Locator, Page } from 'playwright-core';
import { allowNames } from './browser-kept.ts';
import { GOODS, type RigTown } from './browser-support.ts';

/** Something that a person does with one tap. */
export interface Tap {
  readonly mutation: 'errands.request' | 'groupBuy.placeOrder' | 'checkIn.submit' | 'checkIn.retract';
  readonly button: Locator;
  /** What the screen's text says once the act is shown, and does not say before the tap. */
  readonly shows: string;
}

export type TapKind = 'errand' | 'order' | 'check-in';
export const tapKinds: readonly TapKind[] = ['errand', 'order', 'check-in'];

/** The address of the screen on which it is done. */
export function screenOf(kind: TapKind, town: RigTown): string {
  const paths = { errand: '/help/new?kind=parcel', order: `/buy/${town.round}`, 'check-in': '/' };
  return town.gate.url + paths[kind];
}

/** On its screen, does all that comes before the tap. @param mark a text that no other errand has */
export async function prepareTap(page: Page, kind: TapKind, mark: string): Promise<Tap> {
  await page.locator('h1').filter({ hasText: /./ }).waitFor();
  await page.locator('main').getByText('还没发出').waitFor({ state: 'detached' });
  if (kind === 'errand') {
    await page.getByLabel('什么快递，在哪里取').fill(mark);
    const button = page.getByRole('button', { name: '请人帮忙', exact: true });
    return { mutation: 'errands.request', button, shows: '还没发出' };
  }
  if (kind === 'order') {
    await page.getByRole('button', { name: new RegExp(`^${GOODS}.*加一$`) }).click();
    const button = page.getByRole('button', { name: /^(参与接龙|改订单)$/ });
    await settleBasket(page, button);
    return { mutation: 'groupBuy.placeOrder', button, shows: '还没发出' };
  }
  const well = page.getByRole('button', { name: '家里都好' });
  const back = page.getByRole('button', { name: '撤回' });
  await well.or(back).first().waitFor();
  if (await well.isVisible()) return { mutation: 'checkIn.submit', button: well, shows: '还没发出' };
  return { mutation: 'checkIn.retract', button: back, shows: '家里都好' };
}

/** A basket that outlived its order asks whose to keep: ours. */
async function settleBasket(page: Page, button: Locator): Promise<void> {
  const keep = page.getByRole('button', { name: '照我选的改' });
  await button.and(page.locator(':enabled')).or(keep).first().waitFor();
  if (await keep.isVisible()) await keep.click();
}

/** Taps where the button is, without waiting for what comes of it. */
export async function tapNow(page: Page, { button }: Tap): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (box === null) throw new Error('the button is not on the screen');
  page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2).catch(() => undefined);
}

/** Calls back once the screen shows the act. To be set up before the tap. */
export async function onShown(page: Page, { shows }: Tap, shown: () => void): Promise<void> {
  await page.exposeFunction('rigShown', shown);
  await allowNames(page);
  await page.evaluate((words) => {
    const look = (): void => {
      if (document.querySelector('main')?.textContent?.includes(words) !== true) return;
      observer.disconnect();
      (window as unknown as { rigShown(): void }).rigShown();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  }, shows);
}
