import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../support/build-app.ts';
import type { Figures, Trial } from './trial.ts';

/**
 * `npm run rig [-- --short] [-- --times n] [-- name…]`: does to real processes what happens to them, and prints what came
 * of it. Ends with 1 unless nothing was lost, doubled, stuck or broken.
 */
async function trials(): Promise<Trial[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => /^(?:browser|server)-.*(?<!\.test)\.ts$/.test(file));
  const modules = await Promise.all(
    files.sort().map((file) => import(join(import.meta.dirname, file)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module)).filter(isTrial);
}

function isTrial(value: unknown): value is Trial {
  return typeof value === 'object' && value !== null && 'run' in value && 'short' in value && 'long' in value;
}

function isClean({ lost, doubled, stuck, broken }: Figures): boolean {
  return lost + doubled + stuck + broken.length === 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { names, times, short } = asked(process.argv.slice(2));
const all = await trials();
const unknown = names.filter((name) => !all.some((trial) => trial.name === name));
if (unknown.length > 0) {
  say(`no trial ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
await ensureBuilt();
say('| trial | trials | lost | doubled | stuck | slowest recovery |\n|---|---|---|---|---|---|');
for (const trial of all.filter(({ name }) => names.length === 0 || names.includes(name))) {
  try {
    const figures = await trial.run(times ?? (short ? trial.short : trial.long));
    const { trials: done, lost, doubled, stuck, slowestMs, broken } = figures;
    say(`| ${trial.name} | ${done} | ${lost} | ${doubled} | ${stuck} | ${Math.round(slowestMs)} ms |`);
    for (const what of broken) say(`  ${trial.name}: ${what}`);
    if (!isClean(figures)) process.exitCode = 1;
  } catch (error) {
    say(`| ${trial.name} | could not be held |`);
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}

function asked(words: readonly string[]): { names: string[]; times: number | undefined; short: boolean } {
  const at = words.indexOf('--times');
  const times = at < 0 ? undefined : Number(words[at + 1]);
  if (times !== undefined && !(Number.isInteger(times) && times > 0)) throw new Error('--times takes a number');
  const names = words.filter((word, i) => !word.startsWith('--') && !(at >= 0 && i === at + 1));
  return { names, times, short: words.includes('--short') };
}
