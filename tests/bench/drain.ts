import { v7 } from 'uuid';
import type { Page, Request } from 'playwright-core';
import type { App } from 'vue';
import type { Phone } from '../../src/client/phone.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { KnownMutations } from '../../src/client/known-mutations.ts';
import { signIn, untilKept } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { WireClients, type WireDevice } from '../support/wire-client.ts';
import { median, spread, type Figure } from './figure.ts';
import { openFullTown } from './full-town.ts';
import { allowNamedFunctions } from './in-page.ts';

const RUNS = 5;
const MUTATIONS = 200;

interface Drained {
  /** Ms from the network's return until nothing was unsent. */
  readonly ms: number;
  /** Requests of any kind within that time, and until a pull had covered the last act. */
  readonly requests: number;
  readonly requestsInAll: number;
  readonly refused: number;
}

/** What is used of the page's phone. What it knows is its own affair elsewhere. */
type PagePhone = Pick<Phone, 'actor' | 'act' | 'entries' | 'reader' | 'status'> & { readonly known: KnownMutations };

/** What the page is given to be measured by. */
interface Watched {
  phoneOfThePage(): PagePhone;
  draining: { onlineAt?: number; verdictAt?: number; coveredAt?: number; refused: number };
}

/**
 * A phone with 20,000 rows has been without a network while its household answered, asked and ordered 200 times; the
 * network comes back. Real Chromium; the acts go through the open page's own phone, which Vue keeps at the app's element.
 */
export async function drain(): Promise<Figure[]> {
  const { server, codes, gridWorker } = await openFullTown();
  const clients = new WireClients(server.port, 2);
  const browser = await openBrowser();
  try {
    const round = await openRound(await clients.join(gridWorker));
    const { page } = await openPhonePage(browser);
    page.setDefaultTimeout(60_000);
    await allowNamedFunctions(page);
    await page.addInitScript(lendPhone);
    await signIn(page, `${server.url}/in#${codes[0]}`);
    await page.locator('.fresh').filter({ hasText: '刚更新' }).waitFor();
    await untilKept(page);

    const runs: Drained[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await drainOnce(page, round));
    const of = (pick: keyof Drained) => runs.map((one) => one[pick]);
    return [
      {
        name: `drain: last of ${MUTATIONS} verdicts, ms`,
        value: spread(of('ms')),
        raw: median(of('ms')),
        aim: '≤ 1000',
      },
      {
        name: 'drain: requests until then',
        value: spread(of('requests')),
        raw: Math.max(...of('requests')),
        aim: '≤ 3',
      },
      {
        name: 'drain: requests until a pull covered them',
        value: spread(of('requestsInAll')),
        raw: Math.max(...of('requestsInAll')),
      },
      { name: 'drain: refused', value: spread(of('refused')), raw: Math.max(...of('refused')), aim: '0' },
    ];
  } finally {
    clients.close();
    await browser.close();
    await server.remove();
  }
}

interface Round {
  readonly id: string;
  readonly itemId: string;
}

/** A round with plenty of one thing. */
async function openRound(worker: WireDevice): Promise<Round> {
  const [id, itemId, now] = [v7(), v7(), Date.now()];
  const item = { name: '蔬菜套餐', unit: '份', contents: '五样', priceFen: 3980, stock: 9_000, perHousehold: 5 };
  const args = { id, title: '蔬菜第 1 团', opensAt: now - 60_000, closesAt: now + 36_000_000 };
  const answer = await worker.send(worker.envelope('groupBuy.open', { ...args, items: [{ id: itemId, ...item }] }));
  const outcome = answer?.verdicts[0]?.outcome;
  if (outcome !== 'accepted') throw new Error(`the round was not opened: ${JSON.stringify(answer)}`);
  return { id, itemId };
}

async function drainOnce(page: Page, round: Round): Promise<Drained> {
  const context = page.context();
  await context.setOffline(true);
  const ids = Array.from({ length: MUTATIONS }, () => v7());
  const queued = await page.evaluate(queueActs, { ids, round, day: dayOf(Date.now()) });
  if (queued !== MUTATIONS) throw new Error(`only ${queued} acts were queued`);

  const asked: { readonly at: number; readonly url: string }[] = [];
  const note = (request: Request): void => void asked.push({ at: Date.now(), url: request.url() });
  page.on('request', note);
  await page.evaluate(watchDraining);
  asked.length = 0;
  await context.setOffline(false);
  await page.waitForFunction(() => (window as unknown as Watched).draining.coveredAt !== undefined);
  page.off('request', note);
  const { onlineAt, verdictAt, refused } = await page.evaluate(() => (window as unknown as Watched).draining);
  return {
    ms: verdictAt! - onlineAt!,
    requests: asked.filter(({ at }) => at <= verdictAt!).length,
    requestsInAll: asked.length,
    refused,
  };
}

/** Runs in the page: the household answers, asks for medicine, orders and changes its order, one after the other. */
async function queueActs({ ids, round, day }: { ids: readonly string[]; round: Round; day: string }): Promise<number> {
  const phone = (window as unknown as Watched).phoneOfThePage();
  const [householdId] = phone.actor.value.households;
  const person = { name: 'person', indexes: ['householdId'] } as const;
  const [resident] = await phone.reader.list(person as never, 'householdId' as never, householdId!);
  let queued = 0;
  for (const [n, id] of ids.entries()) {
    const [name, args] = actOf(n, id);
    await phone.known.load([name]);
    const mutation = phone.known.registry.mutations.get(name)!;
    const result = await phone.act(mutation, args as never, { insist: true });
    if (result.kind === 'queued') queued++;
  }
  return queued;

  function actOf(n: number, id: string): readonly [name: string, args: unknown] {
    if (n % 4 === 0) {
      const feels = n % 8 === 0 ? 'unwell' : 'well';
      const entries = [{ personId: resident!.id, feels, recovered: feels === 'well' }];
      return ['checkIn.submit', { householdId, day, slot: 'morning', entries }];
    }
    if (n % 4 === 1) {
      const lines = [{ itemId: round.itemId, quantity: 1 + (n % 5), ifShort: 'similar' }];
      return ['groupBuy.placeOrder', { groupBuyId: round.id, householdId, lines }];
    }
    const medicines = [{ name: '氨氯地平片', strength: '5mg*28片', quantity: 1 }];
    return [
      'errands.request',
      { id, householdId, kind: 'medicine', medicines, packet: ['card'], handOver: 'inPerson' },
    ];
  }
}

/** Runs in the page before the app: finds the phone that the shown app was given. */
function lendPhone(): void {
  (window as unknown as Watched).phoneOfThePage = () => {
    const { __vue_app__: app } = document.querySelector('#app') as unknown as { __vue_app__: App };
    const provided = app._context.provides as Record<symbol, PagePhone>;
    return provided[Object.getOwnPropertySymbols(provided).find(({ description }) => description === 'phone')!]!;
  };
}

/** Runs in the page: notes when the network is back, when nothing is unsent any more and when nothing is left. */
function watchDraining(): void {
  const page = window as unknown as Watched;
  const phone = page.phoneOfThePage();
  const noted: Watched['draining'] = { refused: 0 };
  page.draining = noted;
  addEventListener('online', () => (noted.onlineAt = Date.now()), { once: true });
  const timer = setInterval(() => {
    if (noted.onlineAt === undefined) return;
    const { unsent, refused } = phone.status.value;
    if (unsent === 0) noted.verdictAt ??= Date.now();
    if (unsent > 0 || phone.entries.value.length > refused) return;
    noted.coveredAt = Date.now();
    noted.refused = refused;
    clearInterval(timer);
  }, 4);
}
