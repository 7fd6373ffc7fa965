import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { attemptLine, attemptsOf, numbersOf } from './call-words.ts';
import type { Call } from '../../follow-up/schema.ts';
import type { CallReason, Coverage, DoorCall, DoorSquare } from '../schema.ts';

/** A door to knock at. */
export interface KnockDoor {
  readonly householdId: string;
  readonly door: string;
  readonly state: DoorCall['state'];
  /** `周桂英 86岁、周小军` */
  readonly who: string;
  /** Why, without a word of anybody's health. */
  readonly why: string;
  readonly tries: string;
}

/** A stairway's doors, in the order in which one walks down. */
export interface Stairway {
  readonly id: string;
  readonly name: string;
  readonly doors: readonly KnockDoor[];
}

/** What may stand on paper that is carried about and left lying: not who is ill, nor who is under observation. */
const SAYABLE: ReadonlySet<CallReason> = new Set([
  'urgent',
  'livesAlone',
  'over80',
  'limitedMobility',
  'needsFood',
  'needsVisit',
]);

/**
 * The doors that somebody must go to: no word, urgent, to be looked after. By stairway, from the top floor down.
 * @param rowOf a door's calls as this phone has them
 */
export function knockList(
  coverage: Coverage,
  t: TextSource['t'],
  rowOf: (householdId: string) => Call | undefined = () => undefined,
): readonly Stairway[] {
  const calls = new Map(coverage.calls.map((call) => [call.householdId, call]));
  /** Somebody has been there: what was said stands, but nobody need go. Of doors that the answer does not list, that is not known. */
  const isSettled = (householdId: string) => !calls.has(householdId) && coverage.callsInAll <= coverage.calls.length;
  return coverage.buildings.flatMap((building) => {
    const units = new Map<string, ToKnockAt[]>();
    // Squares come by unit, from the top floor down.
    for (const square of building.squares) {
      if (!isToKnockAt(square) || (square.state !== 'missing' && isSettled(square.householdId))) continue;
      units.set(square.unit, [...(units.get(square.unit) ?? []), square]);
    }
    return [...units].map(([unit, squares]) => ({
      id: `${building.id}/${unit}`,
      name: unit ? t('desk.knock.stairway', { building: building.name, unit }) : building.name,
      doors: squares.map((square) => doorOf(square, calls.get(square.householdId), t, rowOf(square.householdId))),
    }));
  });
}

type ToKnockAt = DoorSquare & { readonly state: DoorCall['state'] };

function isToKnockAt(square: DoorSquare): square is ToKnockAt {
  return square.state === 'missing' || square.state === 'alert' || square.state === 'watch';
}

function doorOf(square: ToKnockAt, call: DoorCall | undefined, t: TextSource['t'], row: Call | undefined): KnockDoor {
  const who = (call?.persons ?? []).map(({ name, age }) => (age === undefined ? name : t('desk.age', { name, age })));
  const reasons = (call?.reasons ?? [])
    .filter((reason) => SAYABLE.has(reason))
    .map((reason) => t(`desk.reasons.${reason}`));
  const silent = (call?.silentDays ?? 0) > 1 ? [t('desk.silent', { days: call?.silentDays ?? 0 })] : [];
  const number = call === undefined ? undefined : numbersOf(call, t)[0]?.phone;
  return {
    householdId: square.householdId,
    door: square.door,
    state: square.state,
    who: who.join('、'),
    why: [t(`desk.states.${square.state}`), ...reasons, ...silent, ...(number ? [number] : [])].join(' · '),
    tries: (call === undefined ? (row?.attempts ?? []) : attemptsOf(call, row))
      .map((attempt) => attemptLine({ ...attempt, note: undefined }, t))
      .join('；'),
  };
}
