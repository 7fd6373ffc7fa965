import { dayOf } from '../../domain/day.ts';
import { demand, found } from '../../domain/refusal.ts';
import { row } from '../../domain/tx.ts';
import { belongs } from '../../people/rules.ts';
import { person } from '../../people/schema.ts';
import { effectOf, isDisputed } from './effect.ts';
import { openFollowUp } from './follow-up/open.ts';
import { reasonsOf } from './follow-up/rules.ts';
import { isAtHome, isLate, isReportedUnwell, levelOf, MIDNIGHT_SLACK_MS } from './rules.ts';
import { checkIn, checkInId } from './schema.ts';
import type { Day } from '../../domain/day.ts';
import type { Context } from '../../domain/mutation.ts';
import type { Read, Tx } from '../../domain/tx.ts';
import type { Community, Household, Person, Slot } from '../../people/schema.ts';
import type { Answer, By, CheckIn, Entry, SubmitArgs } from './schema.ts';

const BOTH: readonly Slot[] = ['morning', 'evening'];
/** Corrections of one answer that are kept, so that a row stays small whatever happens to it. */
const MAX_HISTORY = 20;

/** What was said of a person that day, in all slots. */
export function ofTheDay(personId: string, day: Day): readonly Read[] {
  return BOTH.map((slot) => row(checkIn, checkInId(personId, day, slot)));
}

/** @returns what was said of a person that day, in all slots */
export async function saidOf(tx: Tx, personId: string, day: Day): Promise<readonly CheckIn[]> {
  const rows = await Promise.all(BOTH.map((slot) => tx.get(checkIn, checkInId(personId, day, slot))));
  return rows.filter((answer) => answer !== undefined);
}

/** What is said of one person, by whom, for which household. */
export interface Saying {
  readonly town: Community;
  readonly home: Household;
  readonly args: SubmitArgs;
  readonly said: Entry;
  readonly by: By;
  readonly context: Context;
}

/** Stores what is said of one person. @returns why it was left out, or undefined */
export async function answerFor(tx: Tx, given: Saying): Promise<'notAtHome' | 'reportedUnwell' | undefined> {
  const { town, home, args, said } = given;
  const whom = found(await tx.get(person, said.personId));
  demand(whom.householdId === home.id, 'notFound');
  const well = levelOf(said) === 'ok';
  demand(!well || said.temperatureC === undefined || town.asksTemperature, 'temperatureOff');
  // Where the register thinks somebody is must never turn away "I am unwell".
  if (!belongs(whom) || (well && !isAtHome(whom, args.day))) return 'notAtHome';

  const earlier = await saidOf(tx, whom.id, args.day);
  const saying = inOrderOfTaps(given, earlier);
  const { context } = saying;
  const before = earlier.find((answer) => answer.slot === args.slot);
  const what = { entry: said, deviceId: saying.by.deviceId, happenedAt: context.happenedAt };
  const effect = effectOf(earlier, before, what);
  if (effect === 'reportedUnwell') return effect;
  if (effect === 'repeats') return undefined;

  const next = checkInOf(saying, effect === 'holds' && isReportedUnwell(earlier));
  if (before === undefined) await tx.add(checkIn, next);
  else if (effect === 'kept') await tx.put(checkIn, settled(before, [...before.history, answerOf(next)]));
  else await tx.put(checkIn, settled(next, [...before.history, answerOf(before)]));
  await look(tx, saying, whom, next);
  return undefined;
}

/**
 * What one phone says arrives in the order of its taps. How long each was on its way is not known: a later tap that came
 * through faster must not pass for an earlier one.
 */
function inOrderOfTaps(saying: Saying, said: readonly CheckIn[]): Saying {
  const own = said.flatMap((row) => [row, ...row.history]).filter((one) => one.by.deviceId === saying.by.deviceId);
  const happenedAt = Math.max(saying.context.happenedAt, ...own.map((one) => one.happenedAt));
  return { ...saying, context: { ...saying.context, happenedAt } };
}

/** Whom what was said worries: a need or an alert opens a follow-up in the same act. Of an earlier day, only an alert. */
async function look(tx: Tx, { home, args, context }: Saying, whom: Person, answer: CheckIn): Promise<void> {
  const isOfBefore = args.day < dayOf(context.now - MIDNIGHT_SLACK_MS);
  if (isOfBefore && answer.level !== 'alert') return;
  const level = answer.level === 'alert' ? 'alert' : 'watch';
  await openFollowUp(tx, { whom, home, day: args.day, reasons: reasonsOf(answer), level, context });
}

/** Why somebody has to look after a person of whom this is said. */
export function reasonsToLook(said: Entry) {
  return reasonsOf({ level: levelOf(said), symptoms: said.symptoms ?? [], needs: said.needs ?? [] });
}

/** @param settles it takes the place of a report that the person is unwell, which whoever gave it knew of */
function checkInOf({ town, home, args, said, by, context }: Saying, settles: boolean): CheckIn {
  const when = { day: args.day, slot: args.slot, happenedAt: context.happenedAt, receivedAt: context.now };
  return {
    ...when,
    id: checkInId(said.personId, args.day, args.slot),
    personId: said.personId,
    householdId: home.id,
    grid: home.grid,
    feels: said.feels,
    temperatureC: said.temperatureC,
    symptoms: said.symptoms ?? [],
    needs: said.needs ?? [],
    level: levelOf(said),
    recovered: said.recovered ?? (settles && levelOf(said) === 'ok'),
    how: args.how,
    by,
    late: isLate(town, when),
    history: [],
  };
}

function answerOf(row: CheckIn): Answer {
  const { feels, temperatureC, symptoms, needs, level, recovered, how, by, happenedAt, receivedAt, late } = row;
  return { feels, temperatureC, symptoms, needs, level, recovered, how, by, happenedAt, receivedAt, late };
}

/** The row with this history; marked where two phones said different things without knowing of each other. */
export function settled(holds: CheckIn, answers: readonly Answer[]): CheckIn {
  const history = [...answers].sort((one, other) => one.happenedAt - other.happenedAt).slice(-MAX_HISTORY);
  return { ...holds, history, disputed: isDisputed(holds, history) || undefined };
}
