import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { forgetOldClaims } from '../src/pillars/group-buy/claims/claims.server.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, people, type Town } from './support/town.ts';
import type { Claim } from '../src/pillars/group-buy/claims/schema.ts';
import type { ClosingSheet, RoundMoney } from '../src/pillars/group-buy/money/money-view.ts';
import type { CodeProposal, CollectionCode, LedgerEntry, Refund } from '../src/pillars/group-buy/money/schema.ts';
import type { GroupBuy, Order } from '../src/pillars/group-buy/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { Verdict } from '../src/sync/wire.ts';

const round = '019f0000-0000-7000-8000-000000000001';
const rice = '019f0000-0000-7000-8000-0000000000a1';
const potato = '019f0000-0000-7000-8000-0000000000a2';
const photo = '019f0000-0000-7000-8000-0000000000f1';
const yes = { outcome: 'accepted' };

let town: Town;
/** Residents, the organiser (who lives at home he), and the desk. */
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, he: HttpDevice, zhou: HttpDevice, tian: HttpDevice;
let secretary: HttpDevice;

/** Does one thing; whatever the answer, the books are straight afterwards. */
async function act(device: HttpDevice, name: string, args: object): Promise<Verdict> {
  const verdict = await device.act(`groupBuy.${name}`, args);
  await expectStraightBook(town);
  await expectStraightStock(town);
  return verdict;
}
const accepted = async (device: HttpDevice, name: string, args: object) =>
  expect(await act(device, name, args), name).toMatchObject(yes);

beforeEach(async () => {
  town = await openTown();
  const device = (who: Parameters<Town['device']>[0]) => town.device(who);
  [li, wang, chen, he] = [await device('li'), await device('wang'), await device('chen'), await device('he')];
  [zhou, tian, secretary] = [await device('zhou'), await device('tian'), await device('secretary')];
  expect(await secretary.act('people.giveRole', { personId: people.he, kind: 'organiser' })).toMatchObject(yes);
  const goods = { contents: '', perHousehold: 9, stock: 40 };
  await accepted(he, 'open', {
    id: round,
    title: '蔬菜第 7 团',
    opensAt: town.world.now() - MINUTE_MS,
    closesAt: town.world.now() + 60 * MINUTE_MS,
    minimumPortions: 2,
    payment: 'before',
    items: [
      { ...goods, id: rice, name: '东北大米', unit: '袋', priceFen: 4_500 },
      { ...goods, id: potato, name: '土豆', unit: '份', weightJin: 5, perJinFen: 250, priceFen: 1_250 },
    ],
  });
});
afterEach(() => town.close());

const of = (...lines: [string, number][]) => lines.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'drop' }));
const orders = (device: HttpDevice, householdId: string, ...lines: [string, number][]) =>
  accepted(device, 'placeOrder', { groupBuyId: round, householdId, lines: of(...lines) });
const receive = (device: HttpDevice, householdId: string, fen: number, paidBefore = 0) =>
  act(device, 'receivePayment', { groupBuyId: round, householdId, fen, paidBefore });
const refunds = (device: HttpDevice, householdId: string, fen: number, refundedBefore = 0, id = town.world.newId()) =>
  act(device, 'refund', { id, groupBuyId: round, householdId, fen, refundedBefore });
const weighs = (device: HttpDevice, householdId: string, grams: number) =>
  act(device, 'weigh', { groupBuyId: round, itemId: potato, weights: [{ householdId, grams }] });

async function orderOf(device: HttpDevice): Promise<Order> {
  await device.pull();
  return device.held<Order>('order')[0]!;
}
async function moneyOf(device: HttpDevice): Promise<RoundMoney> {
  return (await (await device.request(`/api/desk/group-buys/${round}/money`)).json()) as RoundMoney;
}
/** What the round's money says of each door: section by section, as the organiser reads it. */
async function doors(): Promise<string[]> {
  const { doors } = await moneyOf(he);
  return doors.map(
    (one) => `${one.door} ${one.totalFen} ${one.paidFen} ${one.refundedFen} ${one.saidPaid?.fen ?? '-'}`,
  );
}
async function arrives(...items: { itemId: string; arrived: number }[]): Promise<void> {
  await accepted(he, 'close', { groupBuyId: round });
  await accepted(he, 'markOrdered', { groupBuyId: round });
  await accepted(he, 'arrive', { groupBuyId: round, items });
}
/** From arrival to the bag at the door of li, carried by zhou. */
async function handsOutToLi(): Promise<void> {
  await accepted(he, 'startHandingOut', { groupBuyId: round });
  await accepted(zhou, 'takeRun', { runId: `${round}/3栋/1` });
  await accepted(zhou, 'handOut', { groupBuyId: round, householdIds: [homes.li], how: 'atDoor' });
}

