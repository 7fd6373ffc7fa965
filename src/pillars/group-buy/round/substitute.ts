import { demand, found } from '../../../domain/refusal.ts';
import { demandNotOwn } from '../money/own-household.ts';
import { groupBuy, order as orderEntity, orderId } from '../schema.ts';
import { linesFen, putOrder } from '../money/book.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { withChange } from '../order-rules.ts';
import { substituteArgs } from './args.ts';
import { dueRound } from './rules.ts';
import { moveDoor } from '../hand-out/runs.ts';
import { missingFen } from './short-lines.ts';
import type { Order, OrderLine } from '../schema.ts';

/**
 * Gives a household something similar for what came short, or takes that back. Never dearer than what is missing, and not
 * for the organiser's own household.
 */
export const substitute = mutation({
  name: 'groupBuy.substitute',
  args: substituteArgs,
  reads: ({ groupBuyId, householdId }) => [
    row(groupBuy, groupBuyId),
    row(orderEntity, orderId(groupBuyId, householdId)),
  ],
  async run(tx, { groupBuyId, householdId, itemId, similar }, context) {
    const { actor, now, happenedAt, mutationId } = context;
    const round = await dueRound(tx, groupBuyId, 'substitute', context);
    await demandNotOwn(tx, actor, householdId);
    const before = found(await tx.get(orderEntity, orderId(groupBuyId, householdId)));
    demand(before.state === 'placed', 'nothingOrdered');
    const line = found(before.lines.find((one) => one.itemId === itemId));
    // A line of which money was given back is settled: taken back now, it would be given back twice.
    demand(line.allowanceFen === undefined, 'wrongStep', { name: line.name });
    const missing = missingFen(line);
    demand(similar === null || similar.quantity * similar.priceFen <= missing, 'dearer', { name: line.name, missing });
    // A dear thing given for nothing may cost nothing; but where nothing is missing nothing is given in its place.
    demand(similar === null || (line.got ?? line.quantity) < line.quantity, 'wrongStep', { name: line.name });
    const lines = before.lines.map((one) => (one.itemId === itemId ? withSimilar(one, similar) : one));
    const totalFen = linesFen(lines);
    const after: Order = {
      ...before,
      lines,
      totalFen,
      revision: mutationId,
      changedBy: actor.deviceId,
      changedAt: now,
      changes: withChange(before, { what: 'similar', at: happenedAt, personId: actor.personId, totalFen }),
    };
    await putOrder(tx, before, after, 'similar', context);
    await moveDoor(tx, round, before, after);
  },
  /** An organiser's phone holds no orders but its own household's. */
  async foresee(tx, { groupBuyId, householdId }, context) {
    await dueRound(tx, groupBuyId, 'substitute', context);
    await demandNotOwn(tx, context.actor, householdId);
  },
});

function withSimilar(line: OrderLine, similar: OrderLine['similar'] | null): OrderLine {
  const { similar: _before, ...rest } = line;
  return similar === null || similar === undefined ? rest : { ...rest, similar };
}
