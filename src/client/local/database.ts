import Dexie from 'dexie';
import type { DBCore, Table } from 'dexie';
import type { Actor } from '../../domain/actor.ts';
import type { Row } from '../../domain/entity.ts';
import type { UnsentElsewhere } from '../../sync/wire.ts';
import type { Environment } from '../environment.ts';
import type { OutboxEntry } from '../outbox-entry.ts';
import { isFull } from './room.ts';

/** One row in one of the scopes that hold it. Blindly written, page by page; reading joins the scopes. */
export interface StoredRow {
  readonly entity: string;
  readonly id: string;
  readonly scope: string;
  /** `entity.field=value` for each declared index; absent where there is none. */
  readonly keys?: readonly string[];
  readonly row: Row;
}

/** What unsettled entries make of a row: another row, or none. */
export interface Change {
  readonly entity: string;
  readonly id: string;
  readonly row: Row | null;
}

/** An entry that the server has answered, kept to be offered again should the server lose it. */
export interface SentEntry extends OutboxEntry {
  readonly ackedAt: number;
}

/** The last answer of a desk view. It goes with its scope. */
export interface StoredAnswer {
  readonly path: string;
  readonly scope: string;
  /** Epoch ms, by the server's clock as the phone reckons it. */
  readonly at: number;
  readonly body: unknown;
}

/**
 * `waiting`: only on this phone. `sent`: taken here, the server has it too. `refused`: the server will not have it, until
 * nobody needs it any more. `kept`: from the server, to be seen without a network.
 */
export type PhotoState = 'waiting' | 'sent' | 'refused' | 'kept';

/** Why the server will not have a picture. */
export type PhotoRefusal = 'tooLarge' | 'tooManyPixels' | 'notPicture' | 'fault';

/** A picture. Bytes, not a Blob: browsers have lost Blobs. */
export interface StoredPhoto {
  readonly id: string;
  readonly bytes: ArrayBuffer;
  readonly mime: string;
  readonly state: PhotoState;
  /** Epoch ms by the server's clock: when it was taken, tried, sent or last looked at. */
  readonly at: number;
  readonly code?: PhotoRefusal;
}

export interface StoredDraft {
  readonly key: string;
  readonly value: unknown;
  readonly at: number;
}

/** Who this database belongs to, as the server last said. */
export interface SessionRecord {
  readonly key: 'session';
  readonly actor: Actor;
  readonly community: { readonly id: string; readonly name: string; readonly rehearsal: boolean };
  /** The server has ended this device: nothing is sent any more, what was not sent stays readable. */
  readonly ended?: boolean;
}

/** The order in which the outbox goes out. */
export interface StreamRecord {
  readonly key: 'stream';
  readonly id: string;
  readonly nextSeq: number;
  /** The highest seq of this stream that has a verdict; 0 where none has. */
  readonly ackedSeq: number;
}

/** How far the phone has read. */
export interface FeedRecord {
  readonly key: 'feed';
  readonly cursor: string | null;
  readonly epoch?: string;
  /** Server's time of the last complete pull's snapshot, epoch ms. */
  readonly freshAt?: number;
  /** Server's clock minus the phone's, ms. */
  readonly offsetMs: number;
  /** Ends of scopes, epoch ms by the server's clock. */
  readonly until: Readonly<Record<string, number>>;
}

/** How this identity came here. */
export interface JoinedRecord {
  readonly key: 'joined';
  /** The slip it was enrolled by, as the server calls it: named when this phone signs in again. */
  readonly slip: string;
  /** Shown then, so that it goes on as this identity. */
  readonly proof?: string;
  /** Those of the sign-ins before, latest first: a server that was set back knows the one of its time. */
  readonly earlier?: readonly string[];
}

/** What phones of the same slip had not sent when this one signed in; kept until a person has read it. */
export interface LostRecord {
  readonly key: 'lost';
  readonly unsent: readonly UnsentElsewhere[];
}

type MetaRecord = SessionRecord | StreamRecord | FeedRecord | JoinedRecord | LostRecord;

/** The tables of one identity's database, either free or bound to a transaction. */
export interface Tables {
  readonly rows: Table<StoredRow, [string, string, string]>;
  readonly overlay: Table<Change, [string, string]>;
  readonly outbox: Table<OutboxEntry, number, Omit<OutboxEntry, 'order'>>;
  readonly sent: Table<SentEntry, number>;
  readonly answers: Table<StoredAnswer, string>;
  readonly drafts: Table<StoredDraft, string>;
  readonly photos: Table<StoredPhoto, string>;
  readonly meta: Table<MetaRecord, string>;
}

export type TableName = keyof Tables;

/** Every table that a change of what is shown may touch. */
export const everything: readonly TableName[] = [
  'rows',
  'overlay',
  'outbox',
  'sent',
  'answers',
  'drafts',
  'photos',
  'meta',
];

/** One identity's database on the phone. */
export interface LocalDatabase extends Tables {
  readonly dexie: Dexie;
  /**
   * Runs the body in one read-write transaction over the tables. Nothing but these tables may be awaited in it. It is
   * on the disk when this resolves if the outbox is among them. Where the phone is full, kept answers are dropped
   * and the body runs once more; then pictures that the server has. If there is no room then either, it rejects (`isFull`)
   * and nothing is written.
   */
  write<T>(names: readonly TableName[], body: (tables: Tables) => Promise<T>): Promise<T>;
}

