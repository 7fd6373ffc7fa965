import pg from 'pg';
import { isTransient } from './pool.ts';

/** Whether the database said no or did not answer, as opposed to our own code having failed. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof pg.DatabaseError || isTransient(error);
}
