import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import sharp from 'sharp';
import { strFromU8, unzipSync } from 'fflate';
import { complete } from '../src/domain/registry.ts';
import { registry } from '../src/pillars/registry.ts';
import { closeDueRounds } from '../src/pillars/group-buy/round/round.server.ts';
import { entryInWords } from '../src/pillars/group-buy/chain/list-text.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, people, type Town } from './support/town.ts';
import type { Claim } from '../src/pillars/group-buy/claims/schema.ts';
import type { GroupBuy, Item, Order } from '../src/pillars/group-buy/schema.ts';
import type { HandOutRun } from '../src/pillars/group-buy/hand-out/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { RoundMoney } from '../src/pillars/group-buy/money/money-view.ts';
import type { SupplierReceipt } from '../src/pillars/group-buy/money/schema.ts';
import type { RoundTotals } from '../src/pillars/group-buy/totals.ts';
import type { Row } from '../src/domain/entity.ts';
import type { Verdict } from '../src/sync/wire.ts';

const round = '019f0000-0000-7000-8000-000000000001';
const other = '019f0000-0000-7000-8000-000000000002';
const rice = '019f0000-0000-7000-8000-0000000000a1';
const eggs = '019f0000-0000-7000-8000-0000000000a2';
const potato = '019f0000-0000-7000-8000-0000000000a3';
const photo = '019f0000-0000-7000-8000-0000000000f1';

let town: Town;
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, he: HttpDevice, zhou: HttpDevice, tian: HttpDevice;
let secretary: HttpDevice;

/** Does one thing; whatever the answer, book and stock are straight afterwards. */
async function act(device: HttpDevice, name: string, args: object, at?: number): Promise<Verdict> {
  const verdict =
    at === undefined ? await device.act(name, args) : (await device.push({ name, args, at })).verdicts[0]!;
  await expectStraightBook(town);
  await expectStraightStock(town);
  return verdict;
}
const step = (name: string, more: object = {}, by = he) => act(by, `groupBuy.${name}`, { groupBuyId: round, ...more });
async function yes(verdict: Promise<Verdict>): Promise<void> {
  expect(await verdict).toMatchObject({ outcome: 'accepted' });
}
const refused = (code: string) => ({ outcome: 'refused', code });

const offer = (more: object = {}) => ({
  id: round,
  title: '蔬菜第 7 团',
  opensAt: town.world.now() - MINUTE_MS,
  closesAt: town.world.now() + 60 * MINUTE_MS,
  items: [
    { id: rice, name: '东北大米', unit: '袋', contents: '', priceFen: 4_500, stock: 4, perHousehold: 4 },
    { id: eggs, name: '鲜鸡蛋', unit: '板', contents: '', priceFen: 3_800, stock: 40, perHousehold: 4 },
    {
      id: potato,
      name: '土豆',
      unit: '份',
      contents: '',
      weightJin: 5,
      perJinFen: 250,
      priceFen: 1_250,
      stock: 40,
      perHousehold: 9,
    },
  ],
  ...more,
});
const of = (...lines: [string, number][]) => lines.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'ask' }));
const orders = (device: HttpDevice, householdId: string, ...lines: [string, number][]) =>
  step('placeOrder', { householdId, lines: of(...lines) }, device);
const waits = (device: HttpDevice, householdId: string, itemId: string, quantity: number) =>
  step('wait', { itemId, householdId, quantity, ifShort: 'drop' }, device);

async function orderOf(device: HttpDevice): Promise<Order> {
  await device.pull();
  return device.held<Order>('order')[0]!;
}
async function itemOf(id: string): Promise<Item> {
  await he.pull();
  return he.held<Item>('item').find((one) => one.id === id)!;
}

beforeEach(async () => {
  town = await openTown();
  [li, wang, chen, he] = [
    await town.device('li'),
    await town.device('wang'),
    await town.device('chen'),
    await town.device('he'),
  ];
  [zhou, tian, secretary] = [await town.device('zhou'), await town.device('tian'), await town.device('secretary')];
  await yes(act(secretary, 'people.giveRole', { personId: people.he, kind: 'organiser' }));
});
afterEach(() => town.close());

/** From open to bags at the door of li and wang. */
async function arrives(...items: { itemId: string; arrived: number }[]): Promise<void> {
  await yes(step('close'));
  await yes(step('arrive', { items }));
}
async function handsOut(...householdIds: string[]): Promise<void> {
  await yes(step('startHandingOut'));
  for (const id of householdIds) await yes(step('handOut', { householdIds: [id], how: 'atDoor' }));
}

