import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture as a phone takes one: lying on its side, with the place in its notes. Upright it is 800 × 1200. */
export async function snapshot(colour = '#c33'): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width: 1200, height: 800, channels: 3, background: colour } })
    .jpeg()
    .withExif({
      IFD0: { Orientation: '6', Make: 'Shouji' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 35/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '114/1 17/1 0/1' },
    })
    .withMetadata({ orientation: 6 });
  return new Uint8Array(await picture.toBuffer());
}

/** A PNG of so many black pixels, a thousandth of that in bytes. */
export function blackPng(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // One bit of grey a pixel.
  size[8] = 1;
  const lines = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]),
  );
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
