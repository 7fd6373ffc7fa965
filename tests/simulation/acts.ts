import { order } from '../../src/pillars/group-buy/schema.ts';
import { checkInRecipes } from './acts-check-in.ts';
import type { Doing, Recipes } from './acts-doing.ts';
import { dutyRecipes } from './acts-duty.ts';
import { errandRecipes } from './acts-errands.ts';
import { followUpRecipes } from './acts-follow-up.ts';
import { groupBuyRecipes } from './acts-group-buy.ts';
import { handOutRecipes } from './acts-hand-out.ts';
import { moneyRecipes } from './acts-money.ts';
import { roundRecipes } from './acts-round.ts';
import { keepingRecipes } from './acts-keeping.ts';
import { noticeRecipes } from './acts-notices.ts';
import { observationRecipes } from './acts-observation.ts';
import { peopleRecipes } from './acts-people.ts';
import { sweepRecipes } from './acts-sweep.ts';
import { waitingRecipes } from './acts-waiting.ts';

export type { Chance, Doing, Recipe } from './acts-doing.ts';

/** How a person comes to do each registered mutation, by its name. A new mutation takes its place in its pillar's file. */
export const recipes: Recipes = {
  ...peopleRecipes,
  ...checkInRecipes,
  ...followUpRecipes,
  ...dutyRecipes,
  ...observationRecipes,
  ...keepingRecipes,
  ...groupBuyRecipes,
  ...waitingRecipes,
  ...roundRecipes,
  ...handOutRecipes,
  ...moneyRecipes,
  ...errandRecipes,
  ...noticeRecipes,
  ...sweepRecipes,
};

/** How readily people come to what ends things, or to what is not theirs, next to 1 for everything else. */
const READINESS: Readonly<Record<string, number>> = {
  'people.importRoster': 0.3,
  'people.issueSlip': 0.3,
  'people.enrolDevice': 0.3,
  'people.endDevice': 0.2,
  'people.endRole': 0.2,
  'people.endGrant': 0.3,
  'people.setPresence': 0.5,
  'people.changeSettings': 0.4,
  'checkIn.passOn': 0.8,
  'checkIn.robotTold': 0.8,
  'checkIn.missReading': 0.8,
  'checkIn.forget': 0.8,
  'checkIn.erase': 0.8,
  'checkIn.endObservation': 3,
  'checkIn.startDuty': 2,
  'checkIn.setRobot': 0.4,
  'checkIn.handOverDuty': 5,
  'errands.claim': 2,
  'errands.collectPacket': 3,
  'errands.reopen': 3,
  'errands.cancel': 0.15,
  'notices.withdraw': 0.4,
  'sweep.close': 0.3,
  'sweep.forget': 0.8,
  'checkIn.submit': 2,
  'checkIn.retract': 4,
  'groupBuy.open': 3,
  'groupBuy.placeOrder': 3,
  'groupBuy.cancelOrder': 2,
  'groupBuy.wait': 4,
  'groupBuy.placeFor': 0.7,
  'groupBuy.editDraft': 3,
  'groupBuy.weigh': 3,
  'groupBuy.undoHandOut': 1.5,
  'people.giveRole': 1.5,
  'groupBuy.leaveQueue': 0.5,
  'groupBuy.close': 0.5,
  'groupBuy.cancelRound': 0.1,
  'groupBuy.settle': 0.3,
  'groupBuy.setMoneyRules': 0.3,
  'groupBuy.forgetClaim': 0.8,
};

/**
 * Lets somebody think of one thing after the other until something comes to be done: what has just become possible (the
 * next step of an errand) is done before long.
 * @param names what they may think of
 * @returns undefined where nothing came of so many thoughts
 */
export async function comesTo(
  doing: Doing,
  names: readonly string[] = Object.keys(recipes),
  thoughts = 8,
): Promise<{ name: string; args: object } | undefined> {
  for (const one of await doing.reader.all(order)) doing.memory.orders.set(one.id, one);
  for (let i = 0; i < thoughts; i++) {
    const name = drawn(doing, names);
    const args = await recipes[name]!(doing);
    if (args !== undefined) return { name, args };
  }
  return undefined;
}

function drawn({ chance }: Doing, names: readonly string[]): string {
  const fine = 100;
  const weights = names.map((name) => Math.round((READINESS[name] ?? 1) * fine));
  let place = chance.whole(weights.reduce((sum, weight) => sum + weight, 0));
  return names[weights.findIndex((weight) => (place -= weight) < 0)]!;
}