describe('whoever is no organiser', () => {
  /** Each act with arguments that a schema takes, and that would do something. */
  const acts: Readonly<Record<string, object>> = {
    open: { ...{}, id: other },
    editDraft: {},
    publish: {},
    change: { title: '别的' },
    changeItem: { itemId: rice, was: {}, stock: 90 },
    close: {},
    cancelRound: { reason: '不要了' },
    markOrdered: {},
    arrive: { items: [] },
    substitute: { householdId: homes.wang, itemId: rice, similar: null },
    startHandingOut: {},
    settle: {},
    placeFor: { householdId: homes.wang, source: 'phone', lines: of([rice, 1]) },
    placeOrder: { householdId: homes.wang, lines: of([rice, 1]) },
    cancelOrder: { householdId: homes.wang },
    wait: { itemId: rice, householdId: homes.wang, quantity: 1, ifShort: 'drop' },
    leaveQueue: { itemId: rice, householdId: homes.wang },
    takeRun: { runId: `${round}/3栋/2` },
    releaseRun: { runId: `${round}/3栋/2` },
    handOut: { householdIds: [homes.wang], how: 'atDoor' },
    notHandedOut: { householdIds: [homes.wang], what: 'notAtHome' },
    undoHandOut: { householdIds: [homes.wang] },
    sayPaid: { householdId: homes.wang, fen: 100 },
    receivePayment: { householdId: homes.wang, fen: 100, paidBefore: 0 },
    takeBackPayment: { entryId: 'x' },
    refund: { id: other, householdId: homes.wang, fen: 100, refundedBefore: 0 },
    decideRefund: { refundId: other, approve: true },
    weigh: { itemId: potato, weights: [{ householdId: homes.wang, grams: 500 }] },
    addReceipt: { id: other, fen: 100 },
    removeReceipt: { receiptId: other },
    proposeCode: { payee: '李明', channel: 'wechat', photoId: photo },
    decideCode: { codeId: people.he, revision: other, confirm: true },
    setMoneyRules: { refundLimitFen: 100_000_000 },
    claim: { id: other, householdId: homes.wang, itemId: rice, kind: 'spoiled', quantity: 1 },
    decideClaim: { claimId: other, outcome: 'replaced' },
    forgetClaim: { claimId: other },
  };

  it('is told no, at every state of a round, whatever they ask for', async () => {
    const known = [...(await complete(registry)).mutations.keys()].filter((name) => name.startsWith('groupBuy.'));
    expect(
      Object.keys(acts)
        .map((name) => `groupBuy.${name}`)
        .sort(),
    ).toEqual(known.sort());
    const asked = (name: string) =>
      ['open', 'editDraft'].includes(name) ? { ...offer(), ...(acts[name] as object) } : acts[name]!;
    await yes(act(he, 'groupBuy.open', offer({ draft: true })));
    const steps: (() => Promise<void>)[] = [
      () => yes(step('publish')),
      () => yes(orders(wang, homes.wang, [rice, 2], [potato, 1])),
      () => arrives(),
      () => handsOut(),
      () => yes(step('settle')),
    ];
    const codes: string[] = [];
    for (const next of [() => Promise.resolve(), ...steps]) {
      await next();
      for (const device of [li, zhou]) {
        for (const name of Object.keys(acts)) {
          // A volunteer may take a stairway: that is what they are for.
          if (device === zhou && ['takeRun', 'releaseRun'].includes(name)) continue;
          const verdict = await device.act(`groupBuy.${name}`, { groupBuyId: round, ...asked(name) });
          codes.push(`${name} ${verdict.outcome} ${'code' in verdict ? verdict.code : ''}`);
        }
      }
    }
    expect([...new Set(codes)].filter((line) => !line.endsWith('refused notAllowed')).sort()).toEqual([]);
  });

  it('and does not learn by any address that there is a round', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 1]));
    const pages = [
      'totals',
      'arrival',
      'shortage',
      'doors',
      'money',
      'closing',
      'claims',
      'weighing',
      'hand-out',
      'bags',
      'sheet',
      'supplier',
      'orders.csv',
      'orders.xlsx',
    ];
    for (const page of pages) {
      const known = await li.request(`/api/desk/group-buys/${round}/${page}`);
      const unknown = await li.request(`/api/desk/group-buys/${other}/${page}`);
      expect([page, known.status, await known.text()]).toEqual([page, 404, await unknown.text()]);
      expect([page, (await zhou.request(`/api/desk/group-buys/${round}/${page}`)).status]).toEqual([page, 404]);
      expect([page, (await he.request(`/api/desk/group-buys/${round}/${page}`)).status]).toEqual([page, 200]);
    }
  });
});