/** The name of an identity's database: entries go out only under the identity that queued them. */
export const databaseName = (deviceId: string): string => `shouwang-${deviceId}`;

/** Describes the database; it opens with the first use. */
export function localDatabase(deviceId: string, environment: Environment): LocalDatabase {
  const dexie = new Dexie(databaseName(deviceId), {
    indexedDB: environment.indexedDB,
    IDBKeyRange: environment.IDBKeyRange,
    cache: 'disabled',
  });
  // A scope that goes is rare and scans the keys; an index on it would cost every row of every pull.
  dexie.version(1).stores({
    rows: '[entity+id+scope],*keys',
    overlay: '[entity+id]',
    outbox: '++order,&id,state',
    sent: 'order,ackedAt',
    answers: 'path,scope',
    drafts: 'key',
    meta: 'key',
  });
  dexie.version(2).stores({ photos: 'id,state,[state+at]' });
  dexie.use({ stack: 'dbcore', name: 'strict-outbox', create: strictOutbox });
  const tables = tablesOf(dexie);
  const writeOnce: LocalDatabase['write'] = (names, body) =>
    dexie.transaction('rw', [...names], async (transaction) => {
      try {
        return await body(tablesOf(transaction));
      } catch (error) {
        // Aborted half-way, its requests fail with other words than why.
        const { error: why } = transaction.idbtrans;
        throw isFull(why) ? why : error;
      }
    });
  return {
    dexie,
    ...tables,
    async write(names, body) {
      const left = [...spare];
      for (;;) {
        try {
          return await writeOnce(names, body);
        } catch (error) {
          let isFreed = false;
          while (isFull(error) && !isFreed && left.length > 0) isFreed = await left.shift()!(tables);
          if (!isFreed) throw error;
        }
      }
    },
  };
}

/** What goes from a full phone, in this order, as it can be asked again. Each says whether there was any. */
const spare: readonly ((tables: Tables) => Promise<boolean>)[] = [
  async ({ answers }) => {
    const any = (await answers.count()) > 0;
    if (any) await answers.clear();
    return any;
  },
  async ({ photos }) => (await photos.where('state').anyOf('kept', 'sent').delete()) > 0,
];

/** What a person did must outlive a dead battery; what the server can send again need not wait for the disk. */
function strictOutbox(down: DBCore): Partial<DBCore> & DBCore {
  return {
    ...down,
    transaction: (stores, mode, options) =>
      down.transaction(stores, mode, {
        ...options,
        durability: mode === 'readwrite' && stores.includes('outbox') ? 'strict' : 'relaxed',
      }),
  };
}

/** Tables taken from a transaction stay bound to it, whatever a mutation awaits in between. */
function tablesOf(source: { table(name: string): Table }): Tables {
  return {
    rows: source.table('rows') as unknown as Tables['rows'],
    overlay: source.table('overlay') as unknown as Tables['overlay'],
    outbox: source.table('outbox') as unknown as Tables['outbox'],
    sent: source.table('sent') as unknown as Tables['sent'],
    answers: source.table('answers') as unknown as Tables['answers'],
    drafts: source.table('drafts') as unknown as Tables['drafts'],
    photos: source.table('photos') as unknown as Tables['photos'],
    meta: source.table('meta') as unknown as Tables['meta'],
  };
}

/** @returns where the phone has read to; from the start in a fresh database */
export async function feedOf(tables: Pick<Tables, 'meta'>): Promise<FeedRecord> {
  return (
    ((await tables.meta.get('feed')) as FeedRecord | undefined) ?? { key: 'feed', cursor: null, offsetMs: 0, until: {} }
  );
}

/** @returns how much is only on this phone: acts and pictures */
export async function unsentIn(tables: Pick<Tables, 'outbox' | 'photos'>): Promise<number> {
  const acts = await tables.outbox.where('state').equals('unsent').count();
  return acts + (await tables.photos.where('state').equals('waiting').count());
}

/** @returns the stream in use. Throws in a database that no identity has been written to. */
export async function streamOf(tables: Pick<Tables, 'meta'>): Promise<StreamRecord> {
  const stream = (await tables.meta.get('stream')) as StreamRecord | undefined;
  if (stream === undefined) throw new Error('this database has no stream');
  return stream;
}

/** @returns whose database this is; undefined where nobody's yet */
export async function sessionOf(tables: Pick<Tables, 'meta'>): Promise<SessionRecord | undefined> {
  return (await tables.meta.get('session')) as SessionRecord | undefined;
}

/** @returns how this identity came here, where that was written down */
export async function joinedOf(tables: Pick<Tables, 'meta'>): Promise<JoinedRecord | undefined> {
  return (await tables.meta.get('joined')) as JoinedRecord | undefined;
}

/** @returns what may have been lost before this phone signed in; undefined where nothing, or once it was read */
export async function lostOf(tables: Pick<Tables, 'meta'>): Promise<LostRecord | undefined> {
  return (await tables.meta.get('lost')) as LostRecord | undefined;
}
