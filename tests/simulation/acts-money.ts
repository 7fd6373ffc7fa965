import { naturalKey } from '../../src/domain/entity.ts';
import { holdsRole } from '../../src/domain/actor.ts';
import { owedFen } from '../../src/pillars/group-buy/money/owed.ts';
import { mayOrganise } from '../../src/pillars/group-buy/order-rules.ts';
import { item, order } from '../../src/pillars/group-buy/schema.ts';
import { claim } from '../../src/pillars/group-buy/claims/schema.ts';
import { codeProposal, refund, supplierReceipt } from '../../src/pillars/group-buy/money/schema.ts';
import type { ClaimArgs, DecideClaimArgs } from '../../src/pillars/group-buy/claims/args.ts';
import type {
  AddReceiptArgs,
  DecideCodeArgs,
  DecideRefundArgs,
  ProposeCodeArgs,
  ReceivePaymentArgs,
  RefundArgs,
  SayPaidArgs,
  WeighArgs,
} from '../../src/pillars/group-buy/money/args.ts';
import { anyHousehold, homeToActFor, some, spokenOf, strays } from './acts-doing.ts';
import { clockOnly } from './acts-duty.ts';
import { anOrderSeen, aRoundIn, guesses } from './acts-round.ts';
import type { Doing, Recipes } from './acts-doing.ts';
import type { Memory } from './memory.ts';

const WHILE_IT_LASTS = ['open', 'closed', 'ordered', 'arrived', 'handingOut', 'settled', 'cancelled'] as const;

