import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../src/domain/day.ts';
import type { Mutation } from '../src/domain/mutation.ts';
import { registry } from '../src/pillars/registry.server.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, people, type Town, type Who } from './support/town.ts';

let town: Town;
const phones = new Map<Who, StoryPhone>();
const made = new Map<string, string>();
const day = '2026-11-22';

beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

async function phoneOf(who: Who): Promise<StoryPhone> {
  const phone = phones.get(who) ?? (await town.phone(who));
  phones.set(who, phone);
  await phone.sync();
  return phone;
}

/** The same id each time a name is used. */
function the(name: string): string {
  const id = made.get(name) ?? town.world.newId();
  made.set(name, id);
  return id;
}

interface Step {
  readonly name: string;
  readonly who: Who;
  readonly args: () => unknown;
  /** What both say: accepted unless told otherwise. */
  readonly says?: string;
}

const egg = () => ({ itemId: the('egg'), quantity: 1, ifShort: 'drop' });
const milk = (quantity: number) => ({ itemId: the('milk'), quantity, ifShort: 'drop' });
const wanted = (householdId: string) => ({ groupBuyId: the('wanted'), householdId });
const liInRound = () => ({ groupBuyId: the('round'), householdId: homes.li });
const liCarried = () => ({ groupBuyId: the('carried'), householdIds: [homes.li] });
/** A round on paper first, then open. */
const written = (title = '豆制品第 1 团') => ({
  id: the('written'),
  title,
  opensAt: town.world.now() - 60_000,
  closesAt: town.world.now() + DAY_MS,
  items: [{ id: the('tofu'), name: '豆腐', unit: '块', contents: '', priceFen: 500, stock: 5, perHousehold: 2 }],
});
const medicine = { name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 1 };
const errandOf = (name: string, handOver = 'inPerson') => ({
  id: the(name),
  householdId: homes.wang,
  kind: 'medicine',
  medicines: [medicine],
  packet: ['card'],
  handOver,
});
const errand = (name: string) => ({ errandId: the(name) });
const ourselves = 'notAllowed';
const hours = (from: number, to: number) => ({
  from: town.world.now() + from * 3_600_000,
  to: town.world.now() + to * 3_600_000,
});

