import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { blackPng } from '../../tests/support/pictures.ts';
import { photoHeader } from './photo.ts';

const plain = sharp({ create: { width: 321, height: 123, channels: 4, background: '#3a7' } });
const size = { width: 321, height: 123 };

describe('the header of a picture', () => {
  test.each([
    ['a JPEG', 'image/jpeg', plain.clone().jpeg()],
    ['a progressive JPEG', 'image/jpeg', plain.clone().jpeg({ progressive: true })],
    [
      'a JPEG with the camera’s notes',
      'image/jpeg',
      plain
        .clone()
        .jpeg()
        .withExif({ IFD0: { Make: 'x'.repeat(9_000) } }),
    ],
    ['a PNG', 'image/png', plain.clone().png()],
    ['a lossy WebP', 'image/webp', plain.clone().flatten().webp()],
    ['a lossless WebP', 'image/webp', plain.clone().flatten().webp({ lossless: true })],
    ['an extended WebP', 'image/webp', plain.clone().webp({ alphaQuality: 50 })],
  ])('of %s says its kind and size', async (_, mime, picture) => {
    const bytes = await picture.toBuffer();
    expect(photoHeader(bytes)).toEqual({ mime, ...size });
    // Also where it does not begin where its memory does.
    const moved = new Uint8Array(bytes.length + 7);
    moved.set(bytes, 7);
    expect(photoHeader(moved.subarray(7))).toEqual({ mime, ...size });
  });

  test('says how large a picture would be that nobody should unpack', () => {
    expect(photoHeader(blackPng(20_000, 20_000))).toEqual({ mime: 'image/png', width: 20_000, height: 20_000 });
  });

  test('of what is none says nothing, wherever it ends', async () => {
    const pictures = [plain.clone().jpeg(), plain.clone().png(), plain.clone().webp()];
    for (const picture of pictures) {
      const bytes = await picture.toBuffer();
      for (let end = 0; end < 24; end++) expect(photoHeader(bytes.subarray(0, end))).toBeUndefined();
    }
    for (const text of ['', 'GIF89a      ', '<svg width="9" height="9"/>', '%PDF-1.7', 'RIFF    WAVEfmt         '])
      expect(photoHeader(new TextEncoder().encode(text)), text).toBeUndefined();
  });

  test('never runs away on chance bytes', () => {
    let seed = 7;
    const next = () => (seed = (Math.imul(seed, 48_271) >>> 0) % 0x7fffffff) & 0xff;
    for (let n = 0; n < 3_000; n++) {
      const bytes = Uint8Array.from({ length: 200 }, next);
      bytes.set(
        [
          [0xff, 0xd8],
          [0x89, 0x50, 0x4e, 0x47],
          [0x52, 0x49, 0x46, 0x46],
        ][n % 3]!,
      );
      const header = photoHeader(bytes);
      expect(header === undefined || header.width * header.height > 0).toBe(true);
    }
  });
});
