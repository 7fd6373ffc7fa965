import { expect } from 'vitest';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/server/database/database.ts';
import { StoredEntity } from '../../src/server/stored-entity.ts';
import type { Entity, Row } from '../../src/domain/entity.ts';
import { bookFaults, stockFaults } from './ledger-laws.ts';
import type { Books } from './ledger-laws.ts';
import { groupBuy, item, order } from '../../src/pillars/group-buy/schema.ts';
import { groupBuyTable, itemTable, orderTable } from '../../src/pillars/group-buy/tables.ts';
import { ledgerEntry, refund, supplierReceipt } from '../../src/pillars/group-buy/money/schema.ts';
import { ledgerEntryTable, refundTable, supplierReceiptTable } from '../../src/pillars/group-buy/money/tables.ts';
import { waitingPlace } from '../../src/pillars/group-buy/waiting/schema.ts';
import { waitingPlaceTable } from '../../src/pillars/group-buy/waiting/tables.ts';

/** What a story says of its community: the town's own database. */
interface Place {
  readonly communityId: string;
  readonly db: Database;
}

/** Reads everything that the rounds of a community hold, in one snapshot. */
export function readBooks({ communityId, db }: Place): Promise<Books> {
  return db.transaction(async (sql) => {
    async function all<R extends Row>(entity: Entity<R>, table: PgTable, name: string): Promise<R[]> {
      const ids = await sql.query<{ id: string }>(`select id from ${name} where community_id = $1`, [communityId]);
      const stored = new StoredEntity(entity as unknown as Entity, table);
      return (await stored.byIds(
        sql,
        communityId,
        ids.map((one) => one.id),
      )) as R[];
    }
    return {
      rounds: await all(groupBuy, groupBuyTable, 'group_buy'),
      items: await all(item, itemTable, 'group_buy_item'),
      orders: await all(order, orderTable, 'group_buy_order'),
      places: await all(waitingPlace, waitingPlaceTable, 'waiting_place'),
      entries: await all(ledgerEntry, ledgerEntryTable, 'ledger_entry'),
      refunds: await all(refund, refundTable, 'group_buy_refund'),
      receipts: await all(supplierReceipt, supplierReceiptTable, 'supplier_receipt'),
    };
  }, 'snapshot');
}

/**
 * Every entry of every book sums to 0, and the book says of every household what its order says: what it costs, what was
 * received, what was paid back. To be asked after every mutation of a story.
 */
export async function expectStraightBook(town: Place): Promise<void> {
  expect(bookFaults(await readBooks(town))).toEqual([]);
}

/** Nothing is sold twice, nobody waits where there is something left, and a round counts what its orders say. */
export async function expectStraightStock(town: Place): Promise<void> {
  expect(stockFaults(await readBooks(town))).toEqual([]);
}
