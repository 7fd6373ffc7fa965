import type { Actor } from '../../src/domain/actor.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { Entity, Row } from '../../src/domain/entity.ts';
import type { Mutation } from '../../src/domain/mutation.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { registry } from '../../src/pillars/registry.ts';
import { MemoryRows, MemoryTx } from '../simulation/memory-tx.ts';

/** A device of nobody in particular, in a community of its own. */
export const device: Actor = {
  kind: 'device',
  communityId: 'c',
  deviceId: 'd',
  households: [],
  roles: [],
  grants: [],
};

/** Rows in memory with the server's semantics, for laws that want thousands of acts: real rules, no SQL, no network. */
export class MemoryTown {
  now = 1_790_000_000_000;
  private readonly store = new MemoryRows(registry.visibility.keys(), registry.copies);
  private acts = 0;

  /** Puts a row there as if it had always been. */
  keep<R extends Row>(entity: Entity<R>, row: R): void {
    this.store.of(entity.name).set(row.id, row);
  }

  get<R extends Row>(entity: Entity<R>, id: string): R | undefined {
    return this.store.of(entity.name).get(id) as R | undefined;
  }

  all<R extends Row>(entity: Entity<R>): R[] {
    return [...this.store.of(entity.name).values()] as R[];
  }

  /** Does it, a second after what was done before. @returns the code of the refusal; undefined where it was accepted */
  async act<A>(actor: Actor, mutation: Mutation<A>, args: A): Promise<string | undefined> {
    const now = (this.now += 1000);
    const mutationId = `m${++this.acts}`;
    const tx = new MemoryTx(this.store);
    tx.preload(mutation.reads(args, actor, mutationId));
    try {
      await mutation.run(tx, args, { actor, now, happenedAt: now, today: dayOf(now), mutationId });
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    tx.commit();
    return undefined;
  }
}
