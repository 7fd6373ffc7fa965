import type { Run, Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { violations } from './oracle-rows.ts';

// What was said of people's health, reckoned anew from the book: with none of the product's own rules.

const FEVER_C = 37.3;
const WARNINGS = ['urgent', 'fever', 'chestPain', 'shortBreath', 'confused', 'oneSide', 'fell', 'bleeding'];
const LEVELS = ['ok', 'watch', 'alert'] as const;

interface Entry {
  readonly personId: string;
  readonly feels: string;
  readonly temperatureC?: number;
  readonly symptoms?: readonly string[];
  readonly recovered?: boolean;
  readonly knew?: number;
}

interface Submitted {
  readonly day: string;
  readonly slot: string;
  readonly entries: readonly Entry[];
}

/** One thing that was said of one person. */
interface Said extends Entry {
  readonly day: string;
  readonly slot: string;
  /** 0 well, 1 unwell, 2 an alert. */
  readonly gravity: number;
  readonly deviceId: string;
  readonly at: number;
}

interface StoredAnswer {
  readonly level: (typeof LEVELS)[number];
  readonly happenedAt: number;
  readonly disputed?: boolean | null;
}

interface StoredFollowUp {
  readonly level: string;
  readonly reasons: readonly string[];
  readonly closedAt?: number | null;
}

/** What the book tells of one community's answers. */
interface Answers {
  readonly said: readonly Said[];
  /** Fevers that were read of people under observation. */
  readonly readings: readonly { readonly personId: string; readonly day: string }[];
  /** `person/day` of which something was taken back. */
  readonly takenBack: ReadonlySet<string>;
  /** Ids of follow-ups that somebody has closed. */
  readonly closed: ReadonlySet<string>;
  /** Ids of rows that were erased when their time was over. */
  readonly erased: ReadonlySet<string>;
}

/** Reads the accepted runs, in the order of commits. Of who has moved out or died nothing is kept any more. */
function answersOf(runs: readonly Run[]): Answers {
  const gone = new Set<string>();
  const observed = new Map<string, string>();
  const [said, readings]: [Said[], { personId: string; day: string }[]] = [[], []];
  const [takenBack, closed, erased] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { name, args, context, outcome } of runs) {
    if (outcome !== 'accepted') continue;
    if (name === 'people.setPresence') {
      const { personId, presence } = args as { personId: string; presence: string };
      if (['movedOut', 'deceased'].includes(presence)) gone.add(personId);
    } else if (name === 'checkIn.submit') {
      const { day, slot, entries } = args as Submitted;
      const { deviceId } = context.actor;
      for (const one of entries) {
        if (gone.has(one.personId)) continue;
        // One phone's words arrive in the order of its taps, however long each was on its way.
        const own = said.filter((other) => other.deviceId === deviceId && isOf(other, one.personId, day));
        const at = Math.max(context.happenedAt, ...own.map((other) => other.at));
        said.push({ ...one, day, slot, deviceId, at, gravity: gravityOf(one) });
      }
    } else if (name === 'checkIn.retract') {
      const { personIds, day } = args as { personIds: readonly string[]; day: string };
      for (const personId of personIds) takenBack.add(`${personId}/${day}`);
    } else if (name === 'checkIn.startObservation') {
      const { id, personId } = args as { id: string; personId: string };
      observed.set(id, personId);
    } else if (name === 'checkIn.takeReading') {
      const { observationId, day, temperatureC } = args as { observationId: string; day: string; temperatureC: number };
      if (temperatureC >= FEVER_C) readings.push({ personId: observed.get(observationId)!, day });
    } else if (name === 'checkIn.closeFollowUp') closed.add((args as { followUpId: string }).followUpId);
    else if (name === 'checkIn.erase') for (const id of (args as { ids: readonly string[] }).ids) erased.add(id);
  }
  return { said, readings, takenBack, closed, erased };
}

const isOf = (one: Said, personId: string, day: string): boolean => one.personId === personId && one.day === day;

function gravityOf({ feels, temperatureC = 0, symptoms = [] }: Entry): number {
  if (temperatureC >= FEVER_C || symptoms.some((one) => WARNINGS.includes(one))) return 2;
  return feels === 'unwell' || symptoms.length > 0 ? 1 : 0;
}

/**
 * Law `alertsAreFollowed`: whoever was reported with an alert has a follow-up of that day; it is open and says so, unless
 * somebody closed it or took something back.
 */
export function alertsAreFollowed(runs: readonly Run[], rows: Rows): Violation[] {
  const { said, readings, takenBack, closed, erased } = answersOf(runs);
  const alerts = [...said.filter((one) => one.gravity === 2), ...readings].map((one) => `${one.personId}/${one.day}`);
  const details = [...new Set(alerts)].flatMap((id) => {
    if (erased.has(id)) return [];
    const row = rows.get('followUp')?.get(id) as StoredFollowUp | undefined;
    if (row === undefined) return [`nobody is asked to look after ${id}`];
    if (closed.has(id) || takenBack.has(id)) return [];
    if (row.closedAt != null) return [`${id} is closed, and nobody closed it`];
    return row.level === 'alert' && row.reasons.includes('alert') ? [] : [`${id} is no alert any more`];
  });
  return violations('alertsAreFollowed', details);
}

/**
 * Law `worstHolds`: of what was said of a person for a slot the gravest holds, unless somebody who knew of it said something
 * milder; and where something milder was said later without knowing of it, that shows.
 */
export function worstHolds(runs: readonly Run[], rows: Rows): Violation[] {
  const { said, takenBack, erased } = answersOf(runs);
  const details: string[] = [];
  const slots = new Map<string, Said[]>();
  for (const one of said) {
    const id = `${one.personId}/${one.day}/${one.slot}`;
    slots.set(id, [...(slots.get(id) ?? []), one]);
  }
  for (const [id, answers] of slots) {
    const [{ personId, day }] = answers as [Said];
    const ofTheDay = said.filter((one) => isOf(one, personId, day));
    const worst = Math.max(...answers.map((one) => one.gravity));
    if (worst === 0 || takenBack.has(`${personId}/${day}`) || erased.has(id)) continue;
    const graver = answers.filter((one) => one.gravity === worst);
    if (ofTheDay.some((one) => one.gravity < worst && knew(one, ofTheDay))) continue;
    const row = rows.get('checkIn')?.get(id) as StoredAnswer | undefined;
    if (row === undefined || LEVELS.indexOf(row.level) !== worst) {
      details.push(`${id}: ${LEVELS[worst]} was said and nobody knew better, but ${row?.level ?? 'nothing'} holds`);
      continue;
    }
    const last = Math.max(...graver.map((one) => one.at));
    const differs = answers.some((one) => one.gravity === 1 && worst === 2 && one.at > last);
    if (differs && row.disputed !== true) details.push(`${id}: two things were said, and it is not marked`);
  }
  return violations('worstHolds', details);
}

/** Whether whoever said this may have known of what else was said that day: it says so, or the same phone had said it. */
function knew(one: Said, ofTheDay: readonly Said[]): boolean {
  if (one.recovered === true) return true;
  const others = ofTheDay.filter((other) => other !== one && other.gravity > one.gravity);
  if (others.some((other) => other.deviceId === one.deviceId)) return one.gravity > 0 || one.knew !== undefined;
  return one.knew !== undefined && ofTheDay.some((other) => other !== one && other.at === one.knew);
}