/** How money changes hands, and what people say was not right with the goods. */
export const moneyRecipes: Recipes = {
  'groupBuy.sayPaid': async (doing) => {
    const mine = await anOrder(doing);
    if (mine === undefined) return undefined;
    const { totalFen, ...of } = mine;
    return { ...of, fen: totalFen || 1_000 } satisfies SayPaidArgs;
  },

  'groupBuy.receivePayment': async (doing) => {
    const { chance } = doing;
    const round = await aRoundIn(doing, WHILE_IT_LASTS);
    if (round === undefined) return undefined;
    // From the list of who owes: what is owed, at times rounded up; a list that is old says what is no longer so.
    const isOld = chance.chance(0.2);
    const seen = anOrderSeen(doing, round.id, (one) => (isOld ? one.totalFen : owedFen(one)) > 0);
    if (seen === undefined && !guesses(doing)) return undefined;
    const owed = seen === undefined ? 0 : Math.max(0, isOld ? seen.totalFen : owedFen(seen));
    return {
      groupBuyId: round.id,
      householdId: seen?.householdId ?? anyHousehold(doing),
      fen: (owed || 1_000) + (chance.chance(0.2) ? 500 : 0),
      paidBefore: isOld ? 0 : (seen?.paidFen ?? 0),
    } satisfies ReceivePaymentArgs;
  },

  'groupBuy.takeBackPayment': (doing) => {
    const entryId = doing.memory.any('payment', doing.chance);
    return Promise.resolve(entryId === undefined ? undefined : { entryId });
  },

  'groupBuy.refund': async (doing) => {
    const { chance, memory } = doing;
    const round = await aRoundIn(doing, WHILE_IT_LASTS);
    if (round === undefined) return undefined;
    const seen = anOrderSeen(doing, round.id, (one) => owedFen(one) < 0);
    if (seen === undefined && !guesses(doing)) return undefined;
    const owed = seen === undefined ? 0 : Math.max(0, -owedFen(seen));
    return {
      id: memory.add('refund', chance.newId()),
      groupBuyId: round.id,
      householdId: seen?.householdId ?? anyHousehold(doing),
      fen: (owed || 20_100) + (chance.chance(0.1) ? 100 : 0),
      refundedBefore: seen?.refundedFen ?? 0,
    } satisfies RefundArgs;
  },

  'groupBuy.decideRefund': async (doing) => {
    const { reader, actor, chance, memory, careful } = doing;
    const asked = (await reader.all(refund)).filter(
      (one) => one.state === 'asked' && (careful !== true || one.askedBy !== actor.personId),
    );
    const refundId = strays(doing) ? memory.any('refund', chance) : some(chance, asked)?.id;
    return refundId === undefined ? undefined : ({ refundId, approve: chance.chance(0.7) } satisfies DecideRefundArgs);
  },

  'groupBuy.weigh': async (doing) => {
    const { reader, chance } = doing;
    const round = await aRoundIn(doing, ['arrived', 'handingOut']);
    const stray = strays(doing);
    const goods = round === undefined ? [] : await reader.list(item, 'groupBuyId', round.id);
    const one = some(
      chance,
      goods.filter((each) => stray || each.perJinFen !== undefined),
    );
    if (one === undefined) return undefined;
    const whose = anOrderSeen(doing, one.groupBuyId, ({ lines }) => lines.some(({ itemId }) => itemId === one.id));
    if (whose === undefined && !guesses(doing)) return undefined;
    const weights = [{ householdId: whose?.householdId ?? anyHousehold(doing), grams: 1 + chance.whole(3_000) }];
    return { groupBuyId: one.groupBuyId, itemId: one.id, weights } satisfies WeighArgs;
  },

  'groupBuy.addReceipt': async (doing) => {
    const { chance, memory } = doing;
    const round = await aRoundIn(doing, ['ordered', 'arrived', 'handingOut', 'settled']);
    return (
      round &&
      ({
        id: memory.add('receipt', chance.newId()),
        groupBuyId: round.id,
        fen: 100 * (1 + chance.whole(900)),
      } satisfies AddReceiptArgs)
    );
  },

  'groupBuy.removeReceipt': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    if (!mayOrganise(actor, now) && !strays(doing)) return undefined;
    const standing = (await reader.all(supplierReceipt)).filter((one) => one.removedAt === undefined);
    const receiptId = strays(doing) ? memory.any('receipt', chance) : some(chance, standing)?.id;
    return receiptId === undefined ? undefined : { receiptId };
  },

  'groupBuy.proposeCode': (doing) => {
    const { actor, now, chance } = doing;
    if (!mayOrganise(actor, now) && !strays(doing)) return Promise.resolve(undefined);
    const proposal = { payee: `何${chance.whole(90)}`, channel: 'wechat', photoId: chance.newId() } as const;
    return Promise.resolve(proposal satisfies ProposeCodeArgs);
  },

  'groupBuy.decideCode': async (doing) => {
    const { reader, chance } = doing;
    const asked = (await reader.all(codeProposal)).filter((one) => one.state === 'asked');
    const one = some(chance, asked);
    if (one === undefined) return undefined;
    const revision = strays(doing) ? chance.newId() : one.revision;
    return { codeId: one.id, revision, confirm: chance.chance(0.8) } satisfies DecideCodeArgs;
  },

  'groupBuy.setMoneyRules': (doing) => {
    const { actor, now, chance } = doing;
    if (!holdsRole(actor, 'secretary', now) && !strays(doing)) return Promise.resolve(undefined);
    return Promise.resolve({ refundLimitFen: chance.pick([0, 500, 20_000]) });
  },

  'groupBuy.claim': async (doing) => {
    const { reader, chance, memory } = doing;
    const stray = strays(doing);
    const mine = (await reader.all(order)).filter((one) => stray || one.handedOut !== undefined);
    const one = some(
      chance,
      spokenOf(doing, mine, (each) => each.groupBuyId),
    );
    const line = one && some(chance, one.lines);
    if (one === undefined || line === undefined) return undefined;
    return {
      id: memory.add('claim', chance.newId()),
      groupBuyId: one.groupBuyId,
      householdId: one.householdId,
      itemId: line.itemId,
      kind: chance.pick(['spoiled', 'missing', 'wrong'] as const),
      quantity: 1,
      text: '烂了两个',
    } satisfies ClaimArgs;
  },

  'groupBuy.decideClaim': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const stray = strays(doing);
    if (!stray && !mayOrganise(actor, now)) return undefined;
    const open = (await reader.all(claim)).filter((one) => one.state === 'open');
    const claimId = stray ? memory.any('claim', chance) : some(chance, open)?.id;
    if (claimId === undefined) return undefined;
    const outcome = chance.pick(['refunded', 'refunded', 'replaced', 'declined'] as const);
    return {
      claimId,
      outcome,
      ...(outcome === 'refunded' && { fen: stray ? 1_000_000 : 100 + chance.whole(200) }),
      ...(outcome === 'declined' && { answer: '照片里看不出来' }),
    } satisfies DecideClaimArgs;
  },

  // Nobody comes to it but the community's clock: whoever tries is refused.
  'groupBuy.forgetClaim': clockOnly(({ memory, chance }) => ({ claimId: memory.any('claim', chance) ?? 'none' })),
};

/** An order that this phone holds and its person may act for. */
async function anOrder(doing: Doing) {
  const { reader, chance, memory } = doing;
  const householdId = await homeToActFor(doing, 'order');
  const held = householdId === undefined ? [] : await reader.list(order, 'householdId', householdId);
  const stray = strays(doing);
  const one = some(
    chance,
    spokenOf(doing, held, (each) => each.groupBuyId),
  );
  if (one === undefined && !stray) return undefined;
  const groupBuyId = one?.groupBuyId ?? memory.any('round', chance) ?? chance.newId();
  return { groupBuyId, householdId: one?.householdId ?? anyHousehold(doing), totalFen: one?.totalFen ?? 0 };
}

/** Remembers the entry that a payment makes in the book: what somebody takes back who entered it by mistake. */
export function rememberPayment(memory: Memory, name: string, mutationId: string, args: object): void {
  const { householdId } = args as { householdId?: string };
  if (name !== 'groupBuy.receivePayment' || householdId === undefined) return;
  memory.add('payment', naturalKey(mutationId, householdId, 'payment'));
}
