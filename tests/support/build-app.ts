import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Builds the app where its sources have changed, as `npm start` does. Call it once before tests that run the built server. */
export async function ensureBuilt(): Promise<void> {
  const args = ['--import', 'tsx', 'src/server/start/ensure-built.ts'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error('the app could not be built');
}

/** For vitest: the `globalSetup` of tests that run the built server. */
export default ensureBuilt;
