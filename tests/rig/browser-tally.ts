import type { Page } from 'playwright-core';
import { readKept, unsentIds } from './browser-kept.ts';
import { until, type RigTown } from './browser-support.ts';
import type { Figures } from './trial.ts';

/** What one device has had answered. */
export interface Answered {
  readonly id: string;
  readonly name: string;
  readonly outcome: string;
}

/** @returns the device's verdicts, as the server has them */
export async function answeredTo(town: RigTown, deviceId: string): Promise<Answered[]> {
  return town.db.query<Answered>('select id, name, outcome from verdict where device_id = $1', [deviceId]);
}

/** Counts what a trial finds. */
export class Tally {
  lost = 0;
  doubled = 0;
  stuck = 0;
  slowestMs = 0;
  readonly broken: string[] = [];

  constructor(private readonly town: RigTown) {}

  /** Nothing is wrong from now on: every one of these acts must get its verdict, and the phone must have nothing left to send. */
  async followToEnd(page: Page, ids: readonly string[]): Promise<void> {
    const began = performance.now();
    const { deviceId } = await readKept(page);
    const about = async () => (await answeredTo(this.town, deviceId)).filter(({ id }) => ids.includes(id));
    const missing = async () => {
      const answered = new Set((await about()).map(({ id }) => id));
      return ids.filter((id) => !answered.has(id));
    };
    await until(async () => (await missing()).length === 0);
    const left = await missing();
    await until(async () => unsentIds(await readKept(page)).length === 0);
    const stored = new Set((await readKept(page)).outbox.map(({ id }) => id));
    this.lost += left.filter((id) => !stored.has(id)).length;
    this.stuck += left.filter((id) => stored.has(id)).length;
    if (left.length === 0 && unsentIds(await readKept(page)).length > 0) this.stuck += 1;
    for (const { name, outcome } of await about()) this.expect(outcome === 'accepted', `${name} was ${outcome}`);
    this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
  }

  /** Says what is wrong unless it is so. */
  expect(isSo: boolean, otherwise: string): void {
    if (!isSo) this.broken.push(otherwise);
  }

  /** Looks at everything that acts have left in the town: each accepted one has taken effect once. */
  async lookForDoubles(): Promise<void> {
    const { db } = this.town;
    const [errands] = await db.query<{ rows: number; texts: number; asked: number }>(
      `select count(*)::int as rows, count(distinct text)::int as texts,
         (select count(*)::int from verdict where name = 'errands.request' and outcome = 'accepted') as asked from errand`,
    );
    const { rows = 0, texts = 0, asked = 0 } = errands ?? {};
    this.doubled += rows - texts;
    this.expect(rows === asked, `${asked} errands were accepted, ${rows} are there`);
    const [goods] = await db.query<{ sold: number; ordered: number }>(
      `select (select sum(sold)::int from group_buy_item) as sold,
         (select coalesce(sum((line->>'quantity')::int), 0)::int
            from group_buy_order, jsonb_array_elements(lines) line where state = 'placed') as ordered`,
    );
    if (goods?.sold !== goods?.ordered) this.doubled += 1;
    this.expect(goods?.sold === goods?.ordered, `${goods?.sold} sold, ${goods?.ordered} ordered`);
    const twice = await db.query('select 1 from check_in group by person_id, day, slot having count(*) > 1');
    this.doubled += twice.length;
  }

  figures(trials: number): Figures {
    const { lost, doubled, stuck, slowestMs, broken } = this;
    return { trials, lost, doubled, stuck, slowestMs, broken };
  }
}
