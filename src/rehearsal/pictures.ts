import { crc32, deflateSync } from 'node:zlib';
import qrcode from 'qrcode-generator';
import { naturalId } from '../people/natural-id.ts';
import type { EncodedPhoto } from '../server/photos/photo-encoder.ts';
import type { Town } from './town.ts';

/** What somebody who scans the rehearsal's collection code reads. */
const PAY_CODE_SAYS = '演练用的码，不能付款';
const MODULE_PX = 12;
/** Quiet zone, in modules (ISO/IEC 18004). */
const QUIET = 4;

/** The id of the picture of the organiser's collection code. */
export function payCodeId(town: Town): string {
  return naturalId('r', town.communityId, 'photo', 'pay code');
}

/** A collection code to look at: it says that nobody can pay with it. */
export function payCodePicture(): EncodedPhoto {
  const code = qrcode(0, 'M');
  // The library takes each character for a byte.
  code.addData(Buffer.from(PAY_CODE_SAYS, 'utf8').toString('latin1'));
  code.make();
  const side = (code.getModuleCount() + 2 * QUIET) * MODULE_PX;
  const isDark = (x: number, y: number): boolean => {
    const [column, row] = [Math.floor(x / MODULE_PX) - QUIET, Math.floor(y / MODULE_PX) - QUIET];
    const inside = (place: number) => place >= 0 && place < code.getModuleCount();
    return inside(row) && inside(column) && code.isDark(row, column);
  };
  return { mime: 'image/png', width: side, height: side, bytes: greyPng(side, side, isDark) };
}

/** A PNG in black and white (8 bits of grey, no filter). */
function greyPng(width: number, height: number, isDark: (x: number, y: number) => boolean): Uint8Array {
  const pixels = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * (width + 1) + 1 + x] = isDark(x, y) ? 0 : 255;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]);
}

function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