it('an address that no row can have is one that is not there', async () => {
  const pages = [
    'totals',
    'arrival',
    'shortage',
    'chain',
    'doors',
    'money',
    'closing',
    'claims',
    'weighing',
    'hand-out',
    'bags',
    'sheet',
    'supplier',
    'orders.csv',
    'orders.xlsx',
  ];
  const found: string[] = [];
  for (const page of pages) {
    const { status } = await he.request(`/api/desk/group-buys/%00/${page}`);
    if (page !== 'claims' && page !== 'weighing' ? status !== 404 : status >= 500) found.push(`${page} ${status}`);
  }
  const picture = await he.request('/api/photos/%00');
  if (picture.status !== 404) found.push(`photo ${picture.status}`);
  expect(found).toEqual([]);
});

describe('a draft', () => {
  it('that is given up is never shown to residents', async () => {
    await yes(act(he, 'groupBuy.open', offer({ draft: true, title: '给书记的惊喜' })));
    await yes(step('cancelRound', { reason: '不办了' }));
    await li.pull();
    expect(li.held<GroupBuy>('groupBuy')).toEqual([]);
    expect((await li.request(`/api/desk/group-buys/${round}/chain`)).status).toBe(404);
    await tian.pull();
    expect(tian.held<GroupBuy>('groupBuy')).toHaveLength(1);
  });
});

