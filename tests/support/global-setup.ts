import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { TestProject } from 'vitest/node';
import type { EmbeddedConnection } from '../../src/server/database/embedded-cluster.ts';
import { hasLivingOwner } from '../../src/server/database/embedded-owner.ts';
import { startEmbedded } from '../../src/server/database/embedded.ts';
import { migrate, migrationsFolder } from '../../src/server/database/migrate.ts';
import { openPool } from '../../src/server/database/pool.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: EmbeddedConnection;
  }
}

/** The migrated database that every test file's own is copied from. */
export const templateName = 'shouwang_template';

const prefix = 'shouwang-tests-';

/** One PostgreSQL for the whole run, without fsync: it is thrown away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  // Open for the server's user, where the tests run as root.
  await chmod(folder, 0o711);
  const cluster = await startEmbedded({ dataFolder: folder, fsync: false, log: silentLog, world: serverWorld });
  const admin = openPool({ ...cluster.connection, max: 1 });
  await admin.query(`create database ${templateName}`);
  await admin.close();
  if (existsSync(join(migrationsFolder(), 'meta', '_journal.json')))
    await migrate({ ...cluster.connection, database: templateName });
  project.provide('cluster', cluster.connection);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Removes clusters whose run was killed: their servers go on running otherwise. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(prefix) || (await hasLivingOwner(join(folder, 'postgres'))) !== false) continue;
    const left = await startEmbedded({ dataFolder: folder, fsync: false, log: silentLog, world: serverWorld }).catch(
      () => undefined,
    );
    await left?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
