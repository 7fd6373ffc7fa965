import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { World } from '../../domain/world.ts';
import { BackupRefused } from './backup-format.ts';
import { backup } from './backup.ts';
import type { Database } from './database.ts';
import { restore } from './restore.ts';

export interface CommandContext {
  readonly db: Database;
  readonly world: Pick<World, 'now' | 'newId'>;
  readonly dataFolder: string;
  /** Says a line to the operator. */
  readonly say: (line: string) => void;
}

export const backupUsage = 'npm run backup -- [文件] [--community <小区编号>]';
export const restoreUsage = 'npm run restore -- <文件> [--replace]';

/**
 * Backs up one community or all, by default into `<data folder>/backups/<time>.ndjson.gz`.
 * @returns the exit code
 */
export async function runBackup(
  argv: readonly string[],
  { db, world, dataFolder, say }: CommandContext,
): Promise<number> {
  const options = { community: { type: 'string' } } as const;
  const asked = understood(() => parseArgs({ args: [...argv], options, allowPositionals: true }));
  if (!asked || asked.positionals.length > 1) return refused(say, `用法：${backupUsage}`);
  const time = new Date(world.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const file = asked.positionals[0] ?? join(dataFolder, 'backups', `${time}.ndjson.gz`);
  return answered(say, async () => {
    const done = await backup(db, asked.values.community ?? 'all', file, world.now());
    return `已备份 ${done.communities.join('、')}：${done.rows} 行，在 ${file}`;
  });
}

/**
 * Restores a backup's communities, each with a new epoch.
 * @returns the exit code
 */
export async function runRestore(argv: readonly string[], { db, world, say }: CommandContext): Promise<number> {
  const options = { replace: { type: 'boolean' } } as const;
  const asked = understood(() => parseArgs({ args: [...argv], options, allowPositionals: true }));
  const file = asked?.positionals[0];
  if (!asked || file === undefined || asked.positionals.length > 1) return refused(say, `用法：${restoreUsage}`);
  return answered(say, async () => {
    const done = await restore(db, file, { replace: asked.values.replace, newId: () => world.newId() });
    return `已恢复 ${done.communities.join('、')}：${done.rows} 行，备份时间 ${new Date(done.at).toISOString()}`;
  });
}

function understood<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

async function answered(say: (line: string) => void, work: () => Promise<string>): Promise<number> {
  try {
    say(await work());
    return 0;
  } catch (error) {
    if (error instanceof BackupRefused) return refused(say, `${error.message}什么都没有改动。`);
    throw error;
  }
}

function refused(say: (line: string) => void, line: string): number {
  say(line);
  return 1;
}