describe('money', () => {
  it('that was given back for something given instead does not go out twice', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(li, homes.li, [rice, 2]));
    await arrives({ itemId: rice, arrived: 0 });
    const similar = { name: '珍珠米', unit: '袋', quantity: 2, priceFen: 4_000 };
    await yes(step('substitute', { householdId: homes.li, itemId: rice, similar }));
    await handsOut(homes.li);
    await yes(step('claim', { id: other, householdId: homes.li, itemId: rice, kind: 'spoiled', quantity: 2 }, li));
    await yes(act(he, 'groupBuy.decideClaim', { claimId: other, outcome: 'refunded', fen: 8_000 }));
    expect((await orderOf(li)).totalFen).toBe(0);
    expect(await step('substitute', { householdId: homes.li, itemId: rice, similar: null })).toMatchObject(
      refused('wrongStep'),
    );
    expect((await orderOf(li)).totalFen).toBe(0);
  });

  it('is never handled by a household itself, not even by a second phone of it', async () => {
    await yes(act(secretary, 'people.giveRole', { personId: people.zhou, kind: 'organiser' }));
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(he, homes.he, [rice, 3], [potato, 3]));
    await yes(step('receivePayment', { householdId: homes.he, fen: 50_000, paidBefore: 0 }, tian));
    for (const family of [he, zhou]) {
      const own = { householdId: homes.he };
      expect(await step('receivePayment', { ...own, fen: 100, paidBefore: 50_000 }, family)).toMatchObject(
        refused('ownHousehold'),
      );
      expect(
        await step('refund', { ...own, id: town.world.newId(), fen: 100, refundedBefore: 0 }, family),
      ).toMatchObject(refused('ownHousehold'));
    }
    const asked = town.world.newId();
    await yes(step('refund', { id: asked, householdId: homes.he, fen: 30_000, refundedBefore: 0 }, tian));
    for (const family of [he, zhou]) {
      expect(await act(family, 'groupBuy.decideRefund', { refundId: asked, approve: true })).toMatchObject(
        refused('ownHousehold'),
      );
    }
    expect(await act(tian, 'groupBuy.decideRefund', { refundId: asked, approve: true })).toMatchObject(
      refused('samePerson'),
    );
    await yes(act(secretary, 'groupBuy.decideRefund', { refundId: asked, approve: true }));
    expect(await act(secretary, 'groupBuy.decideRefund', { refundId: asked, approve: true })).toMatchObject(
      refused('alreadyClosed'),
    );
  });

  it('in many small refunds is as much as in a large one, and never more than is owed', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(li, homes.li, [rice, 4]));
    await yes(step('receivePayment', { householdId: homes.li, fen: 43_000, paidBefore: 0 }));
    const refunds = (fen: number, refundedBefore: number) =>
      step('refund', { id: town.world.newId(), householdId: homes.li, fen, refundedBefore });
    await yes(refunds(15_000, 0));
    // Owed is 10,000 more. 6,000 goes over the limit of 200 yuan and waits; what waits cannot be asked for again.
    await yes(refunds(6_000, 15_000));
    expect(await refunds(6_000, 15_000)).toMatchObject(refused('moreThanOwed'));
    await yes(refunds(4_000, 15_000));
    expect((await orderOf(li)).refundedFen).toBe(15_000);
    const money = (await (await he.request(`/api/desk/group-buys/${round}/money`)).json()) as RoundMoney;
    expect(money.doors[0]).toMatchObject({ refundedFen: 15_000 });
  });

  it('stays right where what came is counted anew after scales, payment and something instead', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(li, homes.li, [rice, 2], [potato, 2]));
    await yes(orders(wang, homes.wang, [rice, 2], [potato, 1]));
    await arrives({ itemId: rice, arrived: 2 }, { itemId: potato, arrived: 2 });
    const similar = { name: '珍珠米', unit: '袋', quantity: 1, priceFen: 4_000 };
    await yes(step('substitute', { householdId: homes.li, itemId: rice, similar }));
    await yes(step('weigh', { itemId: potato, weights: [{ householdId: homes.li, grams: 2_600 }] }));
    await yes(step('receivePayment', { householdId: homes.li, fen: 9_800, paidBefore: 0 }));
    const before = await orderOf(li);
    expect(before.totalFen).toBe(4_500 + 4_000 + 1_300);
    await yes(
      step('arrive', {
        items: [
          { itemId: rice, arrived: 2 },
          { itemId: potato, arrived: 2 },
        ],
      }),
    );
    expect((await orderOf(li)).totalFen).toBe(before.totalFen);
    await yes(step('arrive', { items: [] }));
    expect((await orderOf(li)).totalFen).toBe(2 * 4_500 + 2 * 1_250);
    await yes(
      step('arrive', {
        items: [
          { itemId: rice, arrived: 9 },
          { itemId: eggs, arrived: 7 },
        ],
      }),
    );
    expect((await orderOf(li)).totalFen).toBe(2 * 4_500 + 2 * 1_250);
    await yes(step('arrive', { items: [rice, eggs, potato].map((itemId) => ({ itemId, arrived: 0 })) }));
    expect((await orderOf(li)).totalFen).toBe(0);
    expect(await step('weigh', { itemId: potato, weights: [{ householdId: homes.li, grams: 2_600 }] })).toMatchObject(
      refused('notFound'),
    );
  });

  it('claimed twice for the same portions is given back once, also where the round is settled', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(li, homes.li, [rice, 2]));
    await arrives();
    await handsOut(homes.li);
    const claims = (quantity: number, id = town.world.newId()) =>
      step('claim', { id, householdId: homes.li, itemId: rice, kind: 'spoiled', quantity }, li);
    await yes(claims(1));
    expect(await claims(2)).toMatchObject(refused('overLimit'));
    await yes(claims(1));
    expect(await claims(1)).toMatchObject(refused('overLimit'));
    expect(await step('settle')).toMatchObject(refused('openClaims'));
    await he.pull();
    const [first, second] = he.held<Claim>('claim');
    const decides = (claimId: string, fen: number) =>
      act(he, 'groupBuy.decideClaim', { claimId, outcome: 'refunded', fen });
    expect(await decides(first!.id, 4_501)).toMatchObject(refused('moreThanOwed'));
    await yes(decides(first!.id, 4_500));
    expect(await decides(first!.id, 4_500)).toMatchObject(refused('alreadyClosed'));
    await yes(decides(second!.id, 4_500));
    expect((await orderOf(li)).totalFen).toBe(0);
    expect(await step('weigh', { itemId: rice, weights: [{ householdId: homes.li, grams: 500 }] })).toMatchObject(
      refused('wrongStep'),
    );
  });
});

describe('the queue', () => {
  it('makes an order the household its own: nobody overwrites what it waited for', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 4]));
    await yes(step('placeFor', { householdId: homes.li, source: 'chain', chainKey: 'chain-1', lines: of([eggs, 1]) }));
    await yes(waits(li, homes.li, rice, 2));
    await yes(orders(wang, homes.wang, [rice, 2]));
    expect((await orderOf(li)).lines.map(({ itemId, quantity }) => [itemId, quantity])).toEqual([
      [rice, 2],
      [eggs, 1],
    ]);
    const again = { householdId: homes.li, source: 'chain', chainKey: 'chain-2', lines: of([eggs, 2]) };
    expect(await step('placeFor', again)).toMatchObject(refused('alreadyOrdered'));
  });

  it('serves others, not who has just given portions away, and ends with the round', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 4]));
    await yes(waits(li, homes.li, rice, 3));
    await yes(waits(chen, homes.chen, rice, 2));
    await yes(orders(wang, homes.wang, [rice, 1]));
    expect(await orders(wang, homes.wang, [rice, 4])).toMatchObject(refused('soldOut'));
    await yes(step('cancelOrder', { householdId: homes.wang }, wang));
    expect((await orderOf(chen)).lines).toMatchObject([{ quantity: 1 }]);
    await yes(step('close'));
    expect(await itemOf(rice)).toMatchObject({ sold: 4, waiting: 0 });
  });
});

