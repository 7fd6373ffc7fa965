import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faulty } from './support/faulty-slice.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
let tian: HttpDevice;
let li: HttpDevice;
let chen: HttpDevice;

beforeAll(async () => {
  town = await openTown({ slices: [faulty] });
  [tian, li, chen] = await Promise.all([town.device('tian'), town.device('li'), town.device('chen')]);
});
afterAll(() => town.close());

const well = (householdId: string, personId: string) => ({
  name: 'checkIn.submit',
  args: { householdId, day: '2026-11-22', slot: 'morning', entries: [{ personId, feels: 'well' }] },
});

describe('many pushes in one transaction', () => {
  it('a bug in the middle is refused as a fault, its body kept; its neighbours are applied', async () => {
    const answers = await Promise.all([
      li.push(well(homes.li, people.li), { name: 'faulty.throws', args: {} }, well(homes.li, people.chenFang)),
      chen.push(well(homes.chen, people.chen)),
    ]);
    expect(answers.flatMap((a) => a.verdicts.map((v) => v.code ?? v.outcome))).toEqual([
      'accepted',
      'fault',
      'accepted',
      'accepted',
    ]);
    const kept = await town.db.query("select name, body from verdict where code = 'fault'");
    expect(kept).toEqual([{ name: 'faulty.throws', body: {} }]);
  });

  it('rows that the database will not take are blamed on their mutation alone', async () => {
    const answers = await Promise.all([
      li.push({ name: 'faulty.cannotBeStored', args: { householdId: homes.li } }, well(homes.li, people.lele)),
      chen.push({ name: 'faulty.cannotBeStored', args: { householdId: homes.chen } }),
      tian.push({ name: 'people.changeSettings', args: { dutyName: '物业值班' } }),
    ]);
    expect(answers.flatMap((a) => a.verdicts.map((v) => v.code ?? v.outcome))).toEqual([
      'fault',
      'accepted',
      'fault',
      'accepted',
    ]);
    const [home] = await town.db.query('select building_id as "buildingId" from household where id = $1', [homes.li]);
    expect(home!.buildingId).not.toBeNull();
  });

  it('a fault that is sent again gets the same word', async () => {
    const body = li.envelope([{ name: 'faulty.throws', args: {} }]);
    const first = await (await li.post('/api/push', body)).json();
    expect(await (await li.post('/api/push', body)).json()).toEqual(first);
  });

  it('the last portion goes to one household, whoever asks at the same moment', async () => {
    const now = town.world.now();
    const [round, item] = [town.world.newId(), town.world.newId()];
    const offered = {
      id: item,
      name: '东北大米',
      unit: '袋',
      contents: '一袋10斤',
      priceFen: 4500,
      stock: 1,
      perHousehold: 1,
    };
    await tian.act('groupBuy.open', {
      id: round,
      title: '粮油团',
      opensAt: now,
      closesAt: now + 1e6,
      items: [offered],
    });
    const order = (householdId: string) => ({
      name: 'groupBuy.placeOrder',
      args: { groupBuyId: round, householdId, lines: [{ itemId: item, quantity: 1, ifShort: 'drop' }] },
    });
    const wang = await town.device('wang');
    const answers = await Promise.all([
      li.push(order(homes.li)),
      chen.push(order(homes.chen)),
      wang.push(order(homes.wang)),
    ]);
    const words = answers.map((a) => a.verdicts[0]!.code ?? 'accepted').sort();
    expect(words).toEqual(['accepted', 'soldOut', 'soldOut']);
    expect(await town.db.query('select sold from group_buy_item where id = $1', [item])).toEqual([{ sold: 1 }]);
  });

  it('who says 我是谁 acts as that person from the next mutation of the same push', async () => {
    const phone = await town.device('li');
    const answer = await phone.push(
      { name: 'people.sayWho', args: { personId: people.li } },
      well(homes.li, people.grandma),
    );
    expect(answer.verdicts.map((v) => v.outcome)).toEqual(['accepted', 'accepted']);
    const [verdict] = await town.db.query('select person_id as "personId" from verdict where id = $1', [
      answer.verdicts[1]!.id,
    ]);
    expect(verdict).toEqual({ personId: people.li });
  });
});
