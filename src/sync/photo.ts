/** Bytes of a picture on its way to the server, at most. A phone sends about 0.3 MB. */
export const MAX_PHOTO_BYTES = 8_000_000;
/** Pixels of such a picture, at most. Unpacked each takes three or four bytes: a file of 600 kB may hold 800 MB. */
export const MAX_PHOTO_PIXELS = 24_000_000;

export type PhotoMime = 'image/jpeg' | 'image/png' | 'image/webp';

/** What the first bytes of a picture say of it. */
export interface PhotoHeader {
  readonly mime: PhotoMime;
  readonly width: number;
  readonly height: number;
}

/** @returns what kind of picture it is and how large, by its content alone and without unpacking it; undefined where it is none */
export function photoHeader(bytes: Uint8Array): PhotoHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = pngHeader(view) ?? webpHeader(view) ?? jpegHeader(view);
    return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined;
  } catch (error) {
    // It ends before it has said so much.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** ISO/IEC 15948: signature, then IHDR with width and height. */
function pngHeader(view: DataView): PhotoHeader | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a || word(view, 12) !== 'IHDR')
    return undefined;
  return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** RFC 9649: a RIFF of one lossy (VP8), lossless (VP8L) or extended (VP8X) picture. */
function webpHeader(view: DataView): PhotoHeader | undefined {
  if (word(view, 0) !== 'RIFF' || word(view, 8) !== 'WEBP') return undefined;
  const sized = (width: number, height: number): PhotoHeader => ({ mime: 'image/webp', width, height });
  const kind = word(view, 12);
  if (kind === 'VP8 ') return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return sized(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
  }
  if (kind === 'VP8X') return sized(1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8));
  return undefined;
}

/** ITU-T T.81: segments up to the frame header (SOFn), which says how large it is. */
function jpegHeader(view: DataView): PhotoHeader | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else if (isFrame(marker))
      return { mime: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));
}
