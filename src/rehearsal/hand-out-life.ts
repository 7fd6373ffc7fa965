import { MINUTE_MS } from '../domain/day.ts';
import { phoneOf, phonesOfDuty } from './act.ts';
import type { Act } from './act.ts';
import type { Actor } from '../domain/actor.ts';
import type { Home, Town } from './town.ts';
import type { MadeRound } from './round-orders.ts';

/** A stairway of a round: `3-2`, the doors to which something is brought, as one carries them. */
interface Stairway {
  readonly key: string;
  readonly runId: string;
  readonly homes: readonly Home[];
}

/** How far a stairway has come: who carries it, how many doors are done, and what hinders at the next. */
interface Progress {
  readonly stairway: Stairway;
  readonly carrier: Actor;
  readonly done: number;
  readonly hinders?: { readonly what: 'notAtHome' | 'missingPiece'; readonly text?: string };
}

/** In the middle of it: one stairway done, two under way, the others wait for somebody. Some have fetched theirs. */
export function underWay(town: Town, round: MadeRound, also: readonly Home[]): Act[][] {
  const stairways = stairwaysOf(round, also);
  const at = (key: string) => stairways.find((one) => one.key === key);
  const [cast, second, third] = [carrierOf(town, 'volunteer'), carrierOf(town, 'volunteer2'), otherCarriers(town)[0]];
  const [mine, whole, begun] = [at('3-2'), at('4-3'), at('5-1')];
  const going: Progress[] = [];
  if (mine && cast) {
    const done = Math.floor(mine.homes.length / 2);
    going.push({ stairway: mine, carrier: cast, done, hinders: { what: 'notAtHome' } });
  }
  if (whole && second) going.push({ stairway: whole, carrier: second, done: whole.homes.length });
  if (begun && third) {
    going.push({ stairway: begun, carrier: third, done: 2, hinders: { what: 'missingPiece', text: '少一块豆腐' } });
  }
  return [
    [begin(round)],
    going.map((one) => taken(round, one)),
    [...going.flatMap((one) => carried(round, one)), ...fetched(round, 2)],
  ];
}

/** All of it: every stairway was carried by somebody, every bag is where it belongs. */
export function allDone(town: Town, round: MadeRound, also: readonly Home[]): Act[][] {
  const carriers = otherCarriers(town);
  const going = stairwaysOf(round, also).map((stairway, place): Progress => {
    const carrier = carriers[place % carriers.length];
    if (carrier === undefined) throw new Error('the rehearsal has too few volunteers');
    return { stairway, carrier, done: stairway.homes.length };
  });
  return [[begin(round)], going.map((one) => taken(round, one)), going.flatMap((one) => carried(round, one))];
}

function begin(round: MadeRound): Act {
  return round.act(round.organiser, 'startHandingOut', { groupBuyId: round.id }, round.terms.handedFrom);
}

function taken(round: MadeRound, { stairway: { runId }, carrier }: Progress): Act {
  return round.act(carrier, 'takeRun', { runId }, round.terms.handedFrom + 5 * MINUTE_MS, runId);
}

/** From door to door, the last of it just now. */
function carried(round: MadeRound, { stairway, carrier, done, hinders }: Progress): Act[] {
  const { handedFrom, handedTo } = round.terms;
  const begins = handedFrom + 10 * MINUTE_MS;
  const doors = stairway.homes.slice(0, done);
  const stuck = hinders === undefined ? undefined : stairway.homes[done];
  const key = (home: Home) => ({ groupBuyId: round.id, householdIds: [home.id] });
  return [
    ...doors.map((home, place) => {
      const happenedAt = Math.floor(begins + ((handedTo - begins) * (place + 1)) / doors.length);
      return round.act(
        carrier,
        'handOut',
        { ...key(home), how: place % 3 === 0 ? 'inPerson' : 'atDoor' },
        happenedAt,
        home.id,
      );
    }),
    ...(stuck
      ? [round.act(carrier, 'notHandedOut', { ...key(stuck), ...hinders }, handedTo + MINUTE_MS, stuck.id)]
      : []),
  ];
}

/** The first so many who came for theirs. */
function fetched(round: MadeRound, count: number): Act[] {
  return round.orders
    .filter(({ slot }) => slot?.kind === 'pickUp')
    .slice(0, count)
    .map(({ home }) => {
      const args = { groupBuyId: round.id, householdIds: [home.id], how: 'pickedUp' };
      return round.act(round.organiser, 'handOut', args, round.terms.handedTo - 10 * MINUTE_MS, home.id);
    });
}

/** @param also homes whose orders were placed by others */
function stairwaysOf(round: MadeRound, also: readonly Home[]): Stairway[] {
  const homes = [...round.orders.filter(({ slot }) => slot?.kind !== 'pickUp').map(({ home }) => home), ...also];
  const stairways = new Map<string, Home[]>();
  for (const home of homes) {
    const key = home.door.split('-').slice(0, 2).join('-');
    stairways.set(key, [...(stairways.get(key) ?? []), home]);
  }
  return [...stairways].map(([key, there]) => {
    const [building, unit] = key.split('-');
    return { key, runId: `${round.id}/${building}栋/${unit}`, homes: there.sort(topFirst) };
  });
}

/** The top floor first, on a floor room by room. */
function topFirst(one: Home, other: Home): number {
  const room = ({ door }: Home): number => Number.parseInt(door.split('-')[2] ?? '', 10);
  const floor = (home: Home): number => Math.floor(room(home) / 100);
  return floor(other) - floor(one) || room(one) - room(other);
}

function carrierOf(town: Town, key: 'volunteer' | 'volunteer2'): Actor | undefined {
  const home = town.homes.find(({ cast }) => cast?.key === key);
  const [who] = home?.residents ?? [];
  return home && who && phoneOf(town, home, who);
}

function otherCarriers(town: Town): Actor[] {
  const cast = new Set(town.homes.filter((home) => home.cast?.key !== undefined).map(({ id }) => id));
  return phonesOfDuty(town, 'volunteer').filter(({ households }) => !households.some((id) => cast.has(id)));
}
