import { rows } from '../domain/tx.ts';
import type { Registry } from '../domain/slice.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Carries changed fields over into the rows that copy them, so that sight follows: a household that moves to another grid leaves the old desk with all that is its own. */
export async function followCopies(work: UnitOfWork, registry: Registry): Promise<void> {
  const changes = work.changes();
  for (const { of, field, into, by } of registry.copies) {
    const moved = changes.flatMap(({ entity, id, before, after }) => {
      const [was, is] = [valueOf(before, field), valueOf(after, field)];
      return entity === of.name && before && after && was !== is ? [{ id, is }] : [];
    });
    if (moved.length === 0) continue;
    await work.preload(moved.map(({ id }) => rows(into, by as never, id)));
    for (const { id, is } of moved) {
      for (const row of await work.list(into, by as never, id)) {
        if (valueOf(row, field) !== is) await work.put(into, { ...row, [field]: is });
      }
    }
  }
}

function valueOf(row: object | undefined, field: string): unknown {
  return (row as Record<string, unknown> | undefined)?.[field];
}
