import { dayOf, MINUTE_MS, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { reasonsOf } from '../pillars/check-in/follow-up/rules.ts';
import { followUpId } from '../pillars/check-in/follow-up/schema.ts';
import type { CallOutcome } from '../pillars/check-in/follow-up/schema.ts';
import { levelOf } from '../pillars/check-in/rules.ts';
import type { SubmitArgs } from '../pillars/check-in/schema.ts';
import { phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import type { Home, Town } from './town.ts';

/** What came of the calls to doors that were silent, in the order of those doors. */
const TRIES: readonly (readonly [outcome: CallOutcome, minutesAgo: number, note?: string])[] = [
  ['noAnswer', 34],
  ['noAnswer', 50, '响了很久'],
  ['knocked', 22, '门口有快递没拿'],
  ['answered', 12],
  ['noAnswer', 8],
];
/** How long a worker takes to open what was said, and to reach the person. */
const SEEN_AFTER_MS = 3 * MINUTE_MS;
const REACHED_AFTER_MS = 11 * MINUTE_MS;

/**
 * What the desk made of what people said: of earlier days all is closed; today one was reached, one was seen and not
 * reached, and what was said just now nobody has opened. Silent doors were tried, and one is being called.
 * @param said what households have said
 */
export function followUpActs(town: Town, said: readonly Act[], now: number): Act[] {
  const today = dayOf(now);
  const homes = new Map(town.homes.map((home) => [home.id, home]));
  const opened = said.flatMap(({ order }) => {
    const { householdId, day, entries } = order.args as SubmitArgs;
    const home = homes.get(householdId);
    const whom = entries.find(({ needs = [], symptoms = [], ...one }) => {
      return reasonsOf({ level: levelOf({ ...one, symptoms }), needs, symptoms }).length > 0;
    });
    return home && whom ? [{ home, whom, day, at: order.happenedAt ?? now }] : [];
  });
  const acts: Act[] = [];
  for (const { home, whom, day, at } of opened) {
    const id = followUpId(whom.personId, day);
    if (now - at < SEEN_AFTER_MS * 2) continue;
    acts.push(byWorker(town, home, 'checkIn.seeFollowUp', { followUpId: id }, at + SEEN_AFTER_MS));
    const reached = Math.min(at + REACHED_AFTER_MS, now);
    const outcome = day === today && levelOf(whom) !== 'alert' ? 'noAnswer' : 'answered';
    acts.push(byWorker(town, home, 'checkIn.recordCall', { householdId: home.id, day, outcome }, reached));
    if (day === today) continue;
    const result = levelOf(whom) === 'alert' ? 'feverClinic' : 'called';
    acts.push(byWorker(town, home, 'checkIn.closeFollowUp', { followUpId: id, result }, reached + MINUTE_MS));
  }
  return [...acts, ...triesOf(town, said, now)];
}

function triesOf(town: Town, said: readonly Act[], now: number): Act[] {
  const today = dayOf(now);
  const answered = new Set(
    said.map(({ order }) => order.args as SubmitArgs).flatMap((args) => (args.day === today ? [args.householdId] : [])),
  );
  const silent = town.homes.filter(
    (home) => home.cast === undefined && !answered.has(home.id) && home.residents.some((who) => who.home),
  );
  const inTurn = [...silent.filter((home) => home.grid === '二格'), ...silent.filter((home) => home.grid !== '二格')];
  const tries = TRIES.flatMap(([outcome, minutesAgo, note], place): Act[] => {
    const home = inTurn[place];
    if (home === undefined) return [];
    const args = { householdId: home.id, day: today, outcome, ...(note !== undefined && { note }) };
    return [byWorker(town, home, 'checkIn.recordCall', args, Math.max(timeOn(today), now - minutesAgo * MINUTE_MS))];
  });
  const next = inTurn[TRIES.length];
  if (next === undefined) return tries;
  const calling = { householdId: next.id, day: today };
  const at = Math.max(timeOn(today), now - 2 * MINUTE_MS);
  const order = { ...orderOf(town, 'checkIn.takeCall', calling, at) };
  return [...tries, { as: phoneOfDuty(town, 'secretary'), order }];
}

function byWorker(town: Town, home: Home, name: string, args: object, happenedAt: number): Act {
  return { as: phoneOfDuty(town, 'gridWorker', home.grid), order: orderOf(town, name, args, happenedAt) };
}

function orderOf(town: Town, name: string, args: object, happenedAt: number): Act['order'] {
  return {
    id: naturalId('r', town.communityId, name, ...Object.values(args).map(String), String(happenedAt)),
    name,
    args,
    happenedAt,
  };
}
