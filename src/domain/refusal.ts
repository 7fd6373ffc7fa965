import type { JsonObject } from './json.ts';

/**
 * How a rule says no. The only error that a mutation may throw on purpose: on the server it becomes the verdict
 * `refused` and undoes this mutation alone, on the phone it is advice. Any other error is a bug (`fault`).
 */
export class Refusal extends Error {
  /**
   * @param code camelCase word that screens translate (`refusals.<code>`), for ever the same meaning
   * @param details what a screen needs to say it plainly, such as `{ itemId, left: 2 }`
   */
  constructor(
    readonly code: RefusalCode,
    readonly details?: JsonObject,
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/** Words for no. A pillar adds its own; the mechanism's own are `malformed`, `unknownName`, `idReused` and `fault`. */
export type RefusalCode =
  | 'malformed'
  | 'unknownName'
  | 'idReused'
  | 'fault'
  | 'notFound'
  | 'alreadyThere'
  | 'notAllowed'
  | 'changedMeanwhile'
  | 'notOpenYet'
  | 'closed'
  | 'soldOut'
  | 'overLimit'
  | 'nothingOrdered'
  | 'alreadyClaimed'
  | 'tooManyClaims'
  | 'wrongStep'
  | 'notToday'
  | 'tooLate'
  | 'alreadyAnswered'
  | 'packetIncomplete'
  | 'notInPerson'
  | 'expired'
  | 'temperatureOff'
  | 'howNeeded'
  | 'reportedUnwell'
  | 'notAtHome'
  | 'noSuchSlot'
  | 'notChecked'
  | 'reasonNeeded'
  | 'onlyThemselves'
  | 'ordinaryMode'
  | 'beingCalled'
  | 'alreadyClosed'
  | 'notOnDuty'
  | 'notOneOfUs'
  | 'wrongAddress'
  | 'ownHousehold'
  | 'samePerson'
  | 'belowSold'
  | 'stillFree'
  | 'alreadyOrdered'
  | 'moreThanOwed'
  | 'openClaims'
  | 'owesHouseholds'
  | 'dearer'
  | 'unknownSlot'
  | 'notWaiting'
  | 'missingCode';

/** @returns the row, or refuses `notFound` where it is missing (also where the reader may not know of it). */
export function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Refusal('notFound');
  return row;
}

/** Refuses with `code` unless the condition holds. */
export function demand(condition: boolean, code: RefusalCode, details?: JsonObject): asserts condition {
  if (!condition) throw new Refusal(code, details);
}