describe('numbers', () => {
  it('that no column holds are refused as such', async () => {
    const heavy = {
      id: potato,
      name: '土豆',
      unit: '车',
      contents: '',
      weightJin: 10_000,
      perJinFen: 50,
      priceFen: 500_000,
      stock: 9,
      perHousehold: 9,
    };
    const light = {
      id: rice,
      name: '藏红花',
      unit: '丝',
      contents: '',
      weightJin: 0.000_01,
      perJinFen: 1_000_000,
      priceFen: 10,
      stock: 9,
      perHousehold: 9,
    };
    await yes(act(he, 'groupBuy.open', offer({ items: [heavy, light] })));
    const dear = await step('changeItem', { itemId: potato, was: {}, perJinFen: 1_000_000 });
    expect(dear).toMatchObject({ outcome: 'refused' });
    expect(dear).not.toMatchObject({ code: 'fault' });
    const saffron = await step('changeItem', { itemId: rice, was: {}, priceFen: 1_000_000 });
    expect(saffron).toMatchObject({ outcome: 'refused' });
    expect(saffron).not.toMatchObject({ code: 'fault' });
  });

  it('of times that no calendar has are malformed: every phone would have to show them', async () => {
    for (const closesAt of [9_000_000_000_000_000, 8_640_000_000_000_000, 253_402_300_800_000]) {
      expect(await act(he, 'groupBuy.open', offer({ closesAt })), String(closesAt)).toMatchObject(refused('malformed'));
    }
    await yes(act(he, 'groupBuy.open', offer({ closesAt: town.world.now() + 400 * DAY_MS })));
    expect(await step('change', { closesAt: 9_000_000_000_000_000 })).toMatchObject(refused('malformed'));
  });

  it('of portions that are none are malformed', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    for (const quantity of [0, -1, 1.5, 1e9, 2 ** 53, NaN, '1']) {
      expect(await orders(li, homes.li, [rice, quantity as number])).toMatchObject(refused('malformed'));
      expect(await waits(li, homes.li, rice, quantity as number)).toMatchObject(refused('malformed'));
    }
  });
});

describe('a slot that somebody chose', () => {
  it('does not become another one under them', async () => {
    const now = town.world.now();
    const slot = { id: 's1', kind: 'delivery', from: now + DAY_MS, to: now + DAY_MS + 60 * MINUTE_MS };
    await yes(act(he, 'groupBuy.open', offer({ slots: [slot] })));
    await yes(step('placeOrder', { householdId: homes.li, lines: of([rice, 1]), slotId: 's1' }, li));
    await step('change', { slots: [{ ...slot, kind: 'pickUp', place: '东门' }] });
    await li.pull();
    const [it] = li.held<GroupBuy>('groupBuy');
    expect(it!.slots!.find(({ id }) => id === 's1')).toMatchObject({ kind: 'delivery' });
  });
});

