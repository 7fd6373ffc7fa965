import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
let tian: HttpDevice;

beforeAll(async () => {
  town = await openTown();
  tian = await town.device('tian');
});
afterAll(() => town.close());

/** Opens a round with one kind of item and returns the ids. */
async function openRound(stock: number): Promise<{ id: string; item: string }> {
  const id = town.world.newId();
  const item = town.world.newId();
  const now = town.world.now();
  const verdict = await tian.act('groupBuy.open', {
    id,
    title: '蔬菜第 1 团',
    opensAt: now - 1000,
    closesAt: now + 3_600_000,
    items: [{ id: item, name: '鲜鸡蛋', unit: '板', contents: '一板30枚', priceFen: 3800, stock, perHousehold: 2 }],
  });
  expect(verdict).toMatchObject({ outcome: 'accepted' });
  return { id, item };
}

const order = (round: { id: string; item: string }, householdId: string, quantity: number) => ({
  name: 'groupBuy.placeOrder',
  args: { groupBuyId: round.id, householdId, lines: [{ itemId: round.item, quantity, ifShort: 'drop' }] },
});

async function sold(itemId: string): Promise<number> {
  const [item] = await town.db.query<{ sold: number }>('select sold from group_buy_item where id = $1', [itemId]);
  return item!.sold;
}

describe('pushing', () => {
  it('sending the same batch twice places one order', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    const body = li.envelope([order(eggs, homes.li, 2)]);
    const first = await (await li.post('/api/push', body)).json();
    const second = await (await li.post('/api/push', body)).json();
    expect(first).toMatchObject({ lastSeq: 1, verdicts: [{ seq: 1, outcome: 'accepted' }] });
    expect(second).toEqual(first);
    expect(await sold(eggs.item)).toBe(2);
  });

  it('nothing beyond a gap is applied, and the phone is told where it stands', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    expect(await li.pushProblem(li.envelope([{ ...order(eggs, homes.li, 1), seq: 2 }]))).toMatchObject({
      type: 'gap',
      status: 409,
      lastSeq: 0,
    });
    const some = await li.push({ ...order(eggs, homes.li, 1), seq: 1 }, { ...order(eggs, homes.li, 2), seq: 3 });
    expect(some).toMatchObject({ lastSeq: 1, verdicts: [{ seq: 1, outcome: 'accepted' }] });
    expect(await sold(eggs.item)).toBe(1);
  });

  it('a new stream begins at 1; from then on the old one is closed', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    await li.push(order(eggs, homes.li, 1));
    const old = li.stream;
    li.stream = town.world.newId();
    li.seq = 0;
    await li.push(order(eggs, homes.li, 2));
    const body = { ...li.envelope([{ ...order(eggs, homes.li, 1), seq: 2 }]), stream: old };
    expect(await li.pushProblem(body)).toMatchObject({ type: 'wrongStream', status: 409 });
    expect(await sold(eggs.item)).toBe(2);
  });

  it('the same id with other args is refused as reused, and what stands behind it goes on', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    const id = town.world.newId();
    await li.push({ id, ...order(eggs, homes.li, 1) });
    const answer = await li.push({ id, ...order(eggs, homes.li, 2) }, order(eggs, homes.li, 2));
    expect(answer.verdicts).toMatchObject([{ outcome: 'refused', code: 'idReused' }, { outcome: 'accepted' }]);
    expect(await sold(eggs.item)).toBe(2);
  });

  it('malformed, unknown and refused ones in the middle stop nobody', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    const answer = await li.push(
      order(eggs, homes.li, 1),
      order(eggs, homes.li, -1),
      { name: 'groupBuy.conjure', args: {} },
      order(eggs, homes.chen, 1),
      { name: 'groupBuy.placeOrder', args: { ...order(eggs, homes.li, 1).args, groupBuyId: 'a\u0000b' } },
      order(eggs, homes.li, 2),
    );
    expect(answer.verdicts.map((v) => v.code ?? v.outcome)).toEqual([
      'accepted',
      'malformed',
      'unknownName',
      'notAllowed',
      'malformed',
      'accepted',
    ]);
    expect(await sold(eggs.item)).toBe(2);
  });

  it('what is reordered by the network is settled in the order of the stream', async () => {
    const eggs = await openRound(10);
    const li = await town.device('li');
    const [one, two] = [li.envelope([order(eggs, homes.li, 1)]), li.envelope([order(eggs, homes.li, 2)])];
    expect((await li.post('/api/push', two)).status).toBe(409);
    expect((await li.post('/api/push', one)).status).toBe(200);
    expect((await li.post('/api/push', two)).status).toBe(200);
    expect(await sold(eggs.item)).toBe(2);
  });

  it('a forged household, a foreign device and a stranger get nothing', async () => {
    const eggs = await openRound(10);
    const chen = await town.device('chen');
    expect(await chen.act('groupBuy.placeOrder', order(eggs, homes.li, 1).args)).toMatchObject({ code: 'notAllowed' });
    const li = await town.device('li');
    expect(await chen.pushProblem({ ...chen.envelope([]), deviceId: li.deviceId })).toMatchObject({
      type: 'wrongDevice',
    });
    const stranger = await town.server.app.request('/api/pull', {
      method: 'POST',
      headers: { 'x-requested-by': 'shouwang' },
    });
    expect(stranger.status).toBe(401);
    expect(await stranger.json()).toMatchObject({ type: 'expired' });
  });

  it('the time of a tap is reckoned from the phone’s own elapsed time, whatever its clock says', async () => {
    const li = await town.device('li');
    const dayOff = 86_400_000;
    const sentAt = town.world.now() + dayOff;
    const body = {
      ...li.envelope([
        {
          name: 'checkIn.submit',
          args: {
            householdId: homes.li,
            day: '2026-11-22',
            slot: 'morning',
            entries: [{ personId: people.li, feels: 'well' }],
          },
          at: sentAt - 60_000,
        },
      ]),
      sentAt,
    };
    const before = town.world.now();
    expect(await (await li.post('/api/push', body)).json()).toMatchObject({ verdicts: [{ outcome: 'accepted' }] });
    const [row] = await town.db.query<{ happenedAt: number }>(
      'select happened_at as "happenedAt" from check_in where person_id = $1',
      [people.li],
    );
    expect(row!.happenedAt).toBeGreaterThan(before - 61_000);
    expect(row!.happenedAt).toBeLessThan(before - 58_000);
  });
});
