import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string' }, runs: { type: 'string' }, households: { type: 'string' } },
});
const numberOf = (option: string | undefined): number | undefined =>
  option === undefined ? undefined : Number(option);

/** `npm run bench [-- rush]`, `npm run bench -- wuhan --people 300000`: measures, prints a table and writes data/bench.json. Figures to look at; no test rests on them. */
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  rush: async () => (await import('./rush.ts')).rush(),
  'rush-queue': async () =>
    (await import('./rush-queue.ts')).rushQueue(numberOf(options.runs), numberOf(options.households)),
  'first-pull': async () => (await import('./first-pull.ts')).firstPull(),
  reopen: async () => (await import('./reopen.ts')).reopen(),
  drain: async () => (await import('./drain.ts')).drain(),
  coverage: async () => (await import('./coverage.ts')).coverage(),
  wuhan: async () =>
    (await import('./wuhan.ts')).wuhan(options.people === undefined ? undefined : Number(options.people)),
  paper: async () => (await import('./paper.ts')).paper(),
  chain: async () => (await import('./chain.ts')).chain(),
  weight: async () => (await import('./weight.ts')).weight(),
  lighthouse: async () => (await import('./lighthouse.ts')).lighthouseHome(),
};

execFileSync(process.execPath, ['--import', 'tsx', 'src/server/start/ensure-built.ts'], { stdio: 'inherit' });
const wanted = positionals.filter((word) => word in benches);
const figures: Figure[] = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) figures.push(...(await benches[name]!()));

process.stdout.write('| figure | value | aim |\n|---|---|---|\n');
for (const { name, value, aim } of figures) process.stdout.write(`| ${name} | ${value} | ${aim ?? ''} |\n`);
mkdirSync('data', { recursive: true });
const machine = { node: process.version, cores: cpus().length, at: new Date().toISOString() };
writeFileSync('data/bench.json', `${JSON.stringify({ machine, figures }, null, 2)}\n`);
