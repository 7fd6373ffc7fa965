import type { Entity, IndexOf, Row } from '../domain/entity.ts';

/** Reads what the phone shows: the server's rows under the overlay of what is not yet settled. */
export interface Reader {
  get<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined>;
  list<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Promise<readonly R[]>;
  all<R extends Row>(entity: Entity<R>): Promise<readonly R[]>;
}
