import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const exec = promisify(execFile);

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const base = process.env[name];
    return base === undefined
      ? []
      : [
          join(base, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(base, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ];
  }),
];

/**
 * The path of a Chromium to drive: CHROME_PATH, else an installed Chromium, Chrome or Edge, else Debian's package (as
 * root or by sudo without a password), else Playwright's own download.
 * @throws an Error that says what was tried and what to do
 */
export async function findBrowser(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (await canRun(named)) return named;
    throw new Error(`CHROME_PATH is ${named}, which cannot be run.`);
  }
  const tried: string[] = [];
  for (const obtain of [() => Promise.resolve(), installByApt, installByPlaywright]) {
    try {
      await obtain();
    } catch (error) {
      tried.push(error instanceof Error ? error.message.trim() : String(error));
    }
    const path = await installed();
    if (path !== undefined) return path;
  }
  throw new Error(`No browser for the tests. Install Chromium or Chrome, or set CHROME_PATH.\n${tried.join('\n')}`);
}

async function installed(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  for (const path of [...onPath, ...elsewhere, chromium.executablePath()]) {
    if (path !== '' && (await canRun(path))) return path;
  }
  return undefined;
}

async function installByApt(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('apt-get: only on Linux');
  const root = process.getuid?.() === 0;
  const [command, ...first] = root ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  // A fresh container has no package lists at all.
  await exec(command ?? 'apt-get', [...first, 'update', '-qq'], { timeout: 300_000 });
  await exec(command ?? 'apt-get', [...first, 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    timeout: 900_000,
    maxBuffer: 64 << 20,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function installByPlaywright(): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  await exec(process.execPath, [cli, 'install', 'chromium'], { timeout: 900_000, maxBuffer: 64 << 20 });
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
