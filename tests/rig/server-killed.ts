import { LoadedServer, postmasterPid } from './server-load.ts';
import { pause } from './server-phone.ts';
import type { Figures, Trial } from './trial.ts';

/** The server lives so long after everybody was answered, ms: at random, so that it dies in the middle of anything. */
const LIFE_MS = { least: 30, most: 300 };

/** Node dies without a word, again and again. */
export const serverKilled: Trial = {
  name: 'server-killed',
  about: 'kill -9 of the server under 32 clients; at times again while it recovers, at times with its database',
  short: 20,
  long: 200,
  run: killServer,
};

async function killServer(times: number): Promise<Figures> {
  const load = await LoadedServer.open();
  const { server } = load;
  try {
    for (let n = 1; n <= times; n++) {
      await pause(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least));
      const killedAt = performance.now();
      await server.kill();
      let deadAt = performance.now();
      // As the power goes for the whole machine: Node and its database at one time.
      if (n % 10 === 5) process.kill(await postmasterPid(server.dataFolder), 'SIGKILL');
      await server.start();
      if (n % 4 === 0) {
        await pause(Math.random() * 100);
        await server.kill();
        deadAt = performance.now();
        await server.start();
      }
      // From the kill on: the start of the new server is part of what clients wait for.
      await load.recovered(deadAt, killedAt);
      if (load.failedSince(killedAt).some(({ status }) => status === 0)) load.count();
      else load.complain(`kill ${n} cut nobody off`);
    }
    // The trial is worth something only if answers were really lost, everybody's.
    if (load.phones.some(({ failed }) => failed.length === 0)) load.complain('somebody was never cut off');
    return await load.figures();
  } finally {
    await load.close();
  }
}
