import { LoadedServer, PATIENCE_MS, postmasterPid } from './server-load.ts';
import { pause } from './server-phone.ts';
import type { Figures, Trial } from './trial.ts';

/** PostgreSQL dies; the server finds out, starts it again and goes on. */
export const databaseKilled: Trial = {
  name: 'database-killed',
  about: 'kill -9 of PostgreSQL under 32 clients; nobody starts the server again',
  short: 3,
  long: 30,
  run: killDatabase,
};

async function killDatabase(times: number): Promise<Figures> {
  const load = await LoadedServer.open();
  const { dataFolder } = load.server;
  try {
    for (let n = 1; n <= times; n++) {
      await pause(Math.random() * 1_000);
      const killed = await postmasterPid(dataFolder);
      const killedAt = performance.now();
      process.kill(killed, 'SIGKILL');
      // Some clients hear nothing of it: what was in the middle of being written is tried again by the server.
      if (await isReplaced(dataFolder, killed)) load.count();
      else load.complain(`after kill ${n} no new database came`);
      await load.recovered(performance.now(), killedAt);
    }
    return await load.figures();
  } finally {
    await load.close();
  }
}

/** Waits for a postmaster that is another one. */
async function isReplaced(dataFolder: string, killed: number): Promise<boolean> {
  for (const since = performance.now(); performance.now() - since < PATIENCE_MS; await pause(10)) {
    const now = await postmasterPid(dataFolder).catch(() => killed);
    if (now > 0 && now !== killed) return true;
  }
  return false;
}
