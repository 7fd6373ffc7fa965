import * as v from 'valibot';
import type { Phone } from '../../src/client/phone.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { Row } from '../../src/domain/entity.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { Violation } from './book.ts';
import { MemoryRows, MemoryTx } from './memory-tx.ts';
import { differenceOf, violations } from './oracle-rows.ts';

/**
 * Law `overlay`: what a phone draws over the server's rows is what its unsettled entries make of them, one after the
 * other in the order of the taps; without such entries it draws nothing. Reckoned anew, with none of the phone's code.
 * To be called while the phone is at rest.
 */
export async function overlayIsReplay(registry: Registry, phone: Phone, offsetMs: number): Promise<Violation[]> {
  const { database } = phone;
  const [stored, drawn, entries] = await Promise.all([
    database.rows.toArray(),
    database.overlay.toArray(),
    database.outbox.orderBy('order').toArray(),
  ]);
  const rows = new MemoryRows(registry.entities.keys(), []);
  for (const { entity, id, row } of stored) rows.of(entity).set(id, row);
  const before = new Map([...rows.rows].map(([entity, all]) => [entity, new Map(all)]));
  const actor = phone.actor.value;
  for (const { name, args, at, id, state } of entries) {
    const mutation = registry.mutations.get(name);
    const parsed = mutation && v.safeParse(mutation.args, args);
    if (state === 'refused' || mutation === undefined || parsed?.success !== true) continue;
    const happenedAt = at + offsetMs;
    const context = { actor, now: happenedAt, happenedAt, today: dayOf(happenedAt), mutationId: id };
    const tx = new MemoryTx(rows);
    try {
      await (mutation.foresee ?? mutation.run).call(mutation, tx, parsed.output as never, context);
      tx.commit();
    } catch {
      // It cannot run on what this phone holds: only hidden.
    }
  }
  const over = new Map(drawn.map((change) => [`${change.entity} ${change.id}`, change]));
  const details: string[] = [];
  for (const [entity, all] of rows.rows) {
    const was = before.get(entity)!;
    for (const id of new Set([...all.keys(), ...was.keys()])) {
      const change = over.get(`${entity} ${id}`);
      const shown: Row | undefined = change === undefined ? was.get(id) : (change.row ?? undefined);
      over.delete(`${entity} ${id}`);
      const difference = differenceOf(all.get(id), shown);
      if (difference !== undefined) details.push(`${entity} ${id}: ${difference}`);
    }
  }
  for (const [key, { row }] of over) if (row !== null) details.push(`${key}: is drawn, and nothing waits for it`);
  return violations('overlay', details);
}
