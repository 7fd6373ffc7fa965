import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import type { Actor } from '../src/domain/actor.ts';
import { household } from '../src/people/schema.ts';
import { decideClaim, makeClaim } from '../src/pillars/group-buy/claims/mutations.ts';
import { claim } from '../src/pillars/group-buy/claims/schema.ts';
import { handOut } from '../src/pillars/group-buy/hand-out/mutations.ts';
import { lineFen, owedFen } from '../src/pillars/group-buy/money/book.ts';
import * as money from '../src/pillars/group-buy/money/mutations.ts';
import {
  ledgerEntry,
  MONEY_RULES_ID,
  moneyRules,
  refund,
  supplierReceipt,
} from '../src/pillars/group-buy/money/schema.ts';
import { cancelOrder, open, placeOrder } from '../src/pillars/group-buy/mutations.ts';
import { nextAct } from '../src/pillars/group-buy/round/rules.ts';
import * as life from '../src/pillars/group-buy/round/mutations.ts';
import { groupBuy, item, order, orderId } from '../src/pillars/group-buy/schema.ts';
import { waitingPlace } from '../src/pillars/group-buy/waiting/schema.ts';
import { bookFaults, stockFaults } from './support/ledger-laws.ts';
import { device, MemoryTown } from './support/memory-town.ts';

const HOMES = ['h1', 'h2', 'h3', 'h4'];
const ID = 'round';
const LIMIT_FEN = 3_000;

/** Sums are parts of what there is, so that they hit the edges: all of it, a fen more, some of it. */
type Part = 'all' | 'aFenMore' | 'some';
type Act =
  | { readonly does: 'order'; readonly home: string; readonly rice: number; readonly potato: number }
  | { readonly does: 'cancel' | 'say' | 'takeBack' | 'handOut'; readonly home: string }
  | { readonly does: 'receive' | 'refund'; readonly home: string; readonly part: Part; readonly by: number }
  | { readonly does: 'weigh'; readonly home: string; readonly grams: number }
  | { readonly does: 'claim'; readonly home: string; readonly rice: boolean; readonly quantity: number }
  | { readonly does: 'decideClaim' | 'decideRefund'; readonly yes: boolean; readonly by: number; readonly part: Part }
  | { readonly does: 'receipt'; readonly fen: number }
  | { readonly does: 'removeReceipt' }
  | { readonly does: 'next'; readonly arrived: number };

