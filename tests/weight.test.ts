import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AppEnv } from '../src/server/app-context.ts';
import { clientFolder, filesRoute } from '../src/server/routes/files.ts';
import { ensureBuilt } from './support/build-app.ts';
import { importsOf, measureFirstScreen, readBuilt } from './support/first-screen.ts';
import type { FirstScreen } from './support/first-screen.ts';

const kB = 1000;
const limit = { jsGz: 130 * kB, cssGz: 20 * kB };

let home: FirstScreen;

beforeAll(async () => {
  await ensureBuilt();
  home = await measureFirstScreen();
}, 240_000);

describe('the first screen', () => {
  test('its weight is in the log', () => {
    const line = (name: string, bytes: number): string => `${(bytes / kB).toFixed(1).padStart(7)} kB  ${name}\n`;
    process.stdout.write(line(`JS of ${limit.jsGz / kB}`, home.jsGz) + line(`CSS of ${limit.cssGz / kB}`, home.cssGz));
    process.stdout.write(home.files.map(({ file, gzBytes }) => line(`  ${file}`, gzBytes)).join(''));
    expect(home.files.length).toBeGreaterThan(2);
  });

  test('loads at most 130 kB of scripts', () => {
    expect(home.jsGz).toBeGreaterThan(50 * kB);
    expect(home.jsGz).toBeLessThanOrEqual(limit.jsGz);
  });

  test('loads at most 20 kB of styles', () => {
    expect(home.cssGz).toBeGreaterThan(1 * kB);
    expect(home.cssGz).toBeLessThanOrEqual(limit.cssGz);
  });

  test('has no font in its styles', async () => {
    const styles = home.files.filter(({ file }) => file.endsWith('.css'));
    for (const { file } of styles) expect(await readBuilt(file)).not.toMatch(/@font-face|data:(?:application|font)\//u);
  });

  test('the scales see every way of importing', () => {
    const code =
      'import{a}from"./a.js";import"./b.js";export*from"./c.js";const l=()=>import(`./d.js`);import("./e.js")';
    expect(importsOf(code).map(({ specifier, dynamic }) => `${specifier} ${dynamic ? 'later' : 'now'}`)).toEqual([
      './a.js now',
      './b.js now',
      './c.js now',
      './d.js later',
      './e.js later',
    ]);
  });
});

describe('the built files', () => {
  const app = new Hono<AppEnv>();
  filesRoute(app, clientFolder());
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(app.request(path, { headers }));
  const page = { accept: 'text/html' };

  test('go out packed to whoever takes that', async () => {
    const file = home.files[0]!.file;
    const packed = await ask(`/${file}`, { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(packed.headers.get('content-type')).toMatch(/^text\/javascript/u);
    expect(packed.headers.get('cache-control')).toContain('immutable');
    const plain = await ask(`/${file}`);
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const answer of [packed, plain]) expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength / 2);
  });

  test.each(['/', '/buy/anything', '/service-worker.js', '/manifest.webmanifest'])(
    '%s is asked for each time',
    async (path) => {
      const answer = await ask(path, page);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  test('an address of the app opens its page', async () => {
    expect(await (await ask('/notices/1', page)).text()).toBe(await readBuilt('index.html'));
  });

  test('a missing asset is missed, whoever asks', async () => {
    expect((await ask('/assets/gone-12345678.js')).status).toBe(404);
    expect((await ask('/assets/gone-12345678.js', page)).status).toBe(404);
  });
});
