import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { household } from '../src/people/schema.ts';
import { cancelOrder, open, placeOrder } from '../src/pillars/group-buy/mutations.ts';
import { ledgerEntry } from '../src/pillars/group-buy/money/schema.ts';
import { changeItem } from '../src/pillars/group-buy/round/mutations.ts';
import { groupBuy, item, order, orderId } from '../src/pillars/group-buy/schema.ts';
import { leaveQueue, wait } from '../src/pillars/group-buy/waiting/mutations.ts';
import { placeInQueue, queueOf } from '../src/pillars/group-buy/waiting/rules.ts';
import { waitingPlace, waitingPlaceId } from '../src/pillars/group-buy/waiting/schema.ts';
import { bookFaults, stockFaults } from './support/ledger-laws.ts';
import { device, MemoryTown } from './support/memory-town.ts';

const ITEMS = ['rice', 'eggs', 'greens'] as const;
type ItemId = (typeof ITEMS)[number];
const HOMES = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 'h8'];
const LIMIT = 3;

type Act =
  | { readonly does: 'order'; readonly home: string; readonly lines: Partial<Record<ItemId, number>> }
  | { readonly does: 'cancel'; readonly home: string }
  | { readonly does: 'wait'; readonly home: string; readonly item: ItemId; readonly quantity: number }
  | { readonly does: 'leave'; readonly home: string; readonly item: ItemId }
  | { readonly does: 'restock'; readonly item: ItemId; readonly more: number };

const home = fc.constantFrom(...HOMES);
const itemId = fc.constantFrom(...ITEMS);
const portions = fc.integer({ min: 1, max: LIMIT + 1 });
const line = fc.option(fc.integer({ min: 1, max: LIMIT }), { nil: undefined });
const lines = fc
  .record({ rice: line, eggs: line, greens: line })
  .filter((wanted) => ITEMS.some((id) => wanted[id] !== undefined));
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('order' as const), home, lines }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel' as const), home }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('wait' as const), home, item: itemId, quantity: portions }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), home, item: itemId }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('restock' as const),
      item: itemId,
      more: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

/** The queue as one would keep it on paper: who ordered how much, and a list of who waits for each thing. */
class OnPaper {
  readonly stock: Record<ItemId, number>;
  readonly orders = new Map<string, Map<ItemId, number>>();
  readonly lists: Record<ItemId, { home: string; quantity: number }[]> = { rice: [], eggs: [], greens: [] };

  constructor(stock: Record<ItemId, number>) {
    this.stock = { ...stock };
  }

  has(who: string, id: ItemId): number {
    return this.orders.get(who)?.get(id) ?? 0;
  }

  left(id: ItemId): number {
    return this.stock[id] - HOMES.reduce((sum, who) => sum + this.has(who, id), 0);
  }

  /** @returns the code of the refusal that is due; undefined where it is done */
  does(one: Act): string | undefined {
    switch (one.does) {
      case 'order': {
        for (const id of ITEMS) {
          const more = (one.lines[id] ?? 0) - this.has(one.home, id);
          if (more > this.left(id)) return 'soldOut';
        }
        return this.becomes(one.home, new Map(ITEMS.map((id) => [id, one.lines[id] ?? 0])));
      }
      case 'cancel':
        if (!this.orders.has(one.home)) return 'nothingOrdered';
        return this.becomes(one.home, new Map());
      case 'wait': {
        if (this.left(one.item) > 0) return 'stillFree';
        if (this.has(one.home, one.item) + one.quantity > LIMIT) return 'overLimit';
        const list = this.lists[one.item];
        const mine = list.find((each) => each.home === one.home);
        if (mine !== undefined && one.quantity <= mine.quantity) mine.quantity = one.quantity;
        else {
          this.drop(one.home, one.item);
          list.push({ home: one.home, quantity: one.quantity });
        }
        return undefined;
      }
      case 'leave':
        return this.drop(one.home, one.item) ? undefined : 'notWaiting';
      case 'restock':
        this.stock[one.item] += one.more;
        this.serve(one.item);
        return undefined;
    }
  }

  private becomes(who: string, wanted: Map<ItemId, number>): undefined {
    const lowered = ITEMS.filter((id) => (wanted.get(id) ?? 0) < this.has(who, id));
    const kept = new Map([...wanted].filter(([, quantity]) => quantity > 0));
    if (kept.size > 0) this.orders.set(who, kept);
    else this.orders.delete(who);
    for (const id of lowered) this.drop(who, id);
    for (const id of lowered) this.serve(id);
  }

  private drop(who: string, id: ItemId): boolean {
    const at = this.lists[id].findIndex((each) => each.home === who);
    if (at >= 0) this.lists[id].splice(at, 1);
    return at >= 0;
  }

  private serve(id: ItemId): void {
    for (let first = this.lists[id][0]; first !== undefined && this.left(id) > 0; first = this.lists[id][0]) {
      const got = this.orders.get(first.home) ?? new Map<ItemId, number>();
      got.set(id, (got.get(id) ?? 0) + 1);
      this.orders.set(first.home, got);
      if (--first.quantity === 0) this.lists[id].shift();
    }
  }
}

