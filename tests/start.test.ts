import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RealServer } from './support/real-server.ts';

let server: RealServer;
beforeAll(async () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'src/server/start/ensure-built.ts']);
  server = await RealServer.prepare();
}, 300_000);
afterAll(() => server.remove());

const links = async () =>
  JSON.parse(await readFile(join(server.dataFolder, 'rehearsal.json'), 'utf8')) as { key: string; code: string }[];

describe('npm start', () => {
  it('fills a rehearsal community and leaves a link for each part to play', async () => {
    await server.start();
    const keys = (await links()).map((link) => link.key);
    expect(keys).toEqual(expect.arrayContaining(['elder', 'family', 'volunteer', 'gridWorker', 'secretary']));
    const health = (await (await fetch(`${server.url}/api/health`)).json()) as object;
    expect(health).toMatchObject({ ok: true, database: 'ok' });
    const { headers } = await fetch(`${server.url}/api/session`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-type')).toContain('application/problem+json');
  }, 120_000);

  it('serves the app to any path of its own, and a real 404 for an asset that is not there', async () => {
    const page = await fetch(`${server.url}/notices`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
    expect((await fetch(`${server.url}${script}`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${server.url}/assets/none-12345678.js`)).status).toBe(404);
    expect((await fetch(`${server.url}/service-worker.js`)).headers.get('cache-control')).toBe('no-cache');
  });

  it('stops cleanly on Ctrl-C, and starts again with the same data in less than 3 s', async () => {
    const before = await links();
    expect(await server.stop()).toBe(0);
    expect(await server.start()).toBeLessThan(3_000);
    expect(await links()).toEqual(before);
  }, 60_000);

  it('adopts or recovers the database after a kill -9', async () => {
    const before = await links();
    await server.kill();
    expect(await server.start()).toBeLessThan(3_000);
    expect(await links()).toEqual(before);
  }, 60_000);
});
