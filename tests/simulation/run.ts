import { startVitest } from 'vitest/node';

/** `npm run simulate -- --histories 25000 --seed 7`, or the line that a failure prints; `-- --planted` for the proof that it can fail. */
const given = new Map<string, string>();
const args = process.argv.slice(2);
for (let at = 0; at < args.length; at++) {
  const name = args[at]!;
  const value = args[at + 1];
  if (!name.startsWith('--')) throw new Error(`what is "${name}"?`);
  if (value === undefined || value.startsWith('--')) given.set(name, 'yes');
  else given.set(name, args[++at]!);
}

const settings: Readonly<Record<string, string>> = {
  '--histories': 'SIMULATE_HISTORIES',
  '--seed': 'SIMULATE_SEED',
  '--path': 'SIMULATE_PATH',
  '--replay': 'SIMULATE_REPLAY',
  '--trace': 'SIMULATE_TRACE',
};
for (const [name, value] of given) {
  const setting = settings[name];
  if (setting === undefined) throw new Error(`unknown: ${name}; there are ${Object.keys(settings).join(', ')}`);
  process.env[setting] = value;
}
process.env['SIMULATE_SEED'] ??= String(Date.now() % 2 ** 31);
process.env['SIMULATE_HISTORIES'] ??= '1000';
const only = given.has('--path') ? ['histories-first'] : ['histories-'];
const vitest = await startVitest('test', only, { project: 'simulation', watch: false });
await vitest.close();
