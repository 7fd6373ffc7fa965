import type { Page } from 'playwright-core';
import { signIn, untilKept } from '../support/browser-town.ts';
import { KeptPhone } from '../support/browser.ts';
import { halves, readKept } from './browser-kept.ts';
import { inTown, pause, sayFigures, seededChance, type RigTown } from './browser-support.ts';
import { answeredTo, Tally } from './browser-tally.ts';
import { onShown, prepareTap, screenOf, tapKinds, tapNow } from './browser-taps.ts';
import type { Trial } from './trial.ts';

/** The browser dies so long after the tap, ms, at most. */
const AFTER_TAP_MS = 300;

/** Where a push is while the browser dies: on no slow way, before the server, or on its way back. */
const RULES = ['pass', 'hold', 'mute'] as const;

/** After so many taps each kind has met each way of its push. */
const CIRCLE = tapKinds.length * RULES.length;

/** What the last tap before a death was, as far as anybody saw. */
interface LastTap {
  readonly mutation: string;
  readonly wasShown: boolean;
}

/** Where the dead browsers left what was done, counted. */
const places = () => ({ shown: 0, unsent: 0, answered: 0, nowhere: 0 });

export const browserKilled: Trial = {
  name: 'browser-killed',
  about: 'the whole browser is killed 0 to 300 ms after a tap, again and again on one phone',
  short: 20,
  long: 200,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('browser-killed');
      const tally = new Tally(town);
      const found = places();
      const phone = await KeptPhone.prepare();
      try {
        await signInOnce(phone, town);
        const known = new Set<string>();
        let last: LastTap | undefined;
        for (let n = 0; n <= times; n++) {
          const { page } = await phone.open();
          const kind = tapKinds[n % tapKinds.length]!;
          town.gate.rule = 'hold';
          await page.goto(screenOf(kind, town), { waitUntil: 'commit' });
          await judge(page, town, tally, found, known, last);
          if (n === times) break;
          const tap = await prepareTap(page, kind, `快递 ${seed}-${n}`);
          let wasShown = false;
          await onShown(page, tap, () => (wasShown = true));
          const [pid, afterMs] = [await browserProcess(page), chance.between(0, AFTER_TAP_MS)];
          town.gate.rule = RULES[Math.floor(n / tapKinds.length) % RULES.length]!;
          const gone = new Promise((resolve) => page.context().once('close', resolve));
          await tapNow(page, tap);
          await pause(afterMs);
          // Its other processes end with it.
          process.kill(pid, 'SIGKILL');
          last = { mutation: tap.mutation, wasShown };
          await gone;
          await phone.close();
          town.gate.lose();
        }
        await tally.lookForDoubles();
      } finally {
        town.gate.lose();
        await phone.remove();
      }
      // The trial is worth something only if browsers died with something still to send.
      tally.expect(times < CIRCLE || found.unsent > 0, 'no browser died with anything left to send');
      const figures = tally.figures(times);
      const { shown, unsent, answered, nowhere } = found;
      const after = `after the kill ${unsent} in the outbox, ${answered} answered, ${nowhere} never done`;
      sayFigures('browser-killed', figures, `seed ${seed}: ${shown} had been shown; ${after}`);
      return figures;
    }),
};

/** In a browser that ends well, so that its cookie is on the disk: Chromium writes cookies after half a minute. */
async function signInOnce(phone: KeptPhone, town: RigTown): Promise<void> {
  const { page } = await phone.open();
  await signIn(page, town.nextLink());
  await untilKept(page);
  await phone.close();
}

/** What the last tap left behind is looked at before anything can be sent, then followed to its end. */
async function judge(
  page: Page,
  town: RigTown,
  tally: Tally,
  found: ReturnType<typeof places>,
  known: Set<string>,
  last: LastTap | undefined,
): Promise<void> {
  await page.locator('h1').filter({ hasText: /./ }).waitFor();
  const kept = await readKept(page);
  const answered = (await answeredTo(town, kept.deviceId)).map(({ id }) => id);
  const isNew = (id: string): boolean => !known.has(id);
  const stored = kept.outbox.map(({ id }) => id).filter(isNew);
  const done = new Set([...stored, ...answered.filter(isNew)]);
  for (const half of halves(kept)) tally.expect(false, half);
  if (last !== undefined) {
    if (last.wasShown) found.shown += 1;
    if (done.size === 0) found.nowhere += 1;
    else if (answered.some(isNew)) found.answered += 1;
    else found.unsent += 1;
    if (last.wasShown && done.size === 0) {
      tally.lost += 1;
      tally.broken.push(`${last.mutation} had been shown and is nowhere`);
    }
    if (done.size > 1) tally.doubled += 1;
  }
  await town.gate.release();
  await tally.followToEnd(page, [...done]);
  for (const id of done) known.add(id);
}

async function browserProcess(page: Page): Promise<number> {
  const devtools = await page.context().browser()?.newBrowserCDPSession();
  if (devtools === undefined) throw new Error('this browser cannot be asked for its process');
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('no browser process');
  return pid;
}