describe('what is handed out', () => {
  it('was handed over while the round was, whatever a phone’s clock says: the day for a claim is not over before it began', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 1]));
    await arrives();
    await handsOut();
    const startedAt = town.world.now();
    await yes(act(zhou, 'groupBuy.takeRun', { runId: `${round}/3栋/2` }));
    town.world.pass(MINUTE_MS);
    const longAgo = town.world.now() - 3 * DAY_MS;
    const handed = { groupBuyId: round, householdIds: [homes.wang], how: 'atDoor' };
    await yes(act(zhou, 'groupBuy.handOut', handed, longAgo));
    expect((await orderOf(wang)).handedOut!.at).toBeGreaterThanOrEqual(startedAt - MINUTE_MS);
    await yes(step('claim', { id: other, householdId: homes.wang, itemId: rice, kind: 'missing', quantity: 1 }, wang));
  });

  it('is also what is given instead after handing out began: the door comes onto a stairway, and leaves it again', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 1]));
    await yes(orders(li, homes.li, [eggs, 1]));
    await arrives({ itemId: rice, arrived: 0 });
    await handsOut();
    const runs = async () => {
      await zhou.pull();
      return zhou
        .held<HandOutRun>('handOutRun')
        .map(({ building, unit, doors, done }) => [building, unit, doors, done].join(' '))
        .sort();
    };
    expect(await runs()).toEqual(['3栋 1 1 0']);
    const similar = { name: '珍珠米', unit: '袋', quantity: 1, priceFen: 4_000 };
    await yes(step('substitute', { householdId: homes.wang, itemId: rice, similar }));
    expect(await runs()).toEqual(['3栋 1 1 0', '3栋 2 1 0']);
    await yes(act(zhou, 'groupBuy.takeRun', { runId: `${round}/3栋/2` }));
    await yes(step('substitute', { householdId: homes.wang, itemId: rice, similar: null }));
    expect(await runs()).toEqual(['3栋 1 1 0', '3栋 2 0 0']);
    await yes(step('substitute', { householdId: homes.wang, itemId: rice, similar: { ...similar, quantity: 1 } }));
    await yes(step('handOut', { householdIds: [homes.wang], how: 'atDoor' }, zhou));
    expect(await runs()).toEqual(['3栋 1 1 0', '3栋 2 1 1']);
  });
});

it('a bag that nobody noted can be claimed while it may still be under way, and for a day after the round was settled', async () => {
  await yes(act(he, 'groupBuy.open', offer()));
  await yes(orders(li, homes.li, [rice, 2]));
  await yes(step('receivePayment', { householdId: homes.li, fen: 9_000, paidBefore: 0 }));
  await arrives();
  await handsOut();
  const claims = (id: string, quantity: number) =>
    step('claim', { id, householdId: homes.li, itemId: rice, kind: 'missing', quantity }, li);
  await yes(act(zhou, 'groupBuy.takeRun', { runId: `${round}/3栋/1` }));
  await yes(claims('while', 1));
  await yes(act(tian, 'groupBuy.decideClaim', { claimId: 'while', outcome: 'replaced' }));
  await yes(step('settle'));
  expect(await step('handOut', { householdIds: [homes.li], how: 'atDoor' }, zhou)).toMatchObject(refused('wrongStep'));
  await yes(step('handOut', { householdIds: [homes.li], how: 'atDoor' }));
  await yes(claims(other, 1));
  await yes(act(tian, 'groupBuy.decideClaim', { claimId: other, outcome: 'refunded', fen: 4_500 }));
  await yes(step('refund', { id: town.world.newId(), householdId: homes.li, fen: 4_500, refundedBefore: 0 }));
  expect((await orderOf(li)).refundedFen).toBe(4_500);
});

it('a bag that nobody ever noted is claimed within a day of the round’s end, and not after it', async () => {
  await yes(act(he, 'groupBuy.open', offer()));
  await yes(orders(li, homes.li, [rice, 2]));
  await arrives();
  const claims = (id: string) =>
    step('claim', { id, householdId: homes.li, itemId: rice, kind: 'spoiled', quantity: 1 }, li);
  expect(await claims('early')).toMatchObject(refused('wrongStep'));
  await handsOut();
  await yes(step('settle'));
  town.world.pass(DAY_MS - 1_000);
  await yes(claims('in time'));
  town.world.pass(2_000);
  expect(await claims('late')).toMatchObject(refused('tooLate'));
});

describe('what a phone keeps of others', () => {
  it('ends: the doors of a stairway after a week, also of a round that nobody settles', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 1]));
    await arrives();
    await handsOut();
    await yes(act(zhou, 'groupBuy.takeRun', { runId: `${round}/3栋/2` }));
    town.world.pass(6 * DAY_MS);
    await zhou.pull();
    expect(zhou.held('bag')).toHaveLength(1);
    town.world.pass(DAY_MS);
    await zhou.pull();
    expect(zhou.held('bag')).toEqual([]);
    await yes(act(zhou, 'groupBuy.releaseRun', { runId: `${round}/3栋/2` }));
    await yes(act(zhou, 'groupBuy.takeRun', { runId: `${round}/3栋/2` }));
    await zhou.pull();
    expect(zhou.held('bag')).toHaveLength(1);
  });

  it('is no picture of a receipt that was a mistake', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    const body = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#777' } })
      .png()
      .toBuffer();
    expect((await he.request(`/api/photos/${photo}`, { method: 'PUT', body: new Uint8Array(body) })).status).toBe(201);
    await yes(step('addReceipt', { id: other, fen: 100, photoId: photo }));
    expect((await li.request(`/api/photos/${photo}`)).status).toBe(200);
    await yes(act(he, 'groupBuy.removeReceipt', { receiptId: other }));
    expect((await li.request(`/api/photos/${photo}`)).status).toBe(404);
    await li.pull();
    expect(li.held<SupplierReceipt>('supplierReceipt')).toMatchObject([
      { fen: 100, removedAt: expect.any(Number) as number },
    ]);
  });
});