async function aTown(stock: Record<ItemId, number>): Promise<MemoryTown> {
  const town = new MemoryTown();
  for (const [i, id] of HOMES.entries()) {
    town.keep(household, {
      id,
      buildingId: 'b',
      grid: '一格',
      buildingName: '3栋',
      unit: '1',
      floor: i + 1,
      room: `${i + 1}01`,
      door: `3-1-${i + 1}01`,
      vacant: false,
    });
  }
  const opened = await town.act(organiser, open, {
    id: 'round',
    title: '团',
    opensAt: town.now - MINUTE_MS,
    closesAt: town.now + 600 * MINUTE_MS,
    items: ITEMS.map((id, i) => ({
      id,
      name: id,
      unit: '份',
      contents: '',
      priceFen: 100 * (i + 1),
      stock: stock[id],
      perHousehold: LIMIT,
    })),
  });
  if (opened !== undefined) throw new Error(opened);
  return town;
}

const organiser = { ...device, roles: [{ kind: 'organiser' as const }] };
const of = (who: string) => ({ ...device, deviceId: `phone of ${who}`, households: [who] });

function does(town: MemoryTown, one: Act): Promise<string | undefined> {
  const groupBuyId = 'round';
  switch (one.does) {
    case 'order': {
      const wanted = ITEMS.filter((id) => one.lines[id] !== undefined);
      const asked = wanted.map((id) => ({ itemId: id, quantity: one.lines[id]!, ifShort: 'drop' as const }));
      return town.act(of(one.home), placeOrder, { groupBuyId, householdId: one.home, lines: asked });
    }
    case 'cancel':
      return town.act(of(one.home), cancelOrder, { groupBuyId, householdId: one.home });
    case 'wait': {
      const args = { groupBuyId, householdId: one.home, itemId: one.item, quantity: one.quantity };
      return town.act(of(one.home), wait, { ...args, ifShort: 'ask' });
    }
    case 'leave':
      return town.act(of(one.home), leaveQueue, { groupBuyId, householdId: one.home, itemId: one.item });
    case 'restock': {
      const stock = town.get(item, one.item)!.stock + one.more;
      return town.act(organiser, changeItem, { groupBuyId, itemId: one.item, was: {}, stock });
    }
  }
}

function wrong(town: MemoryTown, paper: OnPaper): string[] {
  const books = {
    rounds: town.all(groupBuy),
    items: town.all(item),
    orders: town.all(order),
    places: town.all(waitingPlace),
    entries: town.all(ledgerEntry),
    refunds: [],
    receipts: [],
  };
  const faults = [...bookFaults(books), ...stockFaults(books)];
  for (const who of HOMES) {
    const stands = town.get(order, orderId('round', who));
    for (const id of ITEMS) {
      const line = stands?.state === 'placed' ? stands.lines.find((each) => each.itemId === id) : undefined;
      const has = line?.quantity ?? 0;
      if (has !== paper.has(who, id)) faults.push(`${who} has ${has} ${id}, not ${paper.has(who, id)}`);
      const place = town.get(waitingPlace, waitingPlaceId(id, who));
      const at = paper.lists[id].findIndex((each) => each.home === who);
      const waits = place?.state === 'waiting';
      if (waits !== at >= 0) faults.push(`${who} ${waits ? 'waits' : 'does not wait'} for ${id}`);
      if (place === undefined || !waits || at < 0) continue;
      const stood = placeInQueue(queueOf(town.get(item, id)!), place.ticket);
      if (stood !== at + 1) faults.push(`${who} is in place ${stood} for ${id}, not ${at + 1}`);
      const quantity = paper.lists[id][at]!.quantity;
      if (place.quantity !== quantity) faults.push(`${who} waits for ${place.quantity} ${id}, not ${quantity}`);
    }
  }
  return faults;
}

describe('whatever households do at once', () => {
  it('orders, queues, places and the book are those that one would keep on paper', async () => {
    const stock = fc.record({
      rice: fc.integer({ min: 0, max: 4 }),
      eggs: fc.integer({ min: 0, max: 4 }),
      greens: fc.integer({ min: 0, max: 4 }),
    });
    let [served, behind] = [0, 0];
    const law = fc.asyncProperty(
      stock,
      fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }),
      async (there, acts) => {
        const [town, paper] = [await aTown(there), new OnPaper(there)];
        const numbers = new Map<string, number>();
        for (const one of acts) {
          const said = await does(town, one);
          expect(said, JSON.stringify(one)).toBe(paper.does(one));
          expect(wrong(town, paper), JSON.stringify(one)).toEqual([]);
          for (const { id, number } of town.all(order)) {
            expect(numbers.get(id) ?? number).toBe(number);
            numbers.set(id, number!);
          }
          behind += ITEMS.filter((id) => paper.lists[id].length > 1).length;
        }
        served += town.all(order).flatMap(({ changes }) => changes.filter(({ what }) => what === 'fromQueue')).length;
      },
    );
    await fc.assert(law, { numRuns: 200 });
    // The law says nothing where nobody ever stood behind another, or was served.
    expect(served).toBeGreaterThan(100);
    expect(behind).toBeGreaterThan(1000);
  });
});
