import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Errand, ErrandCard } from '../src/pillars/errands/schema.ts';
import { AFTER_HAND_OVER_MS, LEASE_MS } from '../src/pillars/errands/moves.ts';
import { tendErrands } from '../src/pillars/errands/server.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
let wang: HttpDevice, he: HttpDevice, zhou: HttpDevice, tian: HttpDevice, chen: HttpDevice;
const medicines = [{ name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 2 }];

beforeAll(async () => {
  town = await openTown();
  wang = await town.device('wang');
  chen = await town.device('chen');
  he = await town.device('he');
  zhou = await town.device('zhou');
  tian = await town.device('tian');
});
afterAll(() => town.close());

async function ask(packet: string[] = ['card', 'emptyBox']): Promise<string> {
  const id = town.world.newId();
  const args = {
    id,
    householdId: homes.wang,
    personId: people.wang,
    kind: 'medicine',
    medicines,
    packet,
    handOver: 'inPerson',
  };
  expect(await wang.act('errands.request', args)).toMatchObject({ outcome: 'accepted' });
  return id;
}

const stateFor = async (device: HttpDevice, id: string) => {
  await device.pull();
  return device.held<Errand>('errand').find((it) => it.id === id)?.state;
};
const inPool = async (device: HttpDevice, id: string) => {
  await device.pull();
  return device.held<ErrandCard>('errandCard').find((it) => it.id === id);
};

