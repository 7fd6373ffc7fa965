import { randomBytes } from 'node:crypto';
import { createDirectory } from './people/directory.server.ts';
import { openCommunity } from './people/open-community.server.ts';
import { registry } from './pillars/registry.server.ts';
import { fillRehearsal } from './rehearsal/fill-rehearsal.ts';
import { sayLinks } from './rehearsal/say-links.ts';
import { runBackup, runRestore } from './server/database/backup-commands.ts';
import { openDatabase } from './server/database/open-database.ts';
import { createServer } from './server/create-server.ts';
import type { Database } from './server/database/database.ts';
import { listen } from './server/listen.ts';
import { consoleLog as log } from './server/log.ts';
import { forgetPhotos } from './server/photos/forget-photos.ts';
import { clientFolder, filesRoute } from './server/routes/files.ts';
import { postJson as post, serverWorld as world } from './server/server-world.ts';
import { readSettings, type Settings } from './server/settings.ts';
import type { ServerSlice } from './server/slice.ts';
import { runTimedJobs, sweep } from './server/timed-jobs.ts';

const modules = import.meta.glob<{ server: ServerSlice }>(['./people/server.ts', './pillars/*/server.ts'], {
  eager: true,
});
const slices = Object.values(modules).map((module) => module.server);

/** The commands of the built server: `serve` (npm start), `open`, `backup`, `restore`. */
const commands: Readonly<Record<string, (settings: Settings, rest: readonly string[]) => Promise<void>>> = {
  serve,
  open,
  backup: (settings, rest) => copy(settings, rest, runBackup),
  restore: (settings, rest) => copy(settings, rest, runRestore),
};

async function serve(settings: Settings): Promise<void> {
  const database = await openDatabase(settings, log, world);
  const stopping: (() => Promise<void> | void)[] = [() => database.stop()];
  const stop = (): void => {
    process.exitCode ??= 0;
    void stopAll(stopping.splice(0)).finally(() => process.exit());
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { app, operate } = buildServer(settings, database.db);
    filesRoute(app, clientFolder());
    if (!settings.production) {
      const { dataFolder, baseUrl } = settings;
      await fillRehearsal({
        db: database.db,
        operate,
        dataFolder,
        baseUrl,
        now: world.now(),
        seed: settings.seed,
        out: say,
      });
    }
    const { port, stop: close } = await listen(app.fetch, settings.port, settings.host, world);
    stopping.unshift(close);
    const jobs = [sweep, forgetPhotos(slices), ...slices.flatMap((slice) => slice.jobs ?? [])];
    stopping.unshift(runTimedJobs(jobs, { db: database.db, world, post, operate, log }));
    say(`守望已启动：${settings.baseUrl.replace(/:0$/, `:${port}`)}`);
    if (!settings.production) await sayLinks(settings.dataFolder, say);
  } catch (error) {
    await stopAll(stopping);
    throw error;
  }
}

/** `community:open -- <roster.csv> --name 玉兰小区` */
async function open(settings: Settings, rest: readonly string[]): Promise<void> {
  const at = rest.indexOf('--name');
  const name = at >= 0 ? rest[at + 1] : undefined;
  const file = rest.find((_, i) => i !== at && i !== at + 1);
  if (!file || !name) throw new Error('用法：npm run community:open -- <名册.csv> --name <小区名>');
  await withDatabase(settings, async (db) => {
    const { operate } = buildServer(settings, db);
    const { dataFolder, baseUrl } = settings;
    const report = await openCommunity({ db, operate, file, name, dataFolder, baseUrl, now: world.now(), out: say });
    if (report.kind === 'refused') process.exitCode = 1;
  });
}

/** `backup -- file` and `restore -- file` */
async function copy(settings: Settings, rest: readonly string[], run: typeof runBackup): Promise<void> {
  await withDatabase(settings, async (db) => {
    process.exitCode = await run(rest, { db, world, dataFolder: settings.dataFolder, say });
  });
}

function buildServer(settings: Settings, db: Database) {
  return createServer({
    db,
    world,
    log,
    post,
    registry,
    slices,
    directory: (operate) => createDirectory({ db, operate }),
    version: process.env.npm_package_version ?? 'dev',
    newSecret: () => randomBytes(32).toString('base64url'),
    secureCookies: settings.baseUrl.startsWith('https:'),
  });
}

async function withDatabase(settings: Settings, work: (db: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({ ...settings, join: true }, log, world);
  try {
    await work(database.db);
  } finally {
    await database.stop();
  }
}

async function stopAll(steps: readonly (() => Promise<void> | void)[]): Promise<void> {
  for (const step of steps) await step();
}

function say(line: string): void {
  log.info(line);
}

const [command = 'serve', ...rest] = process.argv.slice(2);
try {
  const run = commands[command];
  if (!run) throw new Error(`没有 "${command}" 这个命令。可用：${Object.keys(commands).join('、')}`);
  await run(readSettings(process.env), rest);
} catch (error) {
  log.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
