import { person } from '../../people/schema.ts';
import { saidOf, settled } from './answer-for.ts';
import { gravest } from './effect.ts';
import { withdrawFollowUp } from './follow-up/open.ts';
import { reasonsOf } from './follow-up/rules.ts';
import { reading } from './observation/schema.ts';
import { checkIn } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Context } from '../../domain/mutation.ts';
import type { Tx } from '../../domain/tx.ts';
import type { Answer, CheckIn } from './schema.ts';

/** What this device said of the person: what holds; or, where two phones disagree, what it said last. */
export function ownAnswer(answer: CheckIn, actor: Actor): Answer | undefined {
  if (answer.by.deviceId === actor.deviceId) return answer;
  return answer.disputed === true
    ? answer.history.filter((one) => one.by.deviceId === actor.deviceId).pop()
    : undefined;
}

const nothingSaid = { temperatureC: undefined, how: undefined };

/** Takes `own` out of the answer; what it had corrected holds again. */
export async function takeBack(tx: Tx, answer: CheckIn, own: Answer): Promise<void> {
  const rest = answer.history.filter((one) => one !== own);
  if (own !== answer) return tx.put(checkIn, settled(answer, rest));
  // Of those that did not know of each other the gravest holds; else what was corrected last.
  const earlier = answer.disputed === true ? gravest(rest) : rest[rest.length - 1];
  if (earlier === undefined) return tx.remove(checkIn, answer.id);
  // What the earlier answer did not say must not be left over from the one that is taken back.
  const holds = { ...answer, ...nothingSaid, ...earlier };
  const history = rest.filter((one) => one !== earlier);
  return tx.put(checkIn, settled(holds, history));
}

/** Ends the follow-up that the answer had opened, unless what is left of the day still asks for one. */
export async function withdraw(tx: Tx, answer: CheckIn, own: Answer, { actor, happenedAt }: Context): Promise<void> {
  const { personId, day } = answer;
  const left = await saidOf(tx, personId, day);
  if (left.some((one) => reasonsOf(one).length > 0)) return;
  // So does a card of home observation, which stands whatever else is taken back.
  const cards = (await tx.list(reading, 'householdId', answer.householdId)).filter(
    (card) => card.personId === personId && card.day === day,
  );
  if (cards.some(({ level, needs }) => level !== 'ok' || needs.length > 0)) return;
  const self = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
  const byName = self?.name ?? own.by.name;
  await withdrawFollowUp(tx, { personId, day, saidAt: own.happenedAt, byName, at: happenedAt });
}
