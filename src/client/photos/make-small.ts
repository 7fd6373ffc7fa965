import Compressor from 'compressorjs';

/** Longest side, px: a price tag, a receipt and a collection code can still be read. */
const LONGEST_SIDE = 1280;
/** Bytes that a picture should have at most: 12 s over a line of 200 kbit/s. */
const AIM_BYTES = 300_000;
/** Tried in turn until it is small enough; the last one is taken as it comes. */
const QUALITIES = [0.8, 0.6, 0.4];

/**
 * Makes a picture small enough to be sent, upright, and without what the camera wrote into it: no place, no time.
 * @returns a JPEG; undefined where the browser cannot read the file as a picture
 */
export async function makeSmall(file: Blob): Promise<ArrayBuffer | undefined> {
  let small: Blob | undefined;
  for (const quality of QUALITIES) {
    small = await compressed(file, quality);
    if (small === undefined || small.size <= AIM_BYTES) break;
  }
  return small?.arrayBuffer();
}

/** Never the file itself, even where that is smaller: its camera's notes would go along. */
function compressed(file: Blob, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => {
    const options = { maxWidth: LONGEST_SIDE, maxHeight: LONGEST_SIDE, mimeType: 'image/jpeg', quality, strict: false };
    new Compressor(file, { ...options, success: resolve, error: () => resolve(undefined) });
  });
}
