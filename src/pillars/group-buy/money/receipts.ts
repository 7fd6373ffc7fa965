import { demand, found } from '../../../domain/refusal.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { groupBuy } from '../schema.ts';
import { mayOrganise } from '../order-rules.ts';
import { addReceiptArgs, removeReceiptArgs } from './args.ts';
import { book } from './book.ts';
import { nameOf, self } from './people.ts';
import { supplierReceipt } from './schema.ts';

/** What the supplier was paid, with the receipt for everybody to see. */
export const addReceipt = mutation({
  name: 'groupBuy.addReceipt',
  args: addReceiptArgs,
  reads: ({ id, groupBuyId }, actor) => [row(groupBuy, groupBuyId), row(supplierReceipt, id), ...self(actor)],
  async run(tx, args, context) {
    const { actor, now, happenedAt } = context;
    demand(mayOrganise(actor, now), 'notAllowed');
    const round = found(await tx.get(groupBuy, args.groupBuyId));
    demand(round.state !== 'draft', 'wrongStep', { state: round.state });
    await tx.add(supplierReceipt, {
      ...args,
      ...(actor.personId !== undefined && { addedBy: actor.personId }),
      addedByName: await nameOf(tx, actor),
      addedAt: happenedAt,
    });
    const { groupBuyId, id, fen } = args;
    await book(tx, { groupBuyId, kind: 'supplier', of: id }, { from: 'cash', to: 'goods', fen }, context);
  },
});

/** A receipt that was entered by mistake: it is struck out and booked back. Its picture, perhaps a wrong one, is forgotten. */
export const removeReceipt = mutation({
  name: 'groupBuy.removeReceipt',
  args: removeReceiptArgs,
  reads: ({ receiptId }) => [row(supplierReceipt, receiptId)],
  async run(tx, { receiptId }, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    const it = found(await tx.get(supplierReceipt, receiptId));
    demand(it.removedAt === undefined, 'alreadyClosed');
    const { photoId: _photo, ...kept } = it;
    await tx.put(supplierReceipt, { ...kept, removedAt: context.happenedAt });
    const { groupBuyId, fen } = it;
    const move = { from: 'goods', to: 'cash', fen } as const;
    await book(tx, { groupBuyId, kind: 'supplierBack', of: receiptId }, move, context);
  },
});