/** Every registered mutation, in an order in which a town would do them. A new one takes its place here. */
const steps: readonly Step[] = [
  {
    name: 'people.importRoster',
    who: 'tian',
    args: () => ({ community: { name: 'X' }, buildings: [], households: [] }),
    says: ourselves,
  },
  { name: 'people.issueSlip', who: 'tian', args: () => ({ id: 's', householdId: homes.li }), says: ourselves },
  { name: 'people.enrolDevice', who: 'tian', args: () => ({ deviceId: 'd', slipId: 's', name: '' }), says: ourselves },
  { name: 'people.changeSettings', who: 'secretary', args: () => ({ dutyName: '物业值班' }) },
  { name: 'people.giveRole', who: 'secretary', args: () => ({ personId: people.chen, kind: 'organiser' }) },
  { name: 'people.endRole', who: 'secretary', args: () => ({ personId: people.chen, kind: 'organiser' }) },
  {
    name: 'people.setPresence',
    who: 'li',
    args: () => ({ personId: people.lele, presence: 'withFamily', until: '2026-11-30' }),
  },
  { name: 'people.sayWho', who: 'li', args: () => ({ personId: people.li }) },
  { name: 'people.setGreeting', who: 'li', args: () => ({ personId: people.grandma, daily: true }) },
  { name: 'people.setGreeting', who: 'li', args: () => ({ personId: people.li, quiet: true }) },
  { name: 'people.setGreeting', who: 'tian', args: () => ({ personId: people.li, quiet: false }) },
  {
    name: 'people.setGreeting',
    who: 'tian',
    args: () => ({ personId: people.li, quiet: true }),
    says: 'onlyThemselves',
  },
  { name: 'people.setGuardian', who: 'li', args: () => ({ personId: people.lele, guardianId: people.li }) },
  { name: 'people.setGuardian', who: 'tian', args: () => ({ personId: people.lele, guardianId: people.wang }) },
  { name: 'people.setGuardian', who: 'li', args: () => ({ personId: people.lele, guardianId: null }) },
  {
    name: 'people.grantCare',
    who: 'wang',
    args: () => ({
      id: the('grant'),
      householdId: homes.wang,
      helperId: people.he,
      powers: ['check-in'],
      until: town.world.now() + 30 * DAY_MS,
    }),
  },
  { name: 'people.endGrant', who: 'wang', args: () => ({ grantId: the('grant') }) },
  { name: 'people.setPresence', who: 'tian', args: () => ({ personId: people.grandma, presence: 'deceased' }) },
  { name: 'people.setPresence', who: 'tian', args: () => ({ personId: people.grandma, presence: 'home' }) },
  {
    name: 'people.changeSettings',
    who: 'tian',
    args: () => ({ mode: 'emergency', modeReason: '流感高发', modeUntil: '2026-12-02' }),
  },
  {
    name: 'people.changeSettings',
    who: 'tian',
    args: () => ({ modeUntil: null }),
    says: 'reasonNeeded',
  },
  {
    name: 'checkIn.submit',
    who: 'li',
    args: () => ({ householdId: homes.li, day, slot: 'morning', entries: [{ personId: people.li, feels: 'well' }] }),
  },
  {
    name: 'checkIn.retract',
    who: 'li',
    args: () => ({ householdId: homes.li, day, slot: 'morning', personIds: [people.li] }),
  },
  { name: 'people.setGreeting', who: 'li', args: () => ({ personId: people.li, quiet: true }) },
  { name: 'checkIn.sign', who: 'li', args: () => ({ householdId: homes.li, personId: people.li, day }) },
  {
    name: 'checkIn.sign',
    who: 'tian',
    args: () => ({ householdId: homes.li, personId: people.li, day }),
    says: 'onlyThemselves',
  },
  {
    name: 'checkIn.submit',
    who: 'li',
    args: () => ({
      householdId: homes.li,
      day,
      slot: 'morning',
      entries: [{ personId: people.chenFang, feels: 'unwell', symptoms: ['fell'], needs: ['visit'] }],
    }),
  },
  { name: 'checkIn.seeFollowUp', who: 'secretary', args: () => ({ followUpId: `${people.chenFang}/${day}` }) },
  { name: 'checkIn.seeFollowUp', who: 'tian', args: () => ({ followUpId: `${people.chenFang}/${day}` }) },
  { name: 'checkIn.takeCall', who: 'tian', args: () => ({ householdId: homes.li, day }) },
  {
    name: 'checkIn.takeCall',
    who: 'secretary',
    args: () => ({ householdId: homes.li, day }),
    says: 'beingCalled',
  },
  {
    name: 'checkIn.recordCall',
    who: 'tian',
    args: () => ({ householdId: homes.li, day, outcome: 'answered', note: '在门口等着' }),
  },
  {
    name: 'checkIn.submit',
    who: 'tian',
    args: () => ({
      householdId: homes.li,
      day,
      slot: 'morning',
      how: 'phoned',
      entries: [{ personId: people.chenFang, feels: 'unwell', symptoms: ['ache'] }],
    }),
  },
  {
    name: 'checkIn.closeFollowUp',
    who: 'tian',
    args: () => ({ followUpId: `${people.chenFang}/${day}`, result: 'visited', note: '没伤着' }),
  },
  {
    name: 'checkIn.closeFollowUp',
    who: 'secretary',
    args: () => ({ followUpId: `${people.chenFang}/${day}`, result: 'called' }),
    says: 'alreadyClosed',
  },
  {
    name: 'checkIn.submit',
    who: 'li',
    args: () => ({
      householdId: homes.li,
      day,
      slot: 'morning',
      entries: [{ personId: people.li, feels: 'well', needs: ['food'] }],
    }),
  },
  {
    name: 'checkIn.retract',
    who: 'li',
    args: () => ({ householdId: homes.li, day, slot: 'morning', personIds: [people.li] }),
  },
  {
    name: 'checkIn.forget',
    who: 'tian',
    args: () => ({ entity: 'checkIn', ids: [`${people.chenFang}/${day}/morning`] }),
    says: ourselves,
  },
  {
    name: 'checkIn.erase',
    who: 'tian',
    args: () => ({ entity: 'call', ids: [`${homes.li}/${day}`] }),
    says: ourselves,
  },
  {
    name: 'checkIn.startDuty',
    who: 'tian',
    args: () => ({ id: the('shift'), personId: people.tian, grid: '一格', ...hours(-1, 8) }),
  },
  {
    name: 'checkIn.startDuty',
    who: 'tian',
    args: () => ({ id: the('too long'), personId: people.tian, grid: '一格', ...hours(0, 73) }),
    says: 'overLimit',
  },
  {
    name: 'checkIn.startObservation',
    who: 'tian',
    args: () => ({ id: the('watch'), personId: people.grandma, days: 7 }),
  },
  {
    name: 'checkIn.takeReading',
    who: 'li',
    args: () => ({ observationId: the('watch'), day, slot: 'morning', temperatureC: 37.8, mood: 'low' }),
  },
  {
    name: 'checkIn.takeReading',
    who: 'tian',
    args: () => ({ observationId: the('watch'), day, slot: 'morning', temperatureC: 36.8, how: 'seen' }),
  },
  {
    name: 'checkIn.missReading',
    who: 'tian',
    args: () => ({ observationId: the('watch'), day, slot: 'evening' }),
    says: ourselves,
  },
  {
    name: 'checkIn.passOn',
    who: 'tian',
    args: () => ({
      followUpId: `${people.grandma}/${day}`,
      stageBefore: 'onDuty',
      stage: 'secretary',
      toPersonId: people.secretary,
    }),
    says: ourselves,
  },
  {
    name: 'checkIn.handOverDuty',
    who: 'tian',
    args: () => ({
      dutyId: the('shift'),
      nextId: the('next shift'),
      toPersonId: people.secretary,
      to: hours(0, 12).to,
    }),
  },
  { name: 'checkIn.endDuty', who: 'secretary', args: () => ({ dutyId: the('next shift') }) },
  {
    name: 'checkIn.endObservation',
    who: 'tian',
    args: () => ({ observationId: the('watch'), reason: '去了发热门诊' }),
  },
  {
    name: 'checkIn.setRobot',
    who: 'secretary',
    args: () => ({ kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' }),
  },
  {
    name: 'checkIn.setRobot',
    who: 'secretary',
    args: () => ({ kind: 'feishu', url: 'https://example.org/robot' }),
    says: 'wrongAddress',
  },
  { name: 'checkIn.setRobot', who: 'secretary', args: () => ({}) },
  {
    name: 'checkIn.robotTold',
    who: 'tian',
    args: () => ({ followUpId: `${people.grandma}/${day}`, at: town.world.now() }),
    says: ourselves,
  },
  {
    name: 'groupBuy.open',
    who: 'secretary',
    args: () => ({
      id: the('round'),
      title: '蛋团',
      opensAt: town.world.now() - 60_000,
      closesAt: town.world.now() + DAY_MS,
      items: [
        { id: the('egg'), name: '鲜鸡蛋', unit: '板', contents: '30枚', priceFen: 3800, stock: 5, perHousehold: 2 },
      ],
    }),
  },
  {
    name: 'groupBuy.placeOrder',
    who: 'li',
    args: () => ({ groupBuyId: the('round'), householdId: homes.li, lines: [egg()] }),
  },
  { name: 'groupBuy.sayPaid', who: 'li', args: () => ({ ...liInRound(), fen: 3_800 }) },
  { name: 'groupBuy.receivePayment', who: 'tian', args: () => ({ ...liInRound(), fen: 3_800, paidBefore: 0 }) },
  {
    name: 'groupBuy.receivePayment',
    who: 'li',
    args: () => ({ ...liInRound(), fen: 1, paidBefore: 0 }),
    says: ourselves,
  },
  { name: 'groupBuy.cancelOrder', who: 'li', args: () => ({ groupBuyId: the('round'), householdId: homes.li }) },
  {
    name: 'groupBuy.refund',
    who: 'tian',
    args: () => ({ ...liInRound(), id: the('refund'), fen: 1_000, refundedBefore: 0 }),
  },
  { name: 'groupBuy.setMoneyRules', who: 'secretary', args: () => ({ refundLimitFen: 1_500 }) },
  {
    name: 'groupBuy.refund',
    who: 'tian',
    args: () => ({ ...liInRound(), id: the('large refund'), fen: 2_000, refundedBefore: 1_000 }),
  },
  {
    name: 'groupBuy.decideRefund',
    who: 'tian',
    args: () => ({ refundId: the('large refund'), approve: true }),
    says: 'samePerson',
  },
  { name: 'groupBuy.decideRefund', who: 'secretary', args: () => ({ refundId: the('large refund'), approve: true }) },
  { name: 'groupBuy.takeBackPayment', who: 'li', args: () => ({ entryId: the('payment') }), says: ourselves },
  {
    name: 'groupBuy.weigh',
    who: 'tian',
    args: () => ({
      groupBuyId: the('round'),
      itemId: the('egg'),
      weights: [{ householdId: homes.li, grams: 500 }],
    }),
    says: 'wrongStep',
  },
  {
    name: 'groupBuy.addReceipt',
    who: 'tian',
    args: () => ({ id: the('supplier'), groupBuyId: the('round'), fen: 100, supplier: '城郊农场' }),
  },
  { name: 'groupBuy.removeReceipt', who: 'secretary', args: () => ({ receiptId: the('supplier') }) },
  {
    name: 'groupBuy.proposeCode',
    who: 'tian',
    args: () => ({ payee: '田建国', channel: 'wechat', photoId: the('photo of a code') }),
  },
  {
    name: 'groupBuy.decideCode',
    who: 'secretary',
    args: () => ({ codeId: people.tian, revision: the('another code'), confirm: true }),
    says: 'changedMeanwhile',
  },
  {
    name: 'groupBuy.claim',
    who: 'li',
    args: () => ({ ...liInRound(), id: the('complaint'), itemId: the('egg'), kind: 'spoiled', quantity: 1 }),
    says: 'wrongStep',
  },
  {
    name: 'groupBuy.decideClaim',
    who: 'li',
    args: () => ({ claimId: the('complaint'), outcome: 'replaced' }),
    says: ourselves,
  },
  { name: 'groupBuy.forgetClaim', who: 'tian', args: () => ({ claimId: the('complaint') }), says: ourselves },
  {
    name: 'groupBuy.open',
    who: 'secretary',
    args: () => ({
      id: the('wanted'),
      title: '牛奶团',
      opensAt: town.world.now() - 60_000,
      closesAt: town.world.now() + DAY_MS,
      payment: 'before',
      eldersFirst: true,
      slots: [{ id: the('evening'), kind: 'pickUp', ...hours(5, 6), place: '小区门口' }],
      items: [
        { id: the('milk'), name: '鲜牛奶', unit: '箱', contents: '', priceFen: 6_000, stock: 2, perHousehold: 2 },
        { id: the('leek'), name: '韭菜', unit: '把', contents: '', priceFen: 300, stock: 9, perHousehold: 2 },
      ],
    }),
  },
  {
    name: 'groupBuy.placeFor',
    who: 'secretary',
    args: () => ({ ...wanted(homes.wang), lines: [milk(2)], source: 'phone', note: '放门口' }),
  },
  {
    name: 'groupBuy.placeFor',
    who: 'li',
    args: () => ({ ...wanted(homes.wang), lines: [milk(1)], source: 'phone' }),
    says: ourselves,
  },
  {
    name: 'groupBuy.placeOrder',
    who: 'li',
    args: () => ({ ...wanted(homes.li), lines: [{ ...milk(1), itemId: the('leek') }], slotId: the('no slot') }),
    says: 'unknownSlot',
  },
  {
    name: 'groupBuy.placeOrder',
    who: 'li',
    args: () => ({
      ...wanted(homes.li),
      lines: [{ ...milk(1), itemId: the('leek') }],
      slotId: the('evening'),
      note: '晚点到',
    }),
  },
  { name: 'groupBuy.wait', who: 'li', args: () => ({ ...wanted(homes.li), ...milk(2) }) },
  { name: 'groupBuy.wait', who: 'li', args: () => ({ ...wanted(homes.li), ...milk(1) }) },
  { name: 'groupBuy.wait', who: 'li', args: () => ({ ...wanted(homes.li), ...milk(2), ifShort: 'ask' }) },
  {
    name: 'groupBuy.wait',
    who: 'li',
    args: () => ({ ...wanted(homes.li), ...milk(1), itemId: the('leek') }),
    says: 'stillFree',
  },
  { name: 'groupBuy.leaveQueue', who: 'li', args: () => ({ ...wanted(homes.li), itemId: the('milk') }) },
  {
    name: 'groupBuy.leaveQueue',
    who: 'li',
    args: () => ({ ...wanted(homes.li), itemId: the('milk') }),
    says: 'notWaiting',
  },
  { name: 'groupBuy.wait', who: 'li', args: () => ({ ...wanted(homes.li), ...milk(2) }) },
  // What Wang's phone gives back goes to somebody whom it does not know.
  {
    name: 'groupBuy.placeOrder',
    who: 'wang',
    args: () => ({ ...wanted(homes.wang), lines: [milk(1)] }),
  },
  { name: 'groupBuy.cancelOrder', who: 'li', args: () => wanted(homes.li) },
  {
    name: 'groupBuy.open',
    who: 'secretary',
    args: () => ({
      id: the('carried'),
      title: '大米团',
      opensAt: town.world.now() - 60_000,
      closesAt: town.world.now() + DAY_MS,
      items: [
        { id: the('rice'), name: '东北大米', unit: '袋', contents: '', priceFen: 4_500, stock: 5, perHousehold: 2 },
      ],
    }),
  },
  {
    name: 'groupBuy.placeOrder',
    who: 'li',
    args: () => ({
      groupBuyId: the('carried'),
      householdId: homes.li,
      lines: [{ itemId: the('rice'), quantity: 1, ifShort: 'drop' }],
    }),
  },
  { name: 'groupBuy.close', who: 'secretary', args: () => ({ groupBuyId: the('carried') }) },
  { name: 'groupBuy.arrive', who: 'secretary', args: () => ({ groupBuyId: the('carried'), items: [] }) },
  { name: 'groupBuy.startHandingOut', who: 'secretary', args: () => ({ groupBuyId: the('carried') }) },
  { name: 'groupBuy.takeRun', who: 'he', args: () => ({ runId: `${the('carried')}/3栋/1` }) },
  {
    name: 'groupBuy.takeRun',
    who: 'zhou',
    args: () => ({ runId: `${the('carried')}/3栋/1` }),
    says: 'alreadyClaimed',
  },
  { name: 'groupBuy.notHandedOut', who: 'he', args: () => ({ ...liCarried(), what: 'missingPiece', text: '少一袋' }) },
  { name: 'groupBuy.undoHandOut', who: 'he', args: liCarried },
  { name: 'groupBuy.undoHandOut', who: 'he', args: liCarried, says: 'wrongStep' },
  { name: 'groupBuy.handOut', who: 'wang', args: () => ({ ...liCarried(), how: 'atDoor' }), says: ourselves },
  { name: 'groupBuy.handOut', who: 'he', args: () => ({ ...liCarried(), how: 'atDoor' }) },
  { name: 'groupBuy.releaseRun', who: 'he', args: () => ({ runId: `${the('carried')}/3栋/1` }) },
  { name: 'groupBuy.settle', who: 'tian', args: () => ({ groupBuyId: the('carried') }) },
  { name: 'groupBuy.settle', who: 'tian', args: () => ({ groupBuyId: the('carried') }), says: 'wrongStep' },
  { name: 'groupBuy.open', who: 'tian', args: () => ({ ...written(), draft: true }) },
  { name: 'groupBuy.editDraft', who: 'secretary', args: () => ({ ...written('豆制品第 2 团'), minimumPortions: 2 }) },
  { name: 'groupBuy.publish', who: 'secretary', args: () => ({ groupBuyId: the('written') }) },
  { name: 'groupBuy.publish', who: 'li', args: () => ({ groupBuyId: the('written') }), says: ourselves },
  {
    name: 'groupBuy.change',
    who: 'tian',
    args: () => ({
      groupBuyId: the('written'),
      closesAt: town.world.now() + 2 * DAY_MS,
      place: '东门',
      minimumPortions: null,
    }),
  },
  {
    name: 'groupBuy.changeItem',
    who: 'tian',
    args: () => ({ groupBuyId: the('written'), itemId: the('tofu'), was: { stock: 5 }, stock: 6, priceFen: 600 }),
  },
  {
    name: 'groupBuy.changeItem',
    who: 'secretary',
    args: () => ({ groupBuyId: the('written'), itemId: the('tofu'), was: { stock: 5 }, stock: 8 }),
    says: 'changedMeanwhile',
  },
  {
    name: 'groupBuy.placeOrder',
    who: 'li',
    args: () => ({
      groupBuyId: the('written'),
      householdId: homes.li,
      lines: [{ itemId: the('tofu'), quantity: 2, ifShort: 'similar' }],
    }),
  },
  { name: 'groupBuy.close', who: 'tian', args: () => ({ groupBuyId: the('written') }) },
  { name: 'groupBuy.markOrdered', who: 'tian', args: () => ({ groupBuyId: the('written') }) },
  {
    name: 'groupBuy.arrive',
    who: 'tian',
    args: () => ({ groupBuyId: the('written'), items: [{ itemId: the('tofu'), arrived: 1 }] }),
  },
  {
    name: 'groupBuy.substitute',
    who: 'tian',
    args: () => ({
      groupBuyId: the('written'),
      householdId: homes.li,
      itemId: the('tofu'),
      similar: { name: '豆干', unit: '份', quantity: 1, priceFen: 500 },
    }),
  },
  { name: 'groupBuy.cancelRound', who: 'tian', args: () => ({ groupBuyId: the('written'), reason: '豆腐坏了' }) },
  { name: 'errands.request', who: 'wang', args: () => errandOf('medicine') },
  { name: 'errands.claim', who: 'he', args: () => errand('medicine') },
  { name: 'errands.release', who: 'he', args: () => errand('medicine') },
  { name: 'errands.claim', who: 'zhou', args: () => errand('medicine') },
  { name: 'errands.collectPacket', who: 'zhou', args: () => ({ ...errand('medicine'), packet: ['card'] }) },
  { name: 'errands.cannotBuy', who: 'zhou', args: () => ({ ...errand('medicine'), reason: '药店没货' }) },
  { name: 'errands.reopen', who: 'wang', args: () => errand('medicine') },
  { name: 'errands.request', who: 'wang', args: () => errandOf('again') },
  { name: 'errands.claim', who: 'he', args: () => errand('again') },
  { name: 'errands.collectPacket', who: 'he', args: () => ({ ...errand('again'), packet: ['card'] }) },
  {
    name: 'errands.buy',
    who: 'he',
    args: () => ({
      ...errand('again'),
      amountFen: 2360,
      checked: [{ name: medicine.name, strength: medicine.strength }],
    }),
  },
  { name: 'errands.handOver', who: 'he', args: () => ({ ...errand('again'), how: 'inPerson' }) },
  { name: 'errands.close', who: 'wang', args: () => errand('again') },
  { name: 'errands.request', who: 'wang', args: () => errandOf('not needed') },
  { name: 'errands.cancel', who: 'wang', args: () => errand('not needed') },
  { name: 'errands.request', who: 'wang', args: () => errandOf('idle') },
  { name: 'errands.claim', who: 'he', args: () => errand('idle') },
  { name: 'errands.returnIdle', who: 'tian', args: () => errand('idle'), says: 'wrongStep' },
  {
    name: 'notices.publish',
    who: 'tian',
    args: () => ({
      id: the('notice'),
      title: '停水',
      body: '明早停水。',
      level: 'important',
      category: 'water',
      scope: 'grid:一格',
      needsReceipt: true,
    }),
  },
  { name: 'notices.acknowledge', who: 'li', args: () => ({ noticeId: the('notice'), householdId: homes.li }) },
  { name: 'notices.withdraw', who: 'tian', args: () => ({ noticeId: the('notice'), reason: '不停了' }) },
  {
    name: 'sweep.start',
    who: 'tian',
    args: () => ({
      id: the('sweep'),
      title: '72 小时排查',
      question: '家里有没有人发热',
      grids: ['一格'],
      deadline: town.world.now() + 3 * DAY_MS,
    }),
  },
  {
    name: 'sweep.answer',
    who: 'tian',
    args: () => ({ sweepId: the('sweep'), householdId: homes.wang, finding: 'met', people: 1, yes: false }),
  },
  {
    name: 'sweep.answer',
    who: 'secretary',
    args: () => ({ sweepId: the('sweep'), householdId: homes.wang, finding: 'nobody', note: '晚上再来' }),
  },
  {
    name: 'sweep.answer',
    who: 'he',
    args: () => ({ sweepId: the('sweep'), householdId: homes.li, finding: 'phoned', people: 4 }),
  },
  { name: 'sweep.forget', who: 'tian', args: () => ({ doorIds: [`${the('sweep')}/${homes.wang}`] }), says: ourselves },
  { name: 'sweep.close', who: 'secretary', args: () => ({ sweepId: the('sweep') }) },
  { name: 'people.endDevice', who: 'li', args: () => ({ deviceId: phones.get('li')!.phone.actor.value.deviceId }) },
];

describe('each mutation on both stores', () => {
  it('covers all that are registered', () => {
    expect(new Set(steps.map((step) => step.name))).toEqual(new Set(registry.mutations.keys()));
  });

  it.each(steps)('$name by $who: what the phone foresaw is what the server did', async ({ name, who, args, says }) => {
    const phone = await phoneOf(who);
    const mutation = registry.mutations.get(name) as unknown as Mutation<unknown>;
    const first = await phone.tries(mutation, args());
    if (says !== undefined) expect(first).toMatchObject({ kind: 'advice', refusal: { code: says } });
    const result = first.kind === 'advice' ? await phone.phone.act(mutation, args(), { insist: true }) : first;
    if (result.kind !== 'queued') throw new Error(`not queued: ${JSON.stringify(result)}`);
    const foreseen = await phone.phone.database.overlay.toArray();
    await phone.sync();
    const [record] = await town.db.query<{ outcome: string; code?: string }>(
      'select outcome, code from verdict where id = $1',
      [result.ids[0]],
    );
    expect(record?.code ?? record?.outcome).toBe(says ?? 'accepted');
    if (phone.phone.status.value.state === 'ended') return;
    for (const { entity, id, row } of foreseen) {
      const now = await phone.phone.reader.get(registry.entities.get(entity)!, id);
      if (row === null) expect(now).toBeUndefined();
      // A row whose sight ends with the act leaves the phone, and the book was never its to see; what stays must be what was shown.
      else if (now === undefined) expect(['errandCard', 'errand', 'role', 'followUp', 'ledgerEntry']).toContain(entity);
      else expect(masked(now), `${entity} ${id}`).toEqual(masked(row));
    }
  });
});

/** Times differ by the way to the server; everything else must not. */
function masked(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) => {
      if (item === null || key === 'claimedBy') return undefined;
      return typeof item === 'number' && item > 1e12 ? 'a time' : item;
    }),
  );
}
