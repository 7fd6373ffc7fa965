import pg from 'pg';
import { isDiskFull, isTransient } from './pool.ts';

/** Whether the database said no, did not answer or has no room, as opposed to our own code having failed. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof pg.DatabaseError || isTransient(error) || isDiskFull(error);
}
