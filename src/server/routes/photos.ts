import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, photoHeader } from '../../sync/photo.ts';
import type { AppContext, AppEnv, AppRequest } from '../app-context.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/day.ts';
import { limitBody } from '../limit-body.ts';
import { problem } from '../problem.ts';
import { RateLimit } from '../rate-limit.ts';
import { findPhoto, storePhoto, uploaderOf } from '../photos/photo-store.ts';
import { PhotoEncoder } from '../photos/photo-encoder.ts';
import type { EncodedPhoto } from '../photos/photo-encoder.ts';

/** Uploads that one device may make: an organiser with a page of goods has some forty. */
const LIMITS = [
  { tries: 60, windowMs: 15 * MINUTE_MS },
  { tries: 240, windowMs: DAY_MS },
];
/** Bytes of pictures that may be on their way or wait for their turn at a time: two hundred as phones send them. */
const MOST_BYTES_AT_ONCE = 64_000_000;
/** Times that a picture may break the process that unpacks it: once may have been the machine's fault. */
const BREAKS = { tries: 2, windowMs: DAY_MS };

const photoId = v.pipe(v.string(), v.uuid());

/**
 * Pictures: PUT takes one in, unpacked and packed anew, under an id that the phone made; GET gives it to whoever may see a
 * row that names it. To everybody else it is not there.
 */
export function photoRoutes(routes: Hono<AppEnv>, app: AppContext): void {
  const encoder = new PhotoEncoder(app.world);
  const limits = LIMITS.map((limit) => new RateLimit(limit));
  const breaks = new RateLimit(BREAKS);
  let bytesAtOnce = 0;

  /** Before anything of the picture is read. */
  const admit = createMiddleware<AppEnv>(async (c, next) => {
    if (!v.is(photoId, c.req.param('id'))) return problem(c, 'malformed');
    const { deviceId } = c.get('actor');
    const now = app.world.now();
    const wait = Math.max(...limits.map((limit) => limit.waitFor(deviceId, now)));
    if (wait > 0) return problem(c, 'tooMany', {}, wait);
    for (const limit of limits) limit.fail(deviceId, now);
    const size = announcedSize(c);
    if (bytesAtOnce + size > MOST_BYTES_AT_ONCE) return problem(c, 'busy', {}, 5);
    bytesAtOnce += size;
    await next().finally(() => (bytesAtOnce -= size));
  });

  routes.put('/photos/:id', admit, limitBody(MAX_PHOTO_BYTES, '图片最大 8 MB'), async (c) => {
    const id = c.req.param('id').toLowerCase();
    const actor = c.get('actor');
    const now = app.world.now();
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const known = await uploaderOf(app.db, actor.communityId, id);
    if (known !== undefined) return taken(c, known === actor.deviceId, id, 200);
    const encoded = await encode(c, bytes, `${actor.deviceId}/${id}`, now);
    if (encoded instanceof Response) return encoded;
    const owner = await storePhoto(app, actor, id, encoded, now);
    return taken(c, owner === actor.deviceId, id, 201);
  });

  routes.get('/photos/:id', async (c) => {
    const photo = await findPhoto(app, c.get('actor'), c.req.param('id').toLowerCase());
    if (photo === undefined) return problem(c, 'notFound');
    return c.body(new Uint8Array(photo.bytes), 200, {
      'Content-Type': photo.mime,
      // The phone keeps it beside its rows and drops it with them; a second copy would stay.
      'Cache-Control': 'private, no-store',
      'Content-Disposition': 'inline; filename="photo.jpg"',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  /** @returns the picture packed anew, or the problem to answer with. What the request calls it does not count. */
  async function encode(c: AppRequest, bytes: Uint8Array, key: string, now: number): Promise<EncodedPhoto | Response> {
    const header = photoHeader(bytes);
    if (header === undefined || breaks.waitFor(key, now) > 0) return problem(c, 'notPicture');
    if (header.width * header.height > MAX_PHOTO_PIXELS) return problem(c, 'tooManyPixels');
    const encoded = await encoder.encode(bytes);
    if (encoded.kind === 'encoded') return encoded.photo;
    if (encoded.kind === 'unreadable') return problem(c, 'notPicture');
    breaks.fail(key, now);
    app.log.error(`a picture of ${bytes.length} bytes broke the process that unpacks it`);
    return problem(c, 'busy', {}, 10);
  }
}

/** @returns how many bytes will come, at most */
function announcedSize(c: AppRequest): number {
  const length = c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined;
  // What says that it is more is turned away unread.
  return Math.min(MAX_PHOTO_BYTES, length === undefined ? MAX_PHOTO_BYTES : Number(length));
}

/** One and the same picture is taken once. Of somebody else's it is not said that it is there. */
function taken(c: AppRequest, isOwn: boolean, id: string, status: 200 | 201): Response {
  return isOwn ? c.json({ id }, status) : problem(c, 'notFound');
}