describe('我付了 and 钱收到了', () => {
  it('are two facts, and neither becomes the other', async () => {
    await orders(li, homes.li, [rice, 1], [potato, 1]);
    await orders(wang, homes.wang, [rice, 1]);
    await accepted(li, 'sayPaid', { groupBuyId: round, householdId: homes.li, fen: 5_750 });
    expect(await orderOf(li)).toMatchObject({ saidPaid: { fen: 5_750 }, totalFen: 5_750 });
    expect((await orderOf(li)).paidFen).toBeUndefined();
    expect(await doors()).toEqual(['3-1-402 5750 0 0 5750', '3-2-501 4500 0 0 -']);
    expect(await receive(he, homes.wang, 4_500)).toMatchObject(yes);
    expect(await receive(he, homes.li, 5_000)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({ saidPaid: { fen: 5_750 }, paidFen: 5_000 });
    expect((await orderOf(wang)).saidPaid).toBeUndefined();
    expect(await doors()).toEqual(['3-1-402 5750 5000 0 5750', '3-2-501 4500 4500 0 -']);
    expect((await moneyOf(he)).sums).toMatchObject({
      totalFen: 10_250,
      paidFen: 9_500,
      owedFen: 750,
      cashFen: 9_500,
      bookFen: 0,
    });
  });

  it('leave the order itself alone: what a household does at the same time is not held up', async () => {
    await orders(li, homes.li, [rice, 1]);
    const { revision } = await orderOf(li);
    await receive(he, homes.li, 4_500);
    const again = { groupBuyId: round, householdId: homes.li, basedOn: revision, lines: of([rice, 2]) };
    await accepted(li, 'placeOrder', again);
    expect(await orderOf(li)).toMatchObject({ totalFen: 9_000, paidFen: 4_500 });
  });

  it('tapped twice, or by two organisers, are received once', async () => {
    await orders(li, homes.li, [rice, 1]);
    expect(await receive(he, homes.li, 4_500)).toMatchObject(yes);
    expect(await receive(he, homes.li, 4_500)).toMatchObject({ code: 'changedMeanwhile', details: { paidFen: 4_500 } });
    expect(await receive(tian, homes.li, 4_500)).toMatchObject({ code: 'changedMeanwhile' });
    expect((await orderOf(li)).paidFen).toBe(4_500);
  });

  it('that were received by mistake are booked back, once', async () => {
    await orders(li, homes.li, [rice, 1]);
    await receive(he, homes.li, 4_500);
    const entryId = (await moneyOf(he)).doors[0]!.lastPayment!.entryId;
    await accepted(tian, 'takeBackPayment', { entryId });
    expect(await act(he, 'takeBackPayment', { entryId })).toMatchObject({ code: 'changedMeanwhile' });
    expect((await moneyOf(he)).doors[0]).toMatchObject({ paidFen: 0 });
    expect((await moneyOf(he)).doors[0]!.lastPayment).toBeUndefined();
    await li.pull();
    expect(li.held<LedgerEntry>('ledgerEntry').map((one) => one.kind)).toEqual(['payment', 'paymentBack']);
  });

  it('of more than is owed are received, and the household is owed the rest', async () => {
    await orders(li, homes.li, [rice, 1]);
    expect(await receive(he, homes.li, 5_000)).toMatchObject(yes);
    expect((await moneyOf(he)).sums).toMatchObject({ owedFen: 0, isOwedFen: 500 });
    expect(await refunds(he, homes.li, 501)).toMatchObject({ code: 'moreThanOwed', details: { owedFen: 500 } });
    expect(await refunds(he, homes.li, 500)).toMatchObject(yes);
    expect(await refunds(he, homes.li, 500)).toMatchObject({ code: 'changedMeanwhile' });
  });

  it.each([
    ['nothing', 0],
    ['less than nothing', -1],
    ['half a fen', 0.5],
    ['a thousand million yuan', 1e11],
  ])('of %s are malformed', async (_what, fen) => {
    await orders(li, homes.li, [rice, 1]);
    expect(await receive(he, homes.li, fen)).toMatchObject({ code: 'malformed' });
    expect(await refunds(he, homes.li, fen)).toMatchObject({ code: 'malformed' });
    const said = { groupBuyId: round, householdId: homes.li, fen };
    expect(await act(li, 'sayPaid', said)).toMatchObject({ code: 'malformed' });
  });

  it('are not for neighbours, and nobody handles the money of their own household', async () => {
    await orders(li, homes.li, [rice, 1]);
    await orders(he, homes.he, [rice, 1]);
    expect(await receive(wang, homes.li, 4_500)).toMatchObject({ code: 'notAllowed' });
    expect(await receive(li, homes.li, 4_500)).toMatchObject({ code: 'notAllowed' });
    const said = { groupBuyId: round, householdId: homes.li, fen: 4_500 };
    expect(await act(wang, 'sayPaid', said)).toMatchObject({ code: 'notAllowed' });
    expect(await receive(he, homes.he, 4_500)).toMatchObject({ code: 'ownHousehold' });
    expect(await receive(tian, homes.he, 5_000)).toMatchObject(yes);
    expect(await refunds(he, homes.he, 500)).toMatchObject({ code: 'ownHousehold' });
    const { entryId } = (await moneyOf(tian)).doors.find((one) => one.householdId === homes.he)!.lastPayment!;
    expect(await act(he, 'takeBackPayment', { entryId })).toMatchObject({ code: 'ownHousehold' });
    for (const device of [li, wang, zhou]) {
      expect((await device.request(`/api/desk/group-buys/${round}/money`)).status).toBe(404);
      expect((await device.request(`/api/desk/group-buys/${round}/closing`)).status).toBe(404);
    }
    await wang.pull();
    expect(wang.held('ledgerEntry')).toEqual([]);
  });
});

describe('a refund above the limit', () => {
  beforeEach(async () => {
    await orders(li, homes.li, [rice, 9]);
    await receive(he, homes.li, 40_500);
    await accepted(li, 'cancelOrder', { groupBuyId: round, householdId: homes.li });
  });
  const asked = async (device: HttpDevice) => {
    await device.pull();
    return device.held<Refund>('refund');
  };
  const decides = (device: HttpDevice, refundId: string, approve = true) =>
    act(device, 'decideRefund', { refundId, approve });

  it('waits for a second person, who is neither who asked nor of one household with them', async () => {
    const id = town.world.newId();
    expect(await refunds(he, homes.li, 40_500, 0, id)).toMatchObject(yes);
    expect(await asked(tian)).toMatchObject([{ id, state: 'asked', askedByName: '何志远', door: '3-1-402' }]);
    expect((await orderOf(li)).refundedFen).toBeUndefined();
    expect(await refunds(he, homes.li, 1)).toMatchObject({ code: 'moreThanOwed' });
    await secretary.act('people.giveRole', { personId: people.zhou, kind: 'organiser' });
    expect(await decides(he, id)).toMatchObject({ code: 'samePerson' });
    expect(await decides(zhou, id)).toMatchObject({ code: 'samePerson' });
    expect(await decides(wang, id)).toMatchObject({ code: 'notAllowed' });
    expect(await decides(tian, id)).toMatchObject(yes);
    expect(await decides(secretary, id)).toMatchObject({ code: 'alreadyClosed' });
    expect(await orderOf(li)).toMatchObject({ refundedFen: 40_500 });
    expect(await asked(li)).toMatchObject([{ state: 'paid', decidedByName: '田建国' }]);
  });

  it('is not split into small ones that pass beneath it', async () => {
    expect(await refunds(he, homes.li, 15_000)).toMatchObject(yes);
    expect(await refunds(he, homes.li, 5_000, 15_000)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({ refundedFen: 20_000 });
    expect(await refunds(he, homes.li, 1, 20_000)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({ refundedFen: 20_000 });
    expect((await asked(he)).map((one) => one.state).sort()).toEqual(['asked', 'paid', 'paid']);
  });

  it('that is declined, or taken back by who asked, can be asked for again', async () => {
    const [first, second] = [town.world.newId(), town.world.newId()];
    await refunds(he, homes.li, 40_500, 0, first);
    expect(await decides(he, first, false)).toMatchObject(yes);
    await refunds(he, homes.li, 40_500, 0, second);
    expect(await decides(secretary, second, false)).toMatchObject(yes);
    expect((await orderOf(li)).refundedFen).toBeUndefined();
    expect(await refunds(tian, homes.li, 40_500)).toMatchObject(yes);
  });

  it('begins where the secretary says it does', async () => {
    expect(await act(he, 'setMoneyRules', { refundLimitFen: 50_000 })).toMatchObject({ code: 'notAllowed' });
    await accepted(secretary, 'setMoneyRules', { refundLimitFen: 50_000 });
    expect(await refunds(he, homes.li, 40_500)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({ refundedFen: 40_500 });
  });

  it('is not approved for more than is owed by then', async () => {
    const id = town.world.newId();
    await refunds(he, homes.li, 40_500, 0, id);
    await orders(li, homes.li, [rice, 1]);
    expect(await decides(tian, id)).toMatchObject({ code: 'moreThanOwed', details: { owedFen: 36_000 } });
  });
});

describe('weighed goods', () => {
  beforeEach(async () => {
    await orders(li, homes.li, [potato, 2]);
    await orders(wang, homes.wang, [rice, 1]);
    await orders(he, homes.he, [potato, 1]);
    await receive(tian, homes.li, 2_500);
  });

  it('are an estimate until the scales have spoken, then cost what they say, up or down', async () => {
    expect(await weighs(he, homes.li, 5_300)).toMatchObject({ code: 'wrongStep' });
    await arrives();
    expect(await weighs(he, homes.li, 5_301)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({
      totalFen: 2_651,
      lines: [{ weighed: { grams: 5_301, fen: 2_651 }, quantity: 2, priceFen: 1_250 }],
    });
    expect((await orderOf(li)).changes.at(-1)).toMatchObject({ what: 'weighed', beforeFen: 2_500, totalFen: 2_651 });
    expect((await moneyOf(he)).doors.find((one) => one.door === '3-1-402')).toMatchObject({ totalFen: 2_651 });
    expect(await weighs(tian, homes.li, 4_800)).toMatchObject(yes);
    expect(await orderOf(li)).toMatchObject({ totalFen: 2_400 });
    expect((await moneyOf(he)).sums.isOwedFen).toBe(100);
    await accepted(he, 'startHandingOut', { groupBuyId: round });
    expect(await weighs(he, homes.li, 5_000)).toMatchObject(yes);
    expect((await moneyOf(he)).sums.isOwedFen).toBe(0);
    expect((await weighs(he, homes.li, 5_000)).outcome).toBe('accepted');
  });

  it('are weighed for those who ordered them, and never by their own household', async () => {
    await arrives();
    expect(await weighs(he, homes.wang, 900)).toMatchObject({ code: 'notFound' });
    expect(await weighs(he, homes.he, 900)).toMatchObject({ code: 'ownHousehold' });
    expect(await weighs(li, homes.li, 900)).toMatchObject({ code: 'notAllowed' });
    expect(await weighs(he, homes.li, 0)).toMatchObject({ code: 'malformed' });
    const one = { householdId: homes.li, grams: 900 };
    const twice = { groupBuyId: round, itemId: potato, weights: [one, one] };
    expect(await act(he, 'weigh', twice)).toMatchObject({ code: 'malformed' });
    const ofRice = { groupBuyId: round, itemId: rice, weights: [{ householdId: homes.wang, grams: 900 }] };
    expect(await act(he, 'weigh', ofRice)).toMatchObject({ code: 'wrongStep' });
  });
});

describe('what was not right', () => {
  beforeEach(async () => {
    await orders(li, homes.li, [rice, 2]);
    await orders(he, homes.he, [rice, 1]);
    await receive(tian, homes.li, 9_000);
    await receive(tian, homes.he, 4_500);
    await arrives();
  });
  const claims = (device: HttpDevice, householdId: string, more: object = {}) =>
    act(device, 'claim', {
      id: town.world.newId(),
      groupBuyId: round,
      householdId,
      itemId: rice,
      kind: 'spoiled',
      quantity: 1,
      photoId: photo,
      text: '袋子破了',
      ...more,
    });
  const decides = (device: HttpDevice, claimId: string, more: object) =>
    act(device, 'decideClaim', { claimId, ...more });

  it('is said within a day of the hand-over, with no more portions than came', async () => {
    expect(await claims(li, homes.li)).toMatchObject({ code: 'wrongStep' });
    await handsOutToLi();
    expect(await claims(wang, homes.li)).toMatchObject({ code: 'notAllowed' });
    expect(await claims(li, homes.li, { quantity: 3 })).toMatchObject({ code: 'overLimit', details: { limit: 2 } });
    expect(await claims(li, homes.li, { itemId: potato })).toMatchObject({ code: 'notFound' });
    expect(await claims(li, homes.li)).toMatchObject(yes);
    expect(await claims(li, homes.li, { kind: 'missing' })).toMatchObject(yes);
    expect(await claims(li, homes.li)).toMatchObject({ code: 'overLimit', details: { limit: 0 } });
  });

  it('counts by when it was said, not by when it came in; a day later it is too late', async () => {
    await handsOutToLi();
    town.world.pass(DAY_MS - MINUTE_MS);
    const saidAt = town.world.now();
    town.world.pass(3 * 60 * MINUTE_MS);
    const args = { groupBuyId: round, householdId: homes.li, itemId: rice, kind: 'spoiled', quantity: 1 };
    const offline = await li.push({ name: 'groupBuy.claim', args: { ...args, id: town.world.newId() }, at: saidAt });
    expect(offline.verdicts).toMatchObject([yes]);
    expect(await claims(li, homes.li)).toMatchObject({ code: 'tooLate' });
    await expectStraightBook(town);
  });

  it('becomes money back, at most what it cost; then the household is owed it', async () => {
    await handsOutToLi();
    const id = town.world.newId();
    await claims(li, homes.li, { id });
    expect(await decides(li, id, { outcome: 'refunded', fen: 4_500 })).toMatchObject({ code: 'notAllowed' });
    expect(await decides(he, id, { outcome: 'refunded', fen: 4_501 })).toMatchObject({ code: 'moreThanOwed' });
    expect(await decides(he, id, { outcome: 'refunded' })).toMatchObject({ code: 'malformed' });
    expect(await decides(he, id, { outcome: 'declined' })).toMatchObject({ code: 'malformed' });
    expect(await act(he, 'settle', { groupBuyId: round })).toMatchObject({ code: 'openClaims' });
    expect(await decides(he, id, { outcome: 'refunded', fen: 4_000 })).toMatchObject(yes);
    expect(await decides(tian, id, { outcome: 'refunded', fen: 4_000 })).toMatchObject({ code: 'alreadyClosed' });
    expect(await orderOf(li)).toMatchObject({ totalFen: 5_000, lines: [{ allowanceFen: 4_000 }] });
    expect(await act(he, 'settle', { groupBuyId: round })).toMatchObject({ code: 'owesHouseholds' });
    expect(await refunds(he, homes.li, 4_000)).toMatchObject(yes);
    expect(await act(he, 'settle', { groupBuyId: round })).toMatchObject(yes);
    await he.pull();
    expect(he.held<GroupBuy>('groupBuy')[0]).toMatchObject({ state: 'settled' });
  });

  it('is declined with a reason or replaced, and costs nothing then', async () => {
    await handsOutToLi();
    const [first, second] = [town.world.newId(), town.world.newId()];
    await claims(li, homes.li, { id: first, quantity: 2 });
    expect(await decides(he, first, { outcome: 'declined', answer: '照片看不清' })).toMatchObject(yes);
    await claims(li, homes.li, { id: second, quantity: 2 });
    expect(await decides(he, second, { outcome: 'replaced' })).toMatchObject(yes);
    await li.pull();
    const words = li.held<Claim>('claim').map((one) => `${one.state} ${one.answer ?? ''} ${one.decidedByName}`);
    expect(words.sort()).toEqual(['declined 照片看不清 何志远', 'replaced  何志远']);
    expect(await orderOf(li)).toMatchObject({ totalFen: 9_000 });
  });

  it('of one’s own household is for a colleague to decide, and neighbours do not see it', async () => {
    await accepted(he, 'startHandingOut', { groupBuyId: round });
    await accepted(zhou, 'takeRun', { runId: `${round}/1栋/1` });
    await accepted(zhou, 'handOut', { groupBuyId: round, householdIds: [homes.he], how: 'atDoor' });
    const id = town.world.newId();
    expect(await claims(he, homes.he, { id })).toMatchObject(yes);
    expect(await decides(he, id, { outcome: 'refunded', fen: 100 })).toMatchObject({ code: 'ownHousehold' });
    expect(await decides(tian, id, { outcome: 'refunded', fen: 100 })).toMatchObject(yes);
    await Promise.all([li.pull(), tian.pull()]);
    expect(li.held('claim')).toEqual([]);
    expect(tian.held('claim')).toHaveLength(1);
  });

  it('loses its picture and words seven days after it was decided; what was decided stays', async () => {
    await handsOutToLi();
    const id = town.world.newId();
    await claims(li, homes.li, { id });
    await decides(he, id, { outcome: 'refunded', fen: 4_000 });
    expect(await act(tian, 'forgetClaim', { claimId: id })).toMatchObject({ code: 'notAllowed' });
    const { communityId, db, server, world } = town;
    const forget = () => forgetOldClaims(communityId, db, server.operate, world.now());
    world.pass(7 * DAY_MS - MINUTE_MS);
    expect(await forget()).toBe(0);
    world.pass(2 * MINUTE_MS);
    expect(await forget()).toBe(1);
    expect(await forget()).toBe(0);
    await li.pull();
    const [kept] = li.held<Claim>('claim');
    expect(kept).toMatchObject({ id, state: 'refunded', fen: 4_000 });
    expect(kept!.photoId).toBeUndefined();
    expect(kept!.text).toBeUndefined();
    await expectStraightBook(town);
  });
});

describe('a round', () => {
  it('that is not reached gives everybody their money back, and then its book is even', async () => {
    await orders(li, homes.li, [rice, 1]);
    await receive(he, homes.li, 4_500);
    await accepted(he, 'close', { groupBuyId: round });
    expect(await orderOf(li)).toMatchObject({ state: 'cancelled', totalFen: 0, paidFen: 4_500 });
    expect((await moneyOf(he)).sums).toMatchObject({ isOwedFen: 4_500, owedFen: 0, cashFen: 4_500 });
    expect(await refunds(he, homes.li, 4_500)).toMatchObject(yes);
    expect((await moneyOf(he)).sums).toMatchObject({ isOwedFen: 0, owedFen: 0, cashFen: 0, bookFen: 0 });
  });

  it('settles with its closing sheet: each line of the book sums to 0, and the sums are those of the doors', async () => {
    await orders(li, homes.li, [rice, 2], [potato, 1]);
    await orders(wang, homes.wang, [rice, 1]);
    await orders(chen, homes.chen, [rice, 1]);
    await receive(he, homes.li, 10_250);
    await receive(he, homes.chen, 4_500);
    await arrives({ itemId: rice, arrived: 3 });
    expect(await weighs(he, homes.li, 2_600)).toMatchObject(yes);
    const receipt = { id: town.world.newId(), groupBuyId: round, fen: 9_000, supplier: '=城郊农场', photoId: photo };
    await accepted(he, 'addReceipt', receipt);
    await accepted(he, 'addReceipt', { ...receipt, id: '019f0000-0000-7000-8000-0000000000f2', fen: 90_000 });
    await accepted(he, 'removeReceipt', { receiptId: '019f0000-0000-7000-8000-0000000000f2' });
    const again = await act(he, 'removeReceipt', { receiptId: '019f0000-0000-7000-8000-0000000000f2' });
    expect(again).toMatchObject({ code: 'alreadyClosed' });
    await accepted(he, 'startHandingOut', { groupBuyId: round });
    const owed = (await moneyOf(he)).doors.filter((one) => one.totalFen - one.paidFen + one.refundedFen < 0);
    for (const { householdId, totalFen, paidFen } of owed) {
      expect(await refunds(he, householdId, paidFen - totalFen)).toMatchObject(yes);
    }
    await accepted(he, 'settle', { groupBuyId: round });
    const response = await secretary.request(`/api/desk/group-buys/${round}/closing`);
    const sheet = (await response.json()) as ClosingSheet;
    expect(sheet).toMatchObject({ title: '蔬菜第 7 团', state: 'settled', communityName: '湖畔小区' });
    for (const line of sheet.book) expect(line.householdsFen + line.goodsFen + line.cashFen, line.kind).toBe(0);
    const over = (of: (door: ClosingSheet['doors'][number]) => number) =>
      sheet.doors.reduce((sum, it) => sum + of(it), 0);
    const { sums } = sheet;
    expect(sums.totalFen).toBe(over((it) => it.totalFen));
    expect(sums.totalFen).toBe(sheet.items.reduce((sum, it) => sum + it.goodsFen + it.similarFen - it.allowanceFen, 0));
    expect(sums.cashFen).toBe(sums.paidFen - sums.refundedFen - sums.supplierFen);
    expect(sums.totalFen).toBe(sums.paidFen - sums.refundedFen + sums.owedFen - sums.isOwedFen);
    expect(sums).toMatchObject({ supplierFen: 9_000, isOwedFen: 0, bookFen: 0 });
    expect(sheet.items.map((it) => `${it.name} ${it.ordered} ${it.given} ${it.goodsFen}`)).toEqual([
      '东北大米 4 3 13500',
      '土豆 1 1 1300',
    ]);
    expect(sheet.receipts).toMatchObject([{ fen: 9_000, supplier: '=城郊农场', addedByName: '何志远' }]);
    // A debt may still be paid, no more than it.
    const debtor = sheet.doors.find((it) => it.totalFen > it.paidFen)!;
    const debt = debtor.totalFen - debtor.paidFen;
    expect(await receive(he, debtor.householdId, debt + 1)).toMatchObject({ code: 'moreThanOwed' });
    expect(await receive(he, debtor.householdId, debt)).toMatchObject(yes);
    await Promise.all([li.pull(), wang.pull()]);
    expect(wang.held('supplierReceipt')).toHaveLength(2);
  });
});

describe('a collection code', () => {
  const proposes = (device: HttpDevice, payee: string) =>
    act(device, 'proposeCode', { payee, channel: 'wechat', photoId: photo });
  const proposal = async (device: HttpDevice) => {
    await device.pull();
    return device.held<CodeProposal>('codeProposal')[0]!;
  };
  const code = async (device: HttpDevice) => {
    await device.pull();
    return device.held<CollectionCode>('collectionCode')[0];
  };
  const decides = (device: HttpDevice, revision: string, confirm = true) =>
    act(device, 'decideCode', { codeId: people.he, revision, confirm });

  it('holds once a second person has compared it, and everybody is told whose it was before', async () => {
    expect(await proposes(li, '李明')).toMatchObject({ code: 'notAllowed' });
    expect(await proposes(he, '何志远')).toMatchObject(yes);
    expect(await code(li)).toBeUndefined();
    expect(await proposal(li)).toBeUndefined();
    const { revision } = await proposal(tian);
    expect(await decides(he, revision)).toMatchObject({ code: 'samePerson' });
    await secretary.act('people.giveRole', { personId: people.zhou, kind: 'organiser' });
    expect(await decides(zhou, revision)).toMatchObject({ code: 'samePerson' });
    expect(await decides(li, revision)).toMatchObject({ code: 'notAllowed' });
    expect(await decides(tian, revision)).toMatchObject(yes);
    expect(await code(li)).toMatchObject({ id: people.he, payee: '何志远', confirmedByName: '田建国' });
    expect((await code(li))!.formerPayee).toBeUndefined();
    await proposes(he, '周敏');
    expect(await code(li)).toMatchObject({ payee: '何志远' });
    expect(await decides(tian, revision)).toMatchObject({ code: 'changedMeanwhile' });
    expect(await decides(secretary, (await proposal(secretary)).revision)).toMatchObject(yes);
    expect(await code(li)).toMatchObject({ payee: '周敏', formerPayee: '何志远', proposedByName: '何志远' });
  });

  it('that is declined or taken back changes nothing', async () => {
    await proposes(he, '何志远');
    expect(await decides(he, (await proposal(he)).revision, false)).toMatchObject(yes);
    expect(await decides(tian, (await proposal(tian)).revision)).toMatchObject({ code: 'alreadyClosed' });
    await proposes(he, '何志远');
    expect(await decides(tian, (await proposal(tian)).revision, false)).toMatchObject(yes);
    expect(await code(li)).toBeUndefined();
  });
});