describe('an errand from asking to done', () => {
  it('shows the pool building, kind and time, and opens door and medicines on claim', async () => {
    const id = await ask();
    const card = await inPool(zhou, id);
    expect(Object.keys(card ?? {}).sort()).toEqual(['buildingId', 'buildingName', 'id', 'kind', 'requestedAt']);
    expect(await stateFor(zhou, id)).toBeUndefined();
    expect(await inPool(chen, id)).toBeUndefined();

    expect(await he.act('errands.claim', { errandId: id })).toMatchObject({ outcome: 'accepted' });
    expect(await zhou.act('errands.claim', { errandId: id })).toMatchObject({
      outcome: 'refused',
      code: 'alreadyClaimed',
    });
    expect(await inPool(zhou, id)).toBeUndefined();
    await he.pull();
    expect(he.held<Errand>('errand').find((it) => it.id === id)).toMatchObject({
      door: '3-2-501',
      personName: '王秀兰',
      medicines,
      claimedBy: people.he,
      claimedByName: '何志远',
    });
    expect(await stateFor(wang, id)).toBe('claimed');
    expect(await stateFor(tian, id)).toBe('claimed');
    expect(await stateFor(chen, id)).toBeUndefined();

    expect(await he.act('errands.buy', { errandId: id, amountFen: 2360, checked: medicines })).toMatchObject({
      code: 'wrongStep',
    });
    expect(await he.act('errands.collectPacket', { errandId: id, packet: ['card'] })).toMatchObject({
      code: 'packetIncomplete',
    });
    expect(await he.act('errands.collectPacket', { errandId: id, packet: ['card', 'emptyBox'] })).toMatchObject({
      outcome: 'accepted',
    });
    const other = [{ name: '苯磺酸氨氯地平', strength: '10mg*28片' }];
    expect(await he.act('errands.buy', { errandId: id, amountFen: 2360, checked: other })).toMatchObject({
      code: 'notChecked',
    });
    expect(await he.act('errands.buy', { errandId: id, amountFen: 2360, checked: medicines })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await he.act('errands.handOver', { errandId: id, how: 'door' })).toMatchObject({ code: 'notInPerson' });
    expect(await he.act('errands.handOver', { errandId: id, how: 'inPerson' })).toMatchObject({ outcome: 'accepted' });
    expect(await wang.act('errands.close', { errandId: id })).toMatchObject({ outcome: 'accepted' });

    expect(await stateFor(wang, id)).toBe('closed');
    expect(await stateFor(he, id)).toBeUndefined();
    expect(await stateFor(tian, id)).toBeUndefined();
    const told = wang.held<Errand>('errand').find((it) => it.id === id);
    expect(told?.steps.map((it) => it.state)).toEqual([
      'waiting',
      'claimed',
      'collected',
      'bought',
      'handedOver',
      'closed',
    ]);
    expect(told?.steps[3]).toMatchObject({ byName: '何志远', by: people.he });
  });

  it('goes back to the household when it cannot be bought, and from there to the pool again', async () => {
    const id = await ask([]);
    await he.act('errands.claim', { errandId: id });
    expect(await he.act('errands.cannotBuy', { errandId: id, reason: '药店没有货' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await stateFor(he, id)).toBeUndefined();
    expect(await stateFor(wang, id)).toBe('cannotBuy');
    expect(await wang.act('errands.reopen', { errandId: id })).toMatchObject({ outcome: 'accepted' });
    expect(await inPool(zhou, id)).toBeDefined();
    expect(await chen.act('errands.cancel', { errandId: id })).toMatchObject({
      outcome: 'refused',
      code: 'notFound',
    });
    expect(await wang.act('errands.cancel', { errandId: id })).toMatchObject({ outcome: 'accepted' });
    expect(await inPool(zhou, id)).toBeUndefined();
  });

  it('leaves nobody with more than five, and nobody without the duty with any', async () => {
    const ids = [];
    for (let i = 0; i < 6; i++) ids.push(await ask([]));
    expect(await chen.act('errands.claim', { errandId: ids[0] })).toMatchObject({ code: 'notAllowed' });
    const answer = await zhou.push(...ids.map((errandId) => ({ name: 'errands.claim', args: { errandId } })));
    expect(answer.verdicts.map((it) => it.code ?? it.outcome)).toEqual([...Array(5).fill('accepted'), 'tooManyClaims']);
    expect(await zhou.act('errands.release', { errandId: ids[0] })).toMatchObject({ outcome: 'accepted' });
    expect(await zhou.act('errands.claim', { errandId: ids[5] })).toMatchObject({ outcome: 'accepted' });
  });

  it('sends a claim that lies idle back to the pool, and ends the sight of what was handed over a day ago', async () => {
    const [idle, given] = [await ask([]), await ask([])];
    await he.push(
      { name: 'errands.claim', args: { errandId: idle } },
      { name: 'errands.claim', args: { errandId: given } },
      { name: 'errands.buy', args: { errandId: given, amountFen: 2360, checked: medicines } },
      { name: 'errands.handOver', args: { errandId: given, how: 'inPerson' } },
    );
    const until = (await he.pull()).until?.[`errand:${given}`] ?? 0;
    expect(until - town.world.now()).toBeGreaterThan(AFTER_HAND_OVER_MS - 60_000);
    const tend = () => tendErrands(town.communityId, town.db, town.server.operate, town.world.now());
    expect(await tend()).toBe(0);
    town.world.pass(LEASE_MS + 1000);
    expect(await tend()).toBeGreaterThan(0);
    expect(await tend()).toBe(0);
    expect(await inPool(he, idle)).toBeDefined();
    expect(await stateFor(he, idle)).toBeUndefined();
    expect(await stateFor(he, given)).toBe('handedOver');
    town.world.pass(AFTER_HAND_OVER_MS - LEASE_MS);
    expect(await stateFor(he, given)).toBeUndefined();
    expect(await tend()).toBe(1);
    expect(await stateFor(wang, given)).toBe('closed');
  });

  it('shows the desk its board, and nobody else', async () => {
    expect((await chen.request('/api/desk/errands')).status).toBe(404);
    const board = (await (await tian.request('/api/desk/errands')).json()) as {
      lines: { state: string }[];
      closedToday: number;
    };
    expect(board.closedToday).toBeGreaterThan(0);
    expect(board.lines.map((it) => it.state)).toContain('waiting');
  });
});