const home = fc.constantFrom(...HOMES);
const part = fc.constantFrom<Part>('all', 'all', 'aFenMore', 'some');
const by = fc.integer({ min: 0, max: 2 });
const portions = fc.integer({ min: 0, max: 9 });
const is = <D extends Act['does']>(...does: D[]) => fc.constantFrom(...does);
const places = fc.record({ does: is('order'), home, rice: portions, potato: portions });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: places },
  { weight: 8, arbitrary: fc.record({ does: is('receive', 'refund'), home, part, by }) },
  { weight: 5, arbitrary: fc.record({ does: is('cancel', 'say', 'takeBack', 'handOut', 'handOut', 'handOut'), home }) },
  { weight: 2, arbitrary: fc.record({ does: is('weigh'), home, grams: fc.integer({ min: 1, max: 30_000 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: is('claim'), home, rice: fc.boolean(), quantity: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 7, arbitrary: fc.record({ does: is('decideClaim', 'decideRefund'), yes: fc.boolean(), by, part }) },
  { weight: 1, arbitrary: fc.record({ does: is('receipt'), fen: fc.integer({ min: 1, max: 100_000 }) }) },
  { weight: 1, arbitrary: fc.record({ does: is('removeReceipt') }) },
  { weight: 5, arbitrary: fc.record({ does: is('next'), arrived: fc.integer({ min: 4, max: 30 }) }) },
);

/** Three who handle money; the first lives at h1. */
const organisers: readonly Actor[] = [0, 1, 2].map((n) => ({
  ...device,
  deviceId: `organiser ${n}`,
  personId: `p${n}`,
  households: n === 0 ? ['h1'] : [],
  roles: [{ kind: 'organiser' }],
}));
const organiser = (n: number): Actor => organisers[n]!;
const of = (who: string): Actor => ({ ...device, deviceId: `phone of ${who}`, households: [who] });

async function aTown(): Promise<MemoryTown> {
  const town = new MemoryTown();
  town.keep(moneyRules, { id: MONEY_RULES_ID, refundLimitFen: LIMIT_FEN });
  const place = { buildingId: 'b', grid: '一格', buildingName: '3栋', unit: '1', vacant: false };
  for (const [i, id] of HOMES.entries()) {
    town.keep(household, { ...place, id, floor: i + 1, room: `${i + 1}01`, door: `3-1-${i + 1}01` });
  }
  const goods = { unit: '份', contents: '', stock: 40, perHousehold: 9 };
  const refused = await town.act(organiser(1), open, {
    id: ID,
    title: '团',
    opensAt: town.now - MINUTE_MS,
    closesAt: town.now + 600 * MINUTE_MS,
    minimumPortions: 5,
    items: [
      { ...goods, id: 'rice', name: '大米', priceFen: 4_533 },
      { ...goods, id: 'potato', name: '土豆', weightJin: 3, perJinFen: 257, priceFen: 771 },
    ],
  });
  if (refused !== undefined) throw new Error(refused);
  return town;
}

const partOf = (fen: number, which: Part): number =>
  which === 'all' ? fen : which === 'aFenMore' ? fen + 1 : Math.min(2_500, Math.ceil(fen / 2));

/** Does it. @returns the code of the refusal; undefined where it was accepted */
async function does(town: MemoryTown, one: Act): Promise<string | undefined> {
  const round = town.get(groupBuy, ID)!;
  const groupBuyId = ID;
  const orderOf = (who: string) => town.get(order, orderId(ID, who));
  switch (one.does) {
    case 'order': {
      const wanted = (['rice', 'potato'] as const).filter((itemId) => one[itemId] > 0);
      const lines = wanted.map((itemId) => ({ itemId, quantity: one[itemId], ifShort: 'drop' as const }));
      if (lines.length === 0) return undefined;
      return town.act(of(one.home), placeOrder, { groupBuyId, householdId: one.home, lines });
    }
    case 'cancel':
      return town.act(of(one.home), cancelOrder, { groupBuyId, householdId: one.home });
    case 'say':
      return town.act(of(one.home), money.sayPaid, { groupBuyId, householdId: one.home, fen: 100 });
    case 'receive': {
      const stands = orderOf(one.home);
      const fen = partOf(Math.max(1, stands === undefined ? 0 : owedFen(stands)), one.part);
      const args = { groupBuyId, householdId: one.home, fen, paidBefore: stands?.paidFen ?? 0 };
      return town.act(organiser(one.by), money.receivePayment, args);
    }
    case 'takeBack': {
      const entry = town.all(ledgerEntry).find((each) => each.kind === 'payment' && each.householdId === one.home);
      return entry && town.act(organiser(2), money.takeBackPayment, { entryId: entry.id });
    }
    case 'refund': {
      const stands = orderOf(one.home);
      const fen = partOf(Math.max(1, stands === undefined ? 0 : -owedFen(stands)), one.part);
      const id = `refund ${town.all(refund).length}`;
      const args = { id, groupBuyId, householdId: one.home, fen, refundedBefore: stands?.refundedFen ?? 0 };
      return town.act(organiser(one.by), money.payBack, args);
    }
    case 'decideRefund': {
      const asked = town.all(refund).find((each) => each.state === 'asked');
      return asked && town.act(organiser(one.by), money.decideRefund, { refundId: asked.id, approve: one.yes });
    }
    case 'weigh': {
      const weights = [{ householdId: one.home, grams: one.grams }];
      return town.act(organiser(1), money.weigh, { groupBuyId, itemId: 'potato', weights });
    }
    case 'handOut':
      return town.act(organiser(1), handOut, { groupBuyId, householdIds: [one.home], how: 'atDoor' });
    case 'claim': {
      const id = `claim ${town.all(claim).length}`;
      const itemId = one.rice ? 'rice' : 'potato';
      const args = { id, groupBuyId, householdId: one.home, itemId, kind: 'missing' as const, quantity: one.quantity };
      return town.act(of(one.home), makeClaim, args);
    }
    case 'decideClaim': {
      const it = town.all(claim).find((each) => each.state === 'open');
      if (it === undefined) return undefined;
      const line = orderOf(it.householdId)!.lines.find((each) => each.itemId === it.itemId)!;
      const fen = Math.max(1, partOf(lineFen(line), one.part));
      const outcome = one.yes
        ? { outcome: 'refunded' as const, fen }
        : { outcome: 'declined' as const, answer: '不是' };
      return town.act(organiser(one.by), decideClaim, { claimId: it.id, ...outcome });
    }
    case 'receipt': {
      const id = `receipt ${town.all(supplierReceipt).length}`;
      return town.act(organiser(1), money.addReceipt, { id, groupBuyId, fen: one.fen });
    }
    case 'removeReceipt': {
      const receipt = town.all(supplierReceipt)[0];
      return receipt && town.act(organiser(2), money.removeReceipt, { receiptId: receipt.id });
    }
    case 'next': {
      const items = ['rice', 'potato'].map((itemId) => ({ itemId, arrived: one.arrived }));
      switch (nextAct(round)) {
        case 'close':
          return town.act(organiser(1), life.close, { groupBuyId });
        case 'markOrdered':
          return town.act(organiser(1), life.markOrdered, { groupBuyId });
        case 'arrive':
          return town.act(organiser(1), life.arrive, { groupBuyId, items });
        case 'startHandingOut':
          return town.act(organiser(1), life.startHandingOut, { groupBuyId });
        case 'settle':
          return town.act(organiser(1), life.settle, { groupBuyId });
        default:
          return undefined;
      }
    }
  }
}

function wrong(town: MemoryTown): string[] {
  const books = {
    rounds: town.all(groupBuy),
    items: town.all(item),
    orders: town.all(order),
    places: town.all(waitingPlace),
    entries: town.all(ledgerEntry),
    refunds: town.all(refund),
    receipts: town.all(supplierReceipt),
  };
  const faults = [...bookFaults(books), ...stockFaults(books)];
  for (const { householdId, lines, totalFen } of books.orders) {
    if (totalFen < 0) faults.push(`${householdId} is charged ${totalFen}`);
    for (const line of lines) if (lineFen(line) < 0) faults.push(`${householdId}: ${line.name} costs ${lineFen(line)}`);
    const paid = books.refunds.filter((one) => one.householdId === householdId && one.state === 'paid');
    const alone = paid.filter((one) => one.decidedBy === undefined).reduce((sum, one) => sum + one.fen, 0);
    if (alone > LIMIT_FEN) faults.push(`${householdId} got ${alone} back by one person`);
    if (paid.some((one) => one.decidedBy === one.askedBy)) faults.push(`${householdId}: one person asked and agreed`);
  }
  const own = [
    ...books.entries.filter((one) => one.householdId === 'h1' && one.personId === 'p0'),
    ...books.refunds.filter((one) => one.householdId === 'h1' && (one.askedBy === 'p0' || one.decidedBy === 'p0')),
    ...town.all(claim).filter((one) => one.householdId === 'h1' && one.decidedBy === 'p0'),
  ];
  return [...faults, ...own.map((one) => `${one.id} is of the own household`)];
}

describe('whatever is done about a round’s money', () => {
  it('the book is straight after every act, and nobody gets more than they are owed', async () => {
    const seen = new Map<string, number>();
    const first = fc.array(places, { minLength: 3, maxLength: 6 });
    const then = fc.array(act, { minLength: 40, maxLength: 120, size: 'max' });
    const law = fc.asyncProperty(first, then, async (orders, acts) => {
      const town = await aTown();
      for (const one of [...orders, ...acts]) {
        const owedBefore = new Map(town.all(order).map((each) => [each.householdId, owedFen(each)]));
        const backBefore = new Map(town.all(order).map((each) => [each.householdId, each.refundedFen ?? 0]));
        const said = await does(town, one);
        const outcome = `${one.does}: ${said ?? 'done'}`;
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        expect(wrong(town), JSON.stringify(one)).toEqual([]);
        for (const each of town.all(order)) {
          const back = (each.refundedFen ?? 0) - (backBefore.get(each.householdId) ?? 0);
          if (back > 0) expect(back).toBeLessThanOrEqual(-(owedBefore.get(each.householdId) ?? 0));
        }
        const settledNow = one.does === 'next' && town.get(groupBuy, ID)!.state === 'settled' && said === undefined;
        const isOwed = town.all(order).filter((each) => owedFen(each) < 0).length;
        // What was claimed after a round was settled may be owed; at the moment of settling nobody is.
        if (settledNow && town.get(groupBuy, ID)!.steps?.at(-1)?.at === town.now) expect(isOwed).toBe(0);
      }
    });
    await fc.assert(law, { numRuns: 300, seed: 20200123 });
    // The laws say nothing of what never happened.
    const must = ['weigh', 'claim', 'decideClaim', 'refund', 'takeBack', 'handOut', 'receipt', 'removeReceipt'];
    for (const each of must) expect(seen.get(`${each}: done`) ?? 0, each).toBeGreaterThan(20);
    const refused = [
      'refund: moreThanOwed',
      'refund: ownHousehold',
      'decideRefund: samePerson',
      'next: owesHouseholds',
    ];
    for (const each of refused) expect(seen.get(each) ?? 0, each).toBeGreaterThan(5);
  });
});
