import { dayOf } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { MAX_PRESENCE_LOG } from './schema.ts';
import type { Person, Presence, PresenceSpan } from './schema.ts';

/** What a person's row says of where they are, and were. */
export type Whereabouts = Pick<Person, 'presence' | 'presenceUntil' | 'presenceAt' | 'presenceLog'>;

/** 已搬走 or 已故: the person no longer belongs here. */
const isGone = (presence: Presence): boolean => presence === 'movedOut' || presence === 'deceased';

/**
 * Says where a person is. Every say is kept in its place in time; what was said last holds, whichever arrives first. Only
 * 已搬走 and 已故 hold even where they arrive behind something milder: whoever said that did not know.
 * @param say at: epoch ms when it was said
 * @returns the person's whereabouts afterwards
 */
export function withSay(person: Whereabouts, say: PresenceSpan): Whereabouts {
  const { presence, presenceUntil, presenceAt } = person;
  const known = presenceAt ?? 0;
  const before = person.presenceLog ?? [{ presence, until: presenceUntil, at: known }];
  const overrules = isGone(say.presence) && !isGone(presence);
  const said = overrules ? { ...say, at: Math.max(say.at, known) } : say;
  // A say of the same instant as another stands behind it: it arrived later.
  const later = before.findIndex((span) => span.at > said.at);
  const place = later === -1 ? before.length : later;
  const log = [...before.slice(0, place), said, ...before.slice(place)].slice(-MAX_PRESENCE_LOG);
  if (said.at < known) return { presence, presenceUntil, presenceAt: known, presenceLog: log };
  return { presence: said.presence, presenceUntil: said.until, presenceAt: said.at, presenceLog: log };
}

/**
 * Where somebody was on a day of the community: what held at its end, as far as it was said. A day before everything that
 * is known of them counts as the first of it.
 */
export function presenceOn(
  person: Pick<Person, 'presence' | 'presenceUntil' | 'presenceLog'>,
  day: Day,
): Pick<Person, 'presence' | 'presenceUntil'> {
  const log = person.presenceLog ?? [];
  const span = log.filter((one) => dayOf(one.at) <= day).at(-1) ?? log[0];
  return span === undefined
    ? { presence: person.presence, presenceUntil: person.presenceUntil }
    : { presence: span.presence, presenceUntil: span.until };
}
