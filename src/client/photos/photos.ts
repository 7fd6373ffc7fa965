import Dexie from 'dexie';
import { DAY_MS } from '../../domain/day.ts';
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, photoHeader } from '../../sync/photo.ts';
import { sessionOf } from '../local/database.ts';
import type { PhotoRefusal, StoredPhoto } from '../local/database.ts';
import { ifRoom } from '../local/room.ts';
import type { Phone } from '../phone.ts';
import { Patience, request } from '../sync/exchange.ts';
import { Failure, isContent } from '../sync/failure.ts';

/** `full`: the phone has no room for it, or too many wait already. `ended`: this device is over. The others: the server would not have it. */
export type AddedPhoto =
  | { readonly kind: 'added'; readonly id: string }
  | { readonly kind: 'full' | 'ended' }
  | { readonly kind: Exclude<PhotoRefusal, 'fault'> };

/** `notThere`: the server has none for us, or none yet. `notReached`: it was not asked, and none is here. */
export type FoundPhoto =
  | { readonly kind: 'here'; readonly photo: Pick<StoredPhoto, 'bytes' | 'mime' | 'state' | 'code'> }
  | { readonly kind: 'notThere' }
  | { readonly kind: 'notReached' };

/** Pictures that may wait at a time, each about 0.3 MB: the room is the outbox’s before it is theirs. */
const MOST_WAITING = 30;
/** Bytes that must stay free beside a picture, where the browser says how many are. */
const LEFT_FREE = 5_000_000;
/** Pictures from the server that are kept, at most. */
const MOST_KEPT = 60;
const TIMEOUT_MS = 60_000;

/** The pictures of one phone: those taken on it, and those it was sent. */
export class Photos {
  private readonly asking = new Map<string, Promise<FoundPhoto>>();

  constructor(private readonly phone: Phone) {}

  /** Takes a picture in. It is on the disk when this resolves, and goes out by itself. */
  async add(bytes: ArrayBuffer): Promise<AddedPhoto> {
    if (this.phone.status.value.state === 'ended') return { kind: 'ended' };
    const header = photoHeader(new Uint8Array(bytes));
    if (header === undefined) return { kind: 'notPicture' };
    if (bytes.byteLength > MAX_PHOTO_BYTES) return { kind: 'tooLarge' };
    if (header.width * header.height > MAX_PHOTO_PIXELS) return { kind: 'tooManyPixels' };
    const { database, environment, world } = this.phone;
    if ((await database.photos.where('state').equals('waiting').count()) >= MOST_WAITING) return { kind: 'full' };
    const free = await environment.freeBytes?.().catch(() => undefined);
    if (free !== undefined && free < bytes.byteLength + LEFT_FREE) return { kind: 'full' };
    const id = world.newId();
    const photo: StoredPhoto = { id, bytes, mime: header.mime, state: 'waiting', at: this.phone.now() };
    // The outbox is among the tables so that it is on the disk, as an act would be.
    const added = database.write(['photos', 'outbox'], ({ photos }) => photos.add(photo));
    if (!(await ifRoom(added))) return { kind: 'full' };
    this.phone.photoAdded();
    return { kind: 'added', id };
  }

  /** The picture as it is here, else as the server has it: that one is kept from then on. */
  async read(id: string): Promise<FoundPhoto> {
    const photo = await this.phone.database.photos.get(id);
    if (photo === undefined) return this.ask(id);
    const now = this.phone.now();
    if (photo.state === 'kept' && photo.at < now - DAY_MS)
      await ifRoom(this.phone.database.photos.update(id, { at: now }));
    return { kind: 'here', photo };
  }

  /** Forgets one that was taken here and that nothing was done with. */
  async discard(id: string): Promise<void> {
    await this.phone.database.photos.delete(id);
  }

  private ask(id: string): Promise<FoundPhoto> {
    const asked = this.asking.get(id) ?? this.askOnce(id).finally(() => this.asking.delete(id));
    this.asking.set(id, asked);
    return asked;
  }

  private async askOnce(id: string): Promise<FoundPhoto> {
    const { environment, actor } = this.phone;
    const patience = new Patience(environment, TIMEOUT_MS);
    try {
      const path = `/api/photos/${encodeURIComponent(id)}`;
      const response = await request(environment, { method: 'GET', path, deviceId: actor.value.deviceId }, patience);
      if (!isContent(response, 'image/')) return { kind: 'notReached' };
      const bytes = await patience.wait(response.arrayBuffer());
      const mime = photoHeader(new Uint8Array(bytes))?.mime;
      if (mime === undefined) return { kind: 'notReached' };
      const photo: StoredPhoto = { id, bytes, mime, state: 'kept', at: this.phone.now() };
      await this.keep(photo);
      return { kind: 'here', photo };
    } catch (error) {
      if (error instanceof Failure && error.kind === 'notFound') return { kind: 'notThere' };
      return { kind: 'notReached' };
    } finally {
      patience.end();
    }
  }

  /** Nothing else is dropped for it; those not looked at for longest make place. */
  private async keep(photo: StoredPhoto): Promise<void> {
    const { dexie, photos } = this.phone.database;
    const kept = photos.where('[state+at]').between(['kept', Dexie.minKey], ['kept', Dexie.maxKey]);
    const oldest = (await kept.primaryKeys()).slice(0, -(MOST_KEPT - 1));
    await photos.bulkDelete(oldest);
    const put = dexie.transaction('rw', [dexie.table('photos'), dexie.table('meta')], async (transaction) => {
      // The device may have been ended while the picture was on its way.
      const session = await sessionOf({ meta: transaction.table('meta') });
      if (session?.ended !== true) await transaction.table('photos').put(photo);
    });
    await ifRoom(put);
  }
}

const known = new WeakMap<Phone, Photos>();

/** @returns the pictures of a phone, the same for all who ask */
export function photosOf(phone: Phone): Photos {
  const photos = known.get(phone) ?? new Photos(phone);
  known.set(phone, photos);
  return photos;
}
