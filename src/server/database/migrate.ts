import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Sql } from './database.ts';

/** Any number that nothing else locks: two servers that start together migrate one after the other. */
const migrationLock = 7_345_221;

/**
 * Brings the database to the newest schema. Takes an advisory lock, for drizzle takes none.
 * @throws the driver's error; what is not migrated completely is not migrated at all
 */
export async function migrate(connection: pg.ClientConfig, folder = migrationsFolder()): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Another server's migration may take as long as it takes.
    await client.query('set lock_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query("set lock_timeout = '30s'");
    await runMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

/** src/server/database/migrations, also when asked from the bundle in dist/server. */
export function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder)
      throw new Error('The server does not lie in its package: no package.json above it.');
    folder = dirname(folder);
  }
  return join(folder, 'src', 'server', 'database', 'migrations');
}

/** The name of the last migration that was applied to the database, such as `0003_receipts`; its time where the name is not known here. */
export async function schemaOf(sql: Sql, folder = migrationsFolder()): Promise<string> {
  const [last] = await sql.query<{ at: number }>(
    'select created_at as at from drizzle.__drizzle_migrations order by created_at desc limit 1',
  );
  const journal = await readFile(join(folder, 'meta', '_journal.json'), 'utf8').catch(() => '{"entries":[]}');
  const { entries } = JSON.parse(journal) as { entries: { when: number; tag: string }[] };
  return entries.find((entry) => entry.when === last?.at)?.tag ?? String(last?.at ?? 'none');
}
