import type { Actor } from '../../domain/actor.ts';
import { communityScope } from '../../domain/scope.ts';
import { scopesOf } from '../app-context.ts';
import type { AppContext } from '../app-context.ts';
import type { Sql } from '../database/database.ts';
import type { ServerSlice } from '../slice.ts';
import type { EncodedPhoto } from './photo-encoder.ts';

/** A stored picture, as far as it is asked for. */
export interface StoredPhoto {
  readonly mime: string;
  readonly bytes: Buffer;
}

/** @returns the device that uploaded the picture; undefined where there is none */
export async function uploaderOf(sql: Sql, communityId: string, id: string): Promise<string | undefined> {
  const [row] = await sql.query<{ deviceId: string }>(
    'select device_id as "deviceId" from photo where community_id = $1 and id = $2',
    [communityId, id],
  );
  return row?.deviceId;
}

/** Stores a picture, once. @returns whose it is: where the id was taken meanwhile, perhaps somebody else's */
export async function storePhoto(
  app: Pick<AppContext, 'db'>,
  { communityId, deviceId }: Pick<Actor, 'communityId' | 'deviceId'>,
  id: string,
  { mime, width, height, bytes }: EncodedPhoto,
  now: number,
): Promise<string | undefined> {
  return app.db.transaction(async (sql) => {
    await sql.query(
      `insert into photo (community_id, id, device_id, mime, width, height, bytes, stored_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (community_id, id) do nothing`,
      [communityId, id, deviceId, mime, width, height, Buffer.from(bytes), now],
    );
    return uploaderOf(sql, communityId, id);
  });
}

/** @returns the picture, to whoever uploaded it or holds a scope in which a row names it; undefined to all others */
export async function findPhoto(app: AppContext, actor: Actor, id: string): Promise<StoredPhoto | undefined> {
  const { communityId, deviceId } = actor;
  const uploader = await uploaderOf(app.db, communityId, id);
  if (uploader === undefined || !(uploader === deviceId || (await maySee(app, actor, id)))) return undefined;
  const [photo] = await app.db.query<StoredPhoto>('select mime, bytes from photo where community_id = $1 and id = $2', [
    communityId,
    id,
  ]);
  return photo;
}

async function maySee(app: AppContext, actor: Actor, id: string): Promise<boolean> {
  const { db, slices, world } = app;
  const scopes = (await photoScopes(slices, db, actor.communityId, [id])).get(id);
  if (scopes === undefined) return false;
  // Everybody who is signed in holds it: a page of goods is many pictures.
  if (scopes.has(communityScope)) return true;
  const held = await scopesOf(app, db, actor, world.now());
  return held.some(({ scope }) => scopes.has(scope));
}

/** @returns the scopes in which each of these pictures stands, over all slices; nothing of one that no row names */
export async function photoScopes(
  slices: readonly ServerSlice[],
  sql: Sql,
  communityId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const all = new Map<string, Set<string>>();
  const named = await Promise.all(
    slices.map((slice) => slice.photoScopes?.(sql, communityId, ids) ?? Promise.resolve([])),
  );
  for (const { photoId, scope } of named.flat()) {
    const scopes = all.get(photoId) ?? new Set();
    all.set(photoId, scopes.add(scope));
  }
  return all;
}
