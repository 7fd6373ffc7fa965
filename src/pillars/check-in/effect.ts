import { compareLevels, isReportedUnwell, levelOf, standing } from './rules.ts';
import type { Answer, CheckIn, Entry } from './schema.ts';

/** What a new answer does to what was said before. */
export type Effect =
  /** It holds from now on. */
  | 'holds'
  /** Something said later, or something graver that it did not know of, goes on holding: it goes into the history. */
  | 'kept'
  /** It is known already. */
  | 'repeats'
  /** "Well" about somebody reported unwell: that takes 现在好了. */
  | 'reportedUnwell';

/** A new answer: what, by which phone, when (epoch ms). */
export interface Saying {
  readonly entry: Pick<Entry, 'feels' | 'temperatureC' | 'symptoms' | 'needs' | 'recovered' | 'knew'>;
  readonly deviceId: string;
  readonly happenedAt: number;
}

/**
 * Of answers that did not know of each other the gravest holds, in whatever order they arrive. A milder one takes its
 * place only where whoever gave it had seen it, or says 现在好了.
 * @param said what was said of the person that day, in all slots
 * @param before of these, the answer for the same slot
 */
export function effectOf(said: readonly CheckIn[], before: CheckIn | undefined, saying: Saying): Effect {
  const { entry, happenedAt } = saying;
  const level = levelOf(entry);
  const hasSeen = isSeen(entry, before) || isSeen(entry, standing(said));
  const knows = hasSeen || entry.recovered === true || corrects(saying, said);
  if (level === 'ok' && !knows && isReportedUnwell(said)) {
    const couldNotKnow = before !== undefined && before.level !== 'ok' && happenedAt <= before.receivedAt;
    return couldNotKnow ? 'kept' : 'reportedUnwell';
  }
  if (before === undefined) return 'holds';
  const isEarlier = happenedAt < before.happenedAt;
  const more = compareLevels(level, before.level);
  if (more > 0) {
    // A plain "all well" for the whole household does not outweigh this, even where it was said later.
    const outweighs = before.recovered || before.by.deviceId === saying.deviceId;
    return isEarlier && outweighs ? 'kept' : 'holds';
  }
  if (more < 0) return hasSeen || (!isEarlier && knows) ? 'holds' : 'kept';
  const saysNothingNew = level === 'ok' && !entry.recovered && (entry.needs ?? []).length === 0;
  if (saysNothingNew && !hasSeen) return 'repeats';
  return isEarlier && !hasSeen ? 'kept' : 'holds';
}

/** Whether the answer says that it was given on seeing this one. */
function isSeen(entry: Saying['entry'], answer: CheckIn | undefined): boolean {
  return answer !== undefined && entry.knew === answer.happenedAt;
}

/** Whether it corrects what the same phone said before, and cannot name because it had not been sent yet. */
function corrects({ entry, deviceId, happenedAt }: Saying, said: readonly CheckIn[]): boolean {
  const isCorrection = entry.knew !== undefined || levelOf(entry) !== 'ok';
  const holds = standing(said);
  return isCorrection && holds?.by.deviceId === deviceId && holds.happenedAt <= happenedAt;
}

/**
 * Whether two phones said different things without knowing of each other: something milder was said later than what
 * holds. An answer that knew of what holds is itself the later one, and settles it.
 */
export function isDisputed(
  holds: Pick<Answer, 'level' | 'happenedAt'>,
  history: readonly Pick<Answer, 'level' | 'happenedAt'>[],
): boolean {
  return history.some((other) => other.happenedAt > holds.happenedAt && compareLevels(other.level, holds.level) < 0);
}

/** Which of several answers holds where none knew of another: the gravest; of two alike, the later. */
export function gravest<A extends Pick<Answer, 'level' | 'happenedAt'>>(answers: readonly A[]): A | undefined {
  return answers.reduce<A | undefined>((holds, next) => {
    if (holds === undefined) return next;
    const more = compareLevels(next.level, holds.level) || next.happenedAt - holds.happenedAt;
    return more > 0 ? next : holds;
  }, undefined);
}
