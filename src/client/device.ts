import Dexie from 'dexie';
import type { Table } from 'dexie';
import type { Environment } from './environment.ts';
import { databaseName } from './local/database.ts';
import { ifRoom } from './local/room.ts';

/** `current`: signed in. `sealed`: another identity took its place, unsent work is kept. `leaving`: signed out, its database is still to be deleted. */
interface Identity {
  readonly deviceId: string;
  readonly state: 'current' | 'sealed' | 'leaving';
}

/** The little database that knows which identity this browser has. */
export class Device {
  private readonly dexie: Dexie;
  private readonly identities: Table<Identity, string>;

  constructor(private readonly environment: Environment) {
    const { indexedDB, IDBKeyRange } = environment;
    this.dexie = new Dexie('shouwang-device', { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict' });
    this.dexie.version(1).stores({ identities: 'deviceId,state' });
    this.identities = this.dexie.table('identities');
  }

  /** @returns the device id that is signed in here, if one is. Finishes a sign-out that was cut short. */
  async current(): Promise<string | undefined> {
    const identities = await this.identities.toArray();
    for (const { deviceId, state } of identities) if (state === 'leaving') await this.forget(deviceId);
    return identities.find(({ state }) => state === 'current')?.deviceId;
  }

  /** @returns every identity that this browser keeps something of, the current one first */
  async all(): Promise<string[]> {
    const kept = (await this.identities.toArray()).filter(({ state }) => state !== 'leaving');
    const place = (one: Identity) => (one.state === 'current' ? 0 : 1);
    return kept.sort((a, b) => place(a) - place(b)).map(({ deviceId }) => deviceId);
  }

  /** Makes an identity the current one; what was current is sealed, or leaves where it has nothing unsent. */
  async enter(deviceId: string, keepBefore: boolean): Promise<void> {
    await this.dexie.transaction('rw', [this.identities], async (transaction) => {
      const identities = transaction.table<Identity, string>('identities');
      const before = await identities.where('state').equals('current').toArray();
      const state = keepBefore ? ('sealed' as const) : ('leaving' as const);
      await identities.bulkPut(before.map((identity) => ({ ...identity, state })));
      await identities.put({ deviceId, state: 'current' });
    });
    await this.current();
  }

  /** Deletes an identity with everything of it. */
  async leave(deviceId: string): Promise<void> {
    // So that a sign-out that is cut short is finished later. A full phone signs out all the same.
    await ifRoom(this.identities.put({ deviceId, state: 'leaving' }));
    await this.forget(deviceId);
  }

  close(): void {
    this.dexie.close();
  }

  private async forget(deviceId: string): Promise<void> {
    const { indexedDB, IDBKeyRange } = this.environment;
    const database = new Dexie(databaseName(deviceId), { indexedDB, IDBKeyRange });
    await database.delete();
    await this.identities.delete(deviceId);
  }
}
