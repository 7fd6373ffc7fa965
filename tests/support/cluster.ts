import { inject } from 'vitest';
import type { Database } from '../../src/server/database/database.ts';
import type { EmbeddedConnection } from '../../src/server/database/embedded-cluster.ts';
import { openPool } from '../../src/server/database/pool.ts';
import { templateName } from './global-setup.ts';
import { serverWorld } from '../../src/server/server-world.ts';

export interface TestDatabase {
  readonly db: Database;
  /** For tests that open connections of their own, or hand the database to another process. */
  readonly connection: EmbeddedConnection;
  /** Closes `db` and removes the database, whoever else is connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database on the run's cluster. One for each test file; call `drop` in its `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${serverWorld.newId().replaceAll('-', '')}`;
  await administer(cluster, `create database ${name} template ${templateName}`);
  const connection = { ...cluster, database: name };
  const db = openPool(connection);
  return {
    db,
    connection,
    async drop() {
      await db.close();
      await administer(cluster, `drop database ${name} with (force)`);
    },
  };
}

async function administer(cluster: EmbeddedConnection, statement: string): Promise<void> {
  const admin = openPool({ ...cluster, max: 1 });
  try {
    await admin.query(statement);
  } finally {
    await admin.close();
  }
}
