import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { householdScope } from '../src/domain/scope.ts';
import { building, household } from '../src/people/schema.ts';
import { acknowledge, publish } from '../src/pillars/notices/mutations.ts';
import { notice, receipt, receiptId } from '../src/pillars/notices/schema.ts';
import type { PublishArgs } from '../src/pillars/notices/args.ts';
import type { Notice, Receipt, ReceiptCoverage } from '../src/pillars/notices/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, type Town } from './support/town.ts';

let town: Town;
let tian: HttpDevice, secretary: HttpDevice, wang: HttpDevice, li: HttpDevice, chen: HttpDevice, he: HttpDevice;

beforeAll(async () => {
  town = await openTown();
  tian = await town.device('tian');
  secretary = await town.device('secretary');
  wang = await town.device('wang');
  li = await town.device('li');
  chen = await town.device('chen');
  he = await town.device('he');
});
afterAll(() => town.close());

function notices(changes: Partial<PublishArgs> = {}): PublishArgs {
  return {
    id: town.world.newId(),
    title: '明天上午 8 点到 10 点停水',
    body: '今晚接一桶水。',
    level: 'important',
    category: 'water',
    scope: 'community',
    needsReceipt: true,
    ...changes,
  };
}

async function seen(device: HttpDevice, id: string): Promise<Notice | undefined> {
  await device.pull();
  return device.held<Notice>('notice').find((row) => row.id === id);
}

async function counted(device: HttpDevice, id: string): Promise<ReceiptCoverage | number> {
  const response = await device.request(`/api/desk/notices/${id}/receipts`);
  return response.status === 200 ? ((await response.json()) as ReceiptCoverage) : response.status;
}

describe('a notice', () => {
  it('reaches every door, with the name and number of whom to ask', async () => {
    const args = notices();
    expect(await tian.act('notices.publish', args)).toMatchObject({ outcome: 'accepted' });
    expect(await seen(wang, args.id)).toMatchObject({
      title: args.title,
      issuer: '湖畔小区',
      issuerPerson: '田建国',
      issuerPhone: '17000000008',
      month: '2026-11',
      version: 1,
    });
  });

  it('for the public keeps the worker’s own number back', async () => {
    const args = notices({ scope: 'public' });
    await tian.act('notices.publish', args);
    expect(await seen(chen, args.id)).toMatchObject({ issuerPerson: '值班室', issuerPhone: '17000009999' });
  });

  it('for a building stays in the building, and on the desks', async () => {
    await tian.pull();
    const three = tian.held<{ id: string; name: string }>(building.name).find((row) => row.name === '3栋');
    const args = notices({ scope: `building:${three?.id ?? ''}` });
    expect(await tian.act('notices.publish', args)).toMatchObject({ outcome: 'accepted' });
    expect(await seen(wang, args.id)).toMatchObject({ scopeName: '3栋' });
    expect(await seen(chen, args.id)).toBeUndefined();
    expect(await seen(tian, args.id)).toBeDefined();
    expect(await seen(secretary, args.id)).toBeDefined();
    expect(await chen.act('notices.acknowledge', { noticeId: args.id, householdId: homes.chen })).toMatchObject({
      outcome: 'refused',
      code: 'notFound',
    });
  });

  it('for a building that is not there is refused', async () => {
    expect(await tian.act('notices.publish', notices({ scope: 'building:none' }))).toMatchObject({ code: 'notFound' });
  });

  it.each(['wang', 'he'] as const)('is not for %s to publish', async (who) => {
    const device = { wang, he }[who];
    expect(await device.act('notices.publish', notices())).toMatchObject({ outcome: 'refused', code: 'notAllowed' });
  });

  it('that is withdrawn stays, with the reason', async () => {
    const args = notices();
    await tian.act('notices.publish', args);
    expect(await wang.act('notices.withdraw', { noticeId: args.id, reason: '不想看' })).toMatchObject({
      code: 'notAllowed',
    });
    await tian.act('notices.withdraw', { noticeId: args.id, reason: '停水取消了' });
    expect(await seen(wang, args.id)).toMatchObject({ withdrawnReason: '停水取消了' });
  });

  it('that puts another right is linked with it, and only one can', async () => {
    const first = notices();
    await tian.act('notices.publish', first);
    const second = notices({ corrects: first.id });
    expect(await tian.act('notices.publish', second)).toMatchObject({ outcome: 'accepted' });
    expect(await tian.act('notices.publish', notices({ corrects: first.id }))).toMatchObject({
      code: 'changedMeanwhile',
    });
    expect(await seen(wang, second.id)).toMatchObject({ correctedFrom: first.id, version: 2 });
    expect(await seen(wang, first.id)).toMatchObject({ correctedBy: second.id });
  });
});

describe('我知道了', () => {
  it('counts a door once, for the desk in numbers, for the household and its desk as a row', async () => {
    const args = notices();
    await tian.act('notices.publish', args);
    const ack = { noticeId: args.id, householdId: homes.li };
    expect(await li.act('notices.acknowledge', ack)).toMatchObject({ outcome: 'accepted' });
    expect(await li.act('notices.acknowledge', ack)).toMatchObject({ outcome: 'accepted' });
    expect(await wang.act('notices.acknowledge', ack)).toMatchObject({ outcome: 'refused', code: 'notAllowed' });

    const holds = async (device: HttpDevice) => {
      await device.pull();
      return device.held<Receipt>('receipt').filter((row) => row.noticeId === args.id).length;
    };
    expect(await Promise.all([li, tian, wang, he].map(holds))).toEqual([1, 1, 0, 0]);
    expect(li.scopes()).toContain(householdScope(homes.li));

    const numbers = await counted(secretary, args.id);
    expect(numbers).toMatchObject({ doors: 4, noted: 1 });
    expect(numbers).toMatchObject({
      buildings: [
        { name: '1栋', doors: 2, noted: 0 },
        { name: '3栋', doors: 2, noted: 1 },
      ],
    });
    expect(JSON.stringify(numbers)).not.toContain(homes.li);
    expect(await counted(wang, args.id)).toBe(404);
    expect(await counted(tian, 'none')).toBe(404);
  });

  it('tapped without a network shows at once, and is sent once', async () => {
    const desk = await town.phone('tian');
    const phone = await town.phone('li');
    const args = notices({ level: 'urgent' });
    await desk.does(publish, args);
    expect((await desk.phone.reader.get(notice, args.id))?.issuerPerson).toBe('田建国');
    await desk.sync();
    await phone.sync();
    phone.goOffline();
    expect(await phone.phone.reader.get(household, homes.li)).toBeDefined();
    await phone.does(acknowledge, { noticeId: args.id, householdId: homes.li });
    const id = receiptId(args.id, homes.li);
    expect(await phone.phone.reader.get(receipt, id)).toMatchObject({ householdId: homes.li });
    phone.goOnline();
    await phone.sync();
    expect(await counted(tian, args.id)).toMatchObject({ noted: 1 });
    const month = (await phone.phone.reader.get(notice, args.id))?.month ?? '';
    expect((await phone.phone.reader.list(notice, 'month', month)).map((row) => row.id)).toContain(args.id);
  });
});
