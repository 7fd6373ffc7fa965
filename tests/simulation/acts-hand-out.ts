import { bag, handOutRun } from '../../src/pillars/group-buy/hand-out/schema.ts';
import type { HandOutArgs, NotHandedOutArgs, UndoHandOutArgs } from '../../src/pillars/group-buy/hand-out/args.ts';
import type { Bag } from '../../src/pillars/group-buy/hand-out/schema.ts';
import { anyHousehold, some, spokenOf, strays } from './acts-doing.ts';
import { anOrderSeen, aRoundIn, guesses } from './acts-round.ts';
import type { Doing, Recipes } from './acts-doing.ts';

/** How bags come to their doors, and what hinders them. */
export const handOutRecipes: Recipes = {
  'groupBuy.takeRun': async (doing) => {
    const { reader, chance, memory } = doing;
    const runs = await reader.all(handOutRun);
    for (const one of runs) memory.add('run', one.id);
    const open = runs.filter((one) => one.personId === undefined && one.ended !== true);
    const free = spokenOf(doing, open, (one) => one.groupBuyId);
    const runId = strays(doing) ? memory.any('run', chance) : some(chance, free)?.id;
    return runId === undefined ? undefined : { runId };
  },

  'groupBuy.releaseRun': async (doing) => {
    const { reader, actor, chance, memory } = doing;
    const mine = (await reader.all(handOutRun)).filter((one) => one.personId === actor.personId);
    const runId = strays(doing) ? memory.any('run', chance) : some(chance, mine)?.id;
    return runId === undefined ? undefined : { runId };
  },

  'groupBuy.handOut': async (doing) => {
    const door = await aDoor(doing, (one) => one.handedOut === undefined);
    return door && ({ ...door, how: doing.chance.pick(['inPerson', 'atDoor'] as const) } satisfies HandOutArgs);
  },

  'groupBuy.notHandedOut': async (doing) => {
    const door = await aDoor(doing, (one) => one.handedOut === undefined);
    const what = doing.chance.pick(['notAtHome', 'wrongBag', 'missingPiece'] as const);
    return door && ({ ...door, what } satisfies NotHandedOutArgs);
  },

  'groupBuy.undoHandOut': async (doing) => {
    const door = await aDoor(doing, (one) => one.handedOut !== undefined || one.problem !== undefined);
    return door && (door satisfies UndoHandOutArgs);
  },
};

/** What became of a bag, as far as its recipe asks. */
type BagState = Pick<Bag, 'handedOut' | 'problem'>;

/** A door whose bags this phone holds; an organiser also says it of any household of a round that is being handed out. */
async function aDoor(doing: Doing, due: (one: BagState) => boolean): Promise<UndoHandOutArgs | undefined> {
  const { reader, chance } = doing;
  const bags = await reader.all(bag);
  const stray = strays(doing);
  const those = bags.filter((each) => stray || due(each));
  const one = some(
    chance,
    spokenOf(doing, those, (each) => each.groupBuyId),
  );
  if (one !== undefined) {
    const same = bags.filter((each) => each.groupBuyId === one.groupBuyId && each.door === one.door);
    return { groupBuyId: one.groupBuyId, householdIds: same.map((each) => each.householdId) };
  }
  const round = await aRoundIn(doing, ['handingOut']);
  if (round === undefined) return undefined;
  const seen = anOrderSeen(doing, round.id, ({ state, handedOut, handOutProblem: problem }) => {
    return state === 'placed' && due({ ...(handedOut && { handedOut }), ...(problem && { problem }) });
  });
  if (seen === undefined && !guesses(doing)) return undefined;
  return { groupBuyId: round.id, householdIds: [seen?.householdId ?? anyHousehold(doing)] };
}
