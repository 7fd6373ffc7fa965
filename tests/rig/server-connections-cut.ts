import { LoadedServer, secondConnection } from './server-load.ts';
import { pause } from './server-phone.ts';
import type { Figures, Trial } from './trial.ts';

/** The database stays, but every connection to it goes. */
export const connectionsCut: Trial = {
  name: 'connections-cut',
  about: "pg_terminate_backend on all of the server's connections under 32 clients, every third time thrice in a row",
  short: 20,
  long: 200,
  run: cutConnections,
};

async function cutConnections(times: number): Promise<Figures> {
  const load = await LoadedServer.open();
  const second = await secondConnection(load.server.dataFolder);
  try {
    for (let n = 1; n <= times; n++) {
      await pause(Math.random() * 300);
      const from = performance.now();
      let cut = 0;
      for (let again = n % 3 === 0 ? 3 : 1; again > 0; again--) {
        const ended = await second.query<{ was: boolean }>(
          `select pg_terminate_backend(pid) as was from pg_stat_activity where application_name = 'shouwang'`,
        );
        cut += ended.filter(({ was }) => was).length;
        await pause(Math.random() * 30);
      }
      await load.recovered(performance.now(), from);
      if (cut > 0) load.count();
      else load.complain(`cut ${n} met no connection`);
    }
    return await load.figures();
  } finally {
    await second.close();
    await load.close();
  }
}
