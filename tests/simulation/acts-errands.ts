import { addDays, dayOf } from '../../src/domain/day.ts';
import { person } from '../../src/people/schema.ts';
import * as moves from '../../src/pillars/errands/moves.ts';
import * as rules from '../../src/pillars/errands/rules.ts';
import { errand, errandCard, HAND_OVERS, KINDS, PACKET_ITEMS } from '../../src/pillars/errands/schema.ts';
import type { RequestArgs } from '../../src/pillars/errands/args.ts';
import type { Errand, ErrandState } from '../../src/pillars/errands/schema.ts';
import { anyHousehold, anyPerson, homeToActFor, several, some, strays } from './acts-doing.ts';
import type { Chance, Doing, Recipe, Recipes } from './acts-doing.ts';

const MEDICINES = [
  ['苯磺酸氨氯地平', '5mg*28片'],
  ['二甲双胍', '0.5g*20片'],
  ['阿司匹林肠溶片', '100mg*30片'],
] as const;
/** Errands that a household has open at a time: enough that it asks for no more. */
const ENOUGH_ERRANDS = 3;

/** How people come to ask for errands and to do them, step by step. */
export const errandRecipes: Recipes = {
  'errands.request': async (doing) => {
    const { reader, chance } = doing;
    const stray = strays(doing);
    const home = await homeToActFor(doing, 'errand');
    if (stray) return aRequest(doing, chance.chance(0.5) ? anyHousehold(doing) : (home ?? anyHousehold(doing)), true);
    if (home === undefined) return undefined;
    const open = (await reader.list(errand, 'householdId', home)).filter(rules.isLive);
    return open.length >= ENOUGH_ERRANDS ? undefined : aRequest(doing, home, false);
  },

  'errands.claim': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const cards = (await reader.all(errandCard)).filter((card) => card.claimedBy === undefined);
    const own = (await reader.all(errand)).filter((it) => moves.isClaimable(it, now));
    const free = rules.isVolunteer(actor, now) ? [...cards, ...own].map((it) => it.id) : [];
    return strays(doing) ? anErrand(doing) : idOf(some(chance, [...new Set(free)]));
  },

  'errands.release': step(
    'waiting',
    (it) => it.state === 'claimed',
    ({ chance }) => {
      return chance.chance(0.5) ? { reason: '临时有事' } : {};
    },
  ),
  'errands.returnIdle': step('waiting', (it, { now }) => rules.isIdle(it, now)),
  'errands.collectPacket': step(
    'collected',
    () => true,
    (doing, it) => packetOf(doing, it),
  ),
  'errands.buy': step(
    'bought',
    (it) => rules.nextMoves(it).includes('bought'),
    ({ chance }, it) => {
      const wanted = (it?.medicines ?? []).map(({ name, strength }) => ({ name, strength }));
      const checked = chance.chance(0.1) ? wanted.slice(1) : wanted;
      return { amountFen: 100 + chance.whole(20_000), checked };
    },
  ),
  'errands.cannotBuy': step(
    'cannotBuy',
    ({ state }, { chance }) => state !== 'bought' && chance.chance(0.5),
    () => {
      return { reason: '药店没货' };
    },
  ),
  'errands.handOver': step(
    'handedOver',
    (it) => rules.nextMoves(it).includes('handedOver'),
    ({ chance }, it) => {
      return { how: chance.chance(0.2) ? chance.pick(HAND_OVERS) : (it?.handOver ?? 'inPerson') };
    },
  ),
  'errands.close': step('closed', () => true),
  'errands.cancel': step('cancelled', () => true),
  'errands.reopen': step('waiting', (it) => it.state === 'cannotBuy'),
};

/**
 * A step of an errand that the phone shows and this person may take to the state; at times of any errand that there is.
 * @param due whether it would occur to somebody now
 * @param more what is said with it
 */
function step(
  to: ErrandState,
  due: (it: Errand, doing: Doing) => boolean,
  more: (doing: Doing, it: Errand | undefined) => object = () => ({}),
): Recipe {
  return async (doing) => {
    const { reader, actor, now, chance } = doing;
    const held = await reader.all(errand);
    if (strays(doing)) {
      const any = anErrand(doing);
      return (
        any && {
          ...any,
          ...more(
            doing,
            held.find((it) => it.id === any.errandId),
          ),
        }
      );
    }
    const it = some(
      chance,
      held.filter((one) => moves.mayTake(one, to, actor, now) && due(one, doing)),
    );
    return it && { errandId: it.id, ...more(doing, it) };
  };
}

const idOf = (errandId: string | undefined) => (errandId === undefined ? undefined : { errandId });

/** Any errand of which somebody has spoken. */
function anErrand({ chance, memory }: Doing): { errandId: string } | undefined {
  return idOf(memory.any('errand', chance));
}

/** What both count into the packet; at times something is said to be missing, or left uncounted. */
function packetOf({ chance }: Doing, it: Errand | undefined): object {
  const wanted = it?.packet ?? [];
  if (chance.chance(0.8)) return { packet: wanted };
  const packet = wanted.filter(() => chance.chance(0.5));
  return chance.chance(0.5) ? { packet } : { packet, missing: wanted.filter((one) => !packet.includes(one)) };
}

async function aRequest(doing: Doing, householdId: string, stray: boolean): Promise<RequestArgs> {
  const { reader, now, chance, memory } = doing;
  const members = await reader.list(person, 'householdId', householdId);
  const personId = stray && chance.chance(0.3) ? anyPerson(doing) : some(chance, members)?.id;
  const kind = chance.chance(0.5) ? 'medicine' : chance.pick(KINDS);
  const packet = chance.chance(0.6) ? several(chance, PACKET_ITEMS, 0.4) : [];
  const again = stray && chance.chance(0.3) ? memory.any('errand', chance) : undefined;
  const careful = !moves.mayStandAtDoor(kind, packet) && !stray;
  return {
    id: again ?? memory.add('errand', chance.newId()),
    householdId,
    ...(personId !== undefined && chance.chance(0.7) && { personId }),
    kind,
    ...(kind === 'medicine' ? { medicines: medicines(chance) } : { text: `帮忙看看${chance.whole(90) + 10}` }),
    ...(chance.chance(0.4) && { neededBy: chance.chance(0.5) ? addDays(dayOf(now), 1) : now }),
    packet,
    handOver: careful ? chance.pick(['inPerson', 'callFirst'] as const) : chance.pick(HAND_OVERS),
  };
}

function medicines(chance: Chance) {
  return several(chance, MEDICINES, 0.3).map(([name, strength]) => ({
    name,
    strength,
    quantity: 1 + chance.whole(3),
  }));
}
