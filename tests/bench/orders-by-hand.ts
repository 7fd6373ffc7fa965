import { v7 } from 'uuid';
import type { Database } from '../../src/server/database/database.ts';
import type { WireDevice } from '../support/wire-client.ts';
import { inParallel } from './figure.ts';

const CONNECTIONS = 16;

/**
 * The rows of an order as a good plain server would write them: one SQL transaction an order, no HTTP, no schema, no
 * rules beyond the stock. What group commit is measured against.
 * @returns orders a second
 */
export async function ordersByHand(
  db: Database,
  round: { id: string; items: readonly string[] },
  devices: readonly WireDevice[],
): Promise<number> {
  const [place] = await db.query<{ communityId: string }>(
    'select community_id as "communityId" from group_buy where id = $1',
    [round.id],
  );
  const communityId = place!.communityId;
  const began = performance.now();
  await inParallel(devices, CONNECTIONS, async (device, i) => {
    const itemId = round.items[i % 3]!;
    const id = `${round.id}/${device.householdId}`;
    await db.transaction(async (sql) => {
      const [clock] = await sql.query<{ seq: number }>('select seq from clock where community_id = $1 for update', [
        communityId,
      ]);
      const sold = await sql.query(
        'update group_buy_item set sold = sold + 1 where community_id = $1 and id = $2 and sold < stock returning *',
        [communityId, itemId],
      );
      if (sold.length === 0) throw new Error('sold out');
      const rounds = await sql.query(
        'update group_buy set households = households + 1, portions = portions + 1 where community_id = $1 and id = $2 returning *',
        [communityId, round.id],
      );
      const lines = [{ itemId, name: '蔬菜套餐', quantity: 1, priceFen: 3980, ifShort: 'drop' }];
      const orders = await sql.query(
        `insert into group_buy_order (community_id, id, group_buy_id, household_id, building_id, door, state, lines, total_fen, revision, changed_by, placed_at, changed_at, changes)
         values ($1, $2, $3, $4, 'b', '1-1-101', 'placed', $5, 3980, $6, $7, $8, $8, '[]') returning *`,
        [communityId, id, round.id, device.householdId, JSON.stringify(lines), v7(), device.deviceId, Date.now()],
      );
      await sql.query(
        `insert into verdict (community_id, id, device_id, stream, seq, name, args_hash, outcome, happened_at, received_at)
         values ($1, $2, $3, 'by-hand', $4, 'groupBuy.placeOrder', 'hash', 'accepted', $5, $5)`,
        [communityId, v7(), device.deviceId, i, Date.now()],
      );
      let seq = clock!.seq;
      for (const [scope, entity, row] of [
        [`household:${device.householdId}/orders`, 'order', orders[0]],
        ['community', 'item', sold[0]],
        ['community', 'groupBuy', rounds[0]],
      ] as const) {
        await sql.query(
          `insert into feed (community_id, scope, entity, id, seq, row, changed_at) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (community_id, scope, entity, id) do update set seq = excluded.seq, row = excluded.row, changed_at = excluded.changed_at`,
          [communityId, scope, entity, (row as { id: string }).id, ++seq, JSON.stringify(row), Date.now()],
        );
      }
      await sql.query('update clock set seq = $2 where community_id = $1', [communityId, seq]);
    });
  });
  return (devices.length * 1000) / (performance.now() - began);
}
