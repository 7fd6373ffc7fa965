import sharp from 'sharp';
import type { EncodedPhoto } from './photo-encoder.ts';
import { MAX_PHOTO_PIXELS } from '../../sync/photo.ts';

/** Longest side of what is stored, px. */
const LONGEST_SIDE = 1600;
const QUALITY = 80;

// Nothing stays in memory between two pictures, and one takes one core.
sharp.cache(false);
sharp.concurrency(1);
// Of all that the library can read, only what is meant to come.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

/**
 * Unpacks a picture and packs it anew: upright, small, on white, and without anything that a camera or a program wrote into
 * it. A JPEG, which every phone's album can keep and every chat can read a code from.
 * @throws where it cannot be unpacked whole
 */
export async function encodePhoto(bytes: Uint8Array): Promise<EncodedPhoto> {
  const picture = sharp(bytes, { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: QUALITY });
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { mime: 'image/jpeg', width: info.width, height: info.height, bytes: data };
}
