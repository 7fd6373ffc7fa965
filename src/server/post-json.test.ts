import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postJson } from './server-world.ts';

const heard: { path: string; type: string | undefined; body: unknown }[] = [];
const server = createServer((request, response) => {
  const path = request.url ?? '';
  let text = '';
  request.on('data', (piece: Buffer) => (text += piece.toString()));
  request.on('end', () => {
    heard.push({ path, type: request.headers['content-type'], body: JSON.parse(text || 'null') });
    if (path === '/silent') return;
    const status = path === '/moved' ? 302 : path === '/broken' ? 500 : 200;
    const said = path === '/endless' ? 'x'.repeat(100_000) : path === '/page' ? '<html>' : '{"errcode":93000}';
    response.writeHead(status, path === '/moved' ? { location: '/elsewhere' } : {}).end(said);
  });
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('says that it was told', async () => {
  expect(await postJson(`${base}/robot`, { text: '有一户等人看' })).toEqual({
    ok: true,
    answer: { errcode: 93000 },
  });
  expect(heard.at(-1)).toEqual({ path: '/robot', type: 'application/json', body: { text: '有一户等人看' } });
});

it('gives no answer that is long, or not JSON', async () => {
  expect(await postJson(`${base}/endless`, {})).toEqual({ ok: true, answer: undefined });
  expect(await postJson(`${base}/page`, {})).toEqual({ ok: true, answer: undefined });
});

it('says that it was not: an error, a redirect that it does not follow, silence, nobody there', async () => {
  expect(await postJson(`${base}/broken`, {})).toEqual({ ok: false });
  expect(await postJson(`${base}/moved`, {})).toEqual({ ok: false });
  expect(heard.map(({ path }) => path)).not.toContain('/elsewhere');
  expect(await postJson(`${base}/silent`, {}, 50)).toEqual({ ok: false });
  expect(await postJson('http://127.0.0.1:1/', {})).toEqual({ ok: false });
  expect(await postJson('no address', {})).toEqual({ ok: false });
});
