import sharp from 'sharp';
import { expect, test } from 'vitest';
import { blackPng, snapshot } from '../../../tests/support/pictures.ts';
import { serverWorld } from '../server-world.ts';
import { PhotoEncoder } from './photo-encoder.ts';

test('pictures asked for at the same time are each packed anew', async () => {
  const encoder = new PhotoEncoder(serverWorld);
  const encoded = await Promise.all([encoder.encode(await snapshot()), encoder.encode(blackPng(90, 60))]);
  expect(encoded).toMatchObject([
    { kind: 'encoded', photo: { mime: 'image/jpeg', width: 800, height: 1200 } },
    { kind: 'encoded', photo: { mime: 'image/jpeg', width: 90, height: 60 } },
  ]);
  const [first] = encoded;
  expect(first.kind === 'encoded' && (await sharp(first.photo.bytes).metadata()).format).toBe('jpeg');
});

test('what is no picture does not end the process, and the next one is packed', async () => {
  const encoder = new PhotoEncoder(serverWorld);
  expect(await encoder.encode(new TextEncoder().encode('<svg width="9" height="9"/>'))).toEqual({ kind: 'unreadable' });
  expect(await encoder.encode(await snapshot())).toMatchObject({ kind: 'encoded' });
});

test('one that takes too long is given up, and the next one is packed by another process', async () => {
  let isImpatient = true;
  const encoder = new PhotoEncoder({
    after: (ms, callback) => serverWorld.after(isImpatient ? 1 : ms, callback),
  });
  expect(await encoder.encode(await snapshot())).toEqual({ kind: 'broke' });
  isImpatient = false;
  expect(await encoder.encode(await snapshot())).toMatchObject({ kind: 'encoded' });
});

test('a process that takes more memory than it may is gone, and nothing else', async () => {
  const encoder = new PhotoEncoder(serverWorld, 10_000_000);
  expect(await encoder.encode(await snapshot())).toEqual({ kind: 'broke' });
  expect(await encoder.encode(await snapshot())).toEqual({ kind: 'broke' });
});
