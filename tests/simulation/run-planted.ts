import { spawn } from 'node:child_process';
import { plantedBugs } from './planted.ts';

/**
 * `npm run simulate:planted`: plants one bug after the other and lets the simulation look for it, from several seeds.
 * Prints in which history it was caught, and by which laws. `-- name…` for some of them. Fails where one is not caught.
 */
const wanted = process.argv.slice(2);
const bugs = plantedBugs.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (bugs.length === 0) throw new Error(`there are: ${plantedBugs.map(({ name }) => name).join(', ')}`);

interface Hunt {
  /** Histories until it was caught, by seed; null where it was not. */
  readonly took: readonly (number | null)[];
  readonly laws: readonly string[];
}

let caught = 0;
const took: number[] = [];
for (const { name } of bugs) {
  const hunt = await hunts(name);
  const all = hunt.took.every((n) => n !== null);
  if (all) caught += 1;
  const middle = median(hunt.took.map((n) => n ?? Infinity));
  took.push(middle);
  const told = all
    ? `caught; histories ${hunt.took.join(', ')}; median ${middle}`
    : `NOT always caught: ${hunt.took.join(', ')}`;
  console.log(`${name.padEnd(36)} ${told}; by ${hunt.laws.join(', ')}`);
}
console.log(`${caught} of ${bugs.length} caught; the median bug took ${median(took)} histories`);
process.exitCode = caught === bugs.length ? 0 : 1;

/** One bug in a process of its own: the source is changed as it is loaded. */
function hunts(name: string): Promise<Hunt> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'simulation', 'tests/simulation/hunt.test.ts'];
  const child = spawn(process.execPath, args, { env: { ...process.env, SIMULATE_PLANTED: name } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      const line = /^HUNT (.*)$/m.exec(output)?.[1];
      if (line === undefined) reject(new Error(`the hunt for ${name} broke off:\n${output}`));
      else resolve(JSON.parse(line) as Hunt);
    });
  });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
}