describe('words', () => {
  it('of a household make no line of their own in the public list', () => {
    const entry = { number: 3, building: '3栋', portions: 1, goods: [{ name: '米', unit: '袋', quantity: 1 }] };
    expect(entryInWords({ ...entry, name: '王\n9. 米 9' })).toBe('3. 3栋 王 9. 米 9 米 1 袋');
    expect(entryInWords({ ...entry, name: '\u202e王\u2028李\u0007' })).toBe('3. 3栋 王 李 米 1 袋');
  });

  it('that no workbook may hold do not spoil it', async () => {
    await yes(act(he, 'groupBuy.open', offer({ title: '菜\u0001=1+1/..\r\n' })));
    const note = '\u0001不要辣\u000b<script>\uffff]]>&_x0041_';
    await yes(step('placeOrder', { householdId: homes.li, lines: of([rice, 1]), note, listedAs: '=HYPERL' }, li));
    const response = await he.request(`/api/desk/group-buys/${round}/orders.xlsx`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).not.toMatch(/[\r\n\u0001]/u);
    const files = Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())));
    for (const [name, data] of files) {
      expect([name, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(strFromU8(data))]).toEqual([
        name,
        false,
      ]);
      expect(strFromU8(data)).not.toContain('<script>');
    }
    const csv = await (await he.request(`/api/desk/group-buys/${round}/orders.csv`)).text();
    expect(csv).toContain("'=HYPERL");
  });
});

it('the largest order that can be is added up to the fen everywhere', async () => {
  const items = Array.from({ length: 100 }, (_, i) => ({
    id: `dear-${i}`,
    name: `金 ${i}`,
    unit: '条',
    contents: '',
    priceFen: 1_000_000,
    stock: 100_000,
    perHousehold: 999,
  }));
  await yes(act(he, 'groupBuy.open', offer({ items })));
  const all = items.map(({ id }): [string, number] => [id, 999]);
  for (const [device, home] of [
    [li, homes.li],
    [wang, homes.wang],
    [chen, homes.chen],
  ] as const) {
    await yes(orders(device, home, ...all));
  }
  const each = 999 * 100 * 1_000_000;
  expect((await orderOf(li)).totalFen).toBe(each);
  const ask = async (page: string) => (await he.request(`/api/desk/group-buys/${round}/${page}`)).json();
  expect(await ask('totals')).toMatchObject({ totalFen: 3 * each, portions: 3 * 99_900 });
  expect(await ask('money')).toMatchObject({ sums: { totalFen: 3 * each, owedFen: 3 * each } });
  await arrives({ itemId: 'dear-0', arrived: 1 });
  expect(await ask('closing')).toMatchObject({ sums: { totalFen: 3 * each - (3 * 999 - 1) * 1_000_000, bookFen: 0 } });
});

describe('a household’s way through closed doors', () => {
  it('a member of another household does nothing in its name, nor names its claim, its place or its payment', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(orders(wang, homes.wang, [rice, 4]));
    await yes(waits(li, homes.li, rice, 1));
    expect(await step('leaveQueue', { itemId: rice, householdId: homes.li }, wang)).toMatchObject(
      refused('notAllowed'),
    );
    expect(await step('cancelOrder', { householdId: homes.wang }, li)).toMatchObject(refused('notAllowed'));
    expect(await step('sayPaid', { householdId: homes.wang, fen: 1 }, li)).toMatchObject(refused('notAllowed'));
    // A door that is none gets the same word.
    expect(await step('sayPaid', { householdId: 'nobody', fen: 1 }, li)).toMatchObject(refused('notAllowed'));
    expect(await step('wait', { itemId: 'x', householdId: 'nobody', quantity: 1, ifShort: 'drop' }, li)).toMatchObject(
      refused('notAllowed'),
    );
    await li.pull();
    for (const entity of [
      'order',
      'waitingPlace',
      'ledgerEntry',
      'bag',
      'claim',
      'refund',
      'handOutRun',
      'codeProposal',
    ]) {
      const rows = li.held<Row & { householdId?: string }>(entity);
      expect([entity, rows.filter(({ householdId }) => householdId !== homes.li)]).toEqual([entity, []]);
    }
  });

  it('goods of another round are ordered, awaited, weighed, counted and replaced by nobody', async () => {
    const strange = { id: other, title: '别的团', items: [{ ...offer().items[0]!, id: 'strange' }] };
    await yes(act(he, 'groupBuy.open', offer()));
    await yes(act(he, 'groupBuy.open', offer(strange)));
    await yes(orders(li, homes.li, [rice, 1], [potato, 1]));
    expect(await orders(li, homes.li, [rice, 1], ['strange', 1])).toMatchObject(refused('notFound'));
    expect(await waits(li, homes.li, 'strange', 1)).toMatchObject(refused('notFound'));
    expect(await step('changeItem', { itemId: 'strange', was: {}, stock: 9 })).toMatchObject(refused('notFound'));
    await arrives();
    expect(await step('arrive', { items: [{ itemId: 'strange', arrived: 1 }] })).toMatchObject(refused('notFound'));
    expect(await step('weigh', { itemId: 'strange', weights: [{ householdId: homes.li, grams: 1 }] })).toMatchObject(
      refused('notFound'),
    );
    expect(await step('substitute', { householdId: homes.li, itemId: 'strange', similar: null })).toMatchObject(
      refused('notFound'),
    );
    await handsOut(homes.li);
    const claims = { id: town.world.newId(), householdId: homes.li, itemId: 'strange', kind: 'wrong', quantity: 1 };
    expect(await step('claim', claims, li)).toMatchObject(refused('notFound'));
    const draft = { ...strange, id: 'draft-1', draft: true, items: [{ ...strange.items[0]!, id: 'own' }] };
    await yes(act(he, 'groupBuy.open', offer(draft)));
    const stolen = offer({ ...draft, items: [{ ...strange.items[0]!, id: rice }] });
    expect(await act(he, 'groupBuy.editDraft', stolen)).toMatchObject(refused('alreadyThere'));
    expect((await itemOf(rice)).groupBuyId).toBe(round);
  });
});

describe('the cut-off', () => {
  it('is to the millisecond by the server’s clock, whatever the phone says and whenever the clock of the community comes', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    const last = town.world.now() + 60 * MINUTE_MS - 1;
    town.world.pass(last - town.world.now());
    const { closesAt } = (await (await he.request(`/api/desk/group-buys/${round}/totals`)).json()) as RoundTotals;
    // The world moves on a little with every glance at it: the last moment is at hand, not sure to be hit.
    town.world.pass(Math.max(0, closesAt - town.world.now()));
    const early = town.world.now() - DAY_MS;
    const late = { groupBuyId: round, householdId: homes.li, lines: of([rice, 1]) };
    expect(await act(li, 'groupBuy.placeOrder', late, early)).toMatchObject(refused('closed'));
    expect(await act(li, 'groupBuy.placeOrder', late, town.world.now() + DAY_MS)).toMatchObject(refused('closed'));
    expect(await step('placeFor', { householdId: homes.li, source: 'phone', lines: of([rice, 1]) })).toMatchObject(
      refused('closed'),
    );
    expect(await closeDueRounds(town.communityId, town.db, town.server.operate, town.world.now())).toBe(1);
    expect(await step('close')).toMatchObject(refused('wrongStep'));
    expect(await closeDueRounds(town.communityId, town.db, town.server.operate, town.world.now())).toBe(0);
  });

  it('is not moved into the past, nor is a round ended twice', async () => {
    await yes(act(he, 'groupBuy.open', offer()));
    expect(await step('change', { closesAt: town.world.now() - 1 })).toMatchObject(refused('tooLate'));
    await yes(orders(li, homes.li, [rice, 2]));
    await yes(step('receivePayment', { householdId: homes.li, fen: 9_000, paidBefore: 0 }));
    await yes(step('cancelRound', { reason: '车坏了' }));
    expect(await step('cancelRound', { reason: '车坏了' })).toMatchObject(refused('wrongStep'));
    expect(await step('arrive', { items: [] })).toMatchObject(refused('wrongStep'));
    expect(await orders(li, homes.li, [rice, 1])).toMatchObject(refused('closed'));
    expect(
      await step('refund', { id: town.world.newId(), householdId: homes.li, fen: 9_001, refundedBefore: 0 }),
    ).toMatchObject(refused('moreThanOwed'));
    await yes(step('refund', { id: town.world.newId(), householdId: homes.li, fen: 9_000, refundedBefore: 0 }));
    expect(await step('settle')).toMatchObject(refused('wrongStep'));
    await yes(step('addReceipt', { id: town.world.newId(), fen: 100 }));
  });
});
