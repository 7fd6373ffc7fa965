import { shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { Actor } from '../domain/actor.ts';
import type { Mutation } from '../domain/mutation.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Registry } from '../domain/slice.ts';
import { pause } from '../domain/world.ts';
import type { World } from '../domain/world.ts';
import { act } from './act.ts';
import type { Act, ActResult } from './act.ts';
import { Acting } from './acting.ts';
import type { Accompany } from './acting.ts';
import type { Environment } from './environment.ts';
import { KnownMutations } from './known-mutations.ts';
import { LateEntries } from './late-entries.ts';
import { everything, streamOf, unsentIn } from './local/database.ts';
import type { FeedRecord, LocalDatabase, SessionRecord } from './local/database.ts';
import { LiveQueries } from './local/live-queries.ts';
import { sealSurely } from './local/drop-scopes.ts';
import { hearEpoch, settle } from './local/outbox.ts';
import { redraw } from './local/replay.ts';
import type { Foresight } from './local/replay.ts';
import { ifRoom } from './local/room.ts';
import { ScopeClock } from './local/scope-clock.ts';
import { overlaidRows } from './local/rows.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { readState, statusOf } from './phone-status.ts';
import { Readings } from './readings.ts';
import type { Reading } from './readings.ts';
import type { PhoneStatus, StoredState } from './phone-status.ts';
import type { Reader } from './reader.ts';
import { askSession, leave } from './session.ts';
import { Syncer } from './sync/syncer.ts';

/** Ms in which a healthy database answers; after iOS has cut the connection it never does. */
const PROBE_MS = 2_000;

/**
 * One identity's phone: what it shows (`reader`, live through the composables), what people do (`act`), and keeping in
 * step with the server, which goes on by itself.
 */
export class Phone {
  readonly world: World;
  readonly actor: ShallowRef<Actor>;
  readonly community: ShallowRef<SessionRecord['community']>;
  readonly reader: Reader;
  readonly status: ShallowRef<PhoneStatus>;
  /** What is not over yet, oldest first; `at` is by the server's clock as the phone reckons it. */
  readonly entries: ShallowRef<readonly OutboxEntry[]> = shallowRef([]);
  /** Counts reopened connections: live queries of an earlier one are dead and must be asked anew. */
  readonly connection = shallowRef(0);
  /** Live queries that wait for their first answer: while there are some, a screen is still filling. */
  readonly unanswered: ShallowRef<number>;
  /** Forms that hold something that is not sent yet. An update waits for 0. */
  readonly dirtyForms = shallowRef(0);
  private readonly syncer: Syncer;
  private readonly known: KnownMutations;
  private readonly late: LateEntries;
  private readonly acting: Acting;
  private offsetMs: number;
  private freshAt: number | undefined;
  private readonly queries = new LiveQueries();
  private readonly readings = new Readings();
  private stopped = false;
  private stopWatching: () => void = () => {};
  private stopSyncerWatch: () => void = () => {};
  private readonly scopeClock: ScopeClock;
  private stopPage: () => void = () => {};

  /** Use `openPhone`. */
  constructor(
    readonly environment: Environment,
    readonly database: LocalDatabase,
    registry: Registry,
    session: SessionRecord,
    feed: FeedRecord,
    accompany: readonly Accompany[] = [],
  ) {
    this.world = environment.world;
    this.unanswered = this.queries.unanswered;
    this.actor = shallowRef(session.actor);
    this.community = shallowRef(session.community);
    this.reader = overlaidRows(database);
    this.offsetMs = feed.offsetMs;
    this.freshAt = feed.freshAt;
    this.known = new KnownMutations(registry);
    const foresight = (): Foresight => this.foresight();
    this.late = new LateEntries(this.known, database, this.world, foresight);
    this.acting = new Acting(database, this.world, this.reader, this.known, accompany, foresight);
    this.scopeClock = new ScopeClock(database, this.world, foresight, () => this.now());
    this.syncer = new Syncer(
      {
        registry,
        environment,
        database,
        deviceId: session.actor.deviceId,
        foresight,
        ready: () => this.late.ready(),
        refreshSession: () => this.refreshSession(),
      },
      () => sealSurely(database, environment.world),
    );
    if (session.ended === true) this.syncer.state.value = 'ended';
    this.status = shallowRef(this.statusNow());
  }

  /** Epoch ms by the server's clock as the phone reckons it: a wrong clock in the phone does no harm. */
  now(): number {
    return this.world.now() + this.offsetMs;
  }

  /** Begins to watch, to drop what ends, and (unless `sync` is false) to send and pull. */
  async start({ sync = true } = {}): Promise<void> {
    await this.late.ready();
    await this.scopeClock.look();
    this.database.dexie.on('close', () => this.reconnected());
    this.database.dexie.on('versionchange', () => {
      this.stop();
      this.environment.page?.reload();
    });
    this.watchDatabase();
    this.watchSyncer();
    this.stopPage = this.environment.page?.listen((event) => void (event === 'visible' && this.resume())) ?? (() => {});
    if (sync) this.keepInStep();
  }

  /** Begins to send and pull by itself, where it was opened without. */
  keepInStep(): void {
    if (!this.stopped && this.syncer.state.value !== 'ended') this.syncer.start();
  }

  /** Closes everything. What is stored stays. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.syncer.stop();
    this.stopWatching();
    this.stopSyncerWatch();
    this.scopeClock.stop();
    this.late.stop();
    this.stopPage();
    this.database.dexie.close();
  }

  /**
   * Does something: queued durably and shown at once. Resolves when it is on the disk. `insist` queues it although the
   * phone's own rows say no: they may be old.
   */
  act<A>(mutation: Mutation<A>, args: A, options: { insist?: boolean } = {}): Promise<ActResult> {
    return this.actAll([act(mutation, args)], options);
  }

  /** Does several things in one outbox transaction: all of them are queued, or none. */
  async actAll(acts: readonly Act[], { insist = false }: { insist?: boolean } = {}): Promise<ActResult> {
    if (this.syncer.state.value === 'ended') return { kind: 'advice', refusal: new Refusal('notAllowed') };
    const acted = this.acting.do(acts, insist).then(async (result) => {
      if (result.kind === 'queued') {
        this.syncer.wakeSender();
        await this.look();
      }
      return result;
    });
    this.queries.after(acted);
    return acted;
  }

  /** A person has dealt with a refusal: it leaves 我办的事. @returns whether it did; on a full phone it may stay */
  async settle(entryId: string): Promise<boolean> {
    const settled = await ifRoom(settle(this.database, entryId));
    await this.look();
    return settled;
  }

  /** Sends and pulls now (a tap on 再试一次). Resolves when both have been tried; `status` says how it went. */
  async syncNow(): Promise<void> {
    await this.syncer.syncNow();
    await this.look();
  }

  /** A picture waits: it goes out after what people did. */
  photoAdded(): void {
    this.syncer.wakePhotos();
  }

  /** @returns what is not over yet, as stored right now (`entries` follows a moment later) */
  readEntries(): Promise<readonly OutboxEntry[]> {
    return this.database.outbox.orderBy('order').toArray();
  }

  /**
   * Signs out and deletes everything of this identity. Refuses while something is unsent, unless it may be discarded.
   * The phone is closed afterwards.
   */
  async signOut({ discardUnsent = false } = {}): Promise<
    { kind: 'signedOut' } | { kind: 'unsentWork'; count: number }
  > {
    const count = await unsentIn(this.database);
    if (count > 0 && !discardUnsent) return { kind: 'unsentWork', count };
    this.stop();
    await leave(this.environment, this.database, this.actor.value.deviceId);
    return { kind: 'signedOut' };
  }

  /**
   * Shows what a query over this database gives, now and after each change, until the returned function is called. It
   * falls silent when the connection is reopened: ask anew whenever `connection` changes, as `useLive` does.
   */
  watch<T>(query: () => Promise<T>, show: (value: T) => void): () => void {
    return this.queries.watch(query, show);
  }

  private foresight(): Foresight {
    return { registry: this.known.registry, actor: this.actor.value, offsetMs: this.offsetMs };
  }

  private async refreshSession(): Promise<void> {
    const { session, epoch } = await askSession(this.environment);
    if (session.actor.deviceId !== this.actor.value.deviceId) return;
    const streamId = this.world.newId();
    await this.database.write(everything, async (tables) => {
      await tables.meta.put(session);
      if (await hearEpoch(tables, epoch, streamId, this.world.now())) await redraw(tables, this.foresight());
    });
    this.actor.value = session.actor;
  }

  private watchDatabase(): void {
    this.stopWatching();
    this.stopWatching = this.watch(
      () => this.readings.read(() => readState(this.database)),
      (reading) => this.showReading(reading),
    );
  }

  /** Shows at once what was just written; the live query would a moment later (and will, should this reading fail). */
  private async look(): Promise<void> {
    if (this.stopped) return;
    const reading = await this.readings.read(() => readState(this.database)).catch(() => undefined);
    if (reading !== undefined) this.showReading(reading);
  }

  private showReading(reading: Reading<StoredState>): void {
    if (this.readings.isNews(reading)) this.showState(reading.value);
  }

  private showState({ entries, feed, session }: StoredState): void {
    const unsentBefore = this.status.value.unsent;
    const isFresher = feed.freshAt !== this.freshAt;
    this.offsetMs = feed.offsetMs;
    this.freshAt = feed.freshAt;
    if (session !== undefined) this.takeSession(session);
    this.entries.value = entries.map((entry) => ({ ...entry, at: entry.at + feed.offsetMs }));
    this.status.value = this.statusNow();
    this.late.look(entries);
    // Another tab may have queued it.
    if (this.status.value.unsent > unsentBefore) this.syncer.wakeSender();
    if (isFresher) void this.scopeClock.look();
  }

  private takeSession(session: SessionRecord): void {
    if (JSON.stringify(session.actor) !== JSON.stringify(this.actor.value)) this.actor.value = session.actor;
    if (JSON.stringify(session.community) !== JSON.stringify(this.community.value))
      this.community.value = session.community;
    if (session.ended === true) this.syncer.state.value = 'ended';
  }

  private watchSyncer(): void {
    this.stopSyncerWatch = watch(
      [this.syncer.online, this.syncer.busy, this.syncer.full, this.syncer.state],
      () => void (this.status.value = this.statusNow()),
      { flush: 'sync' },
    );
  }

  private statusNow(): PhoneStatus {
    return statusOf(this.entries.value, this.freshAt, this.syncer);
  }

  /** Back from the background: iOS may have cut the connection without a word. */
  private async resume(): Promise<void> {
    const asked = streamOf(this.database).then(Boolean, () => false);
    const answered = await Promise.race([asked, pause(this.world, PROBE_MS)]);
    if (this.stopped) return;
    if (answered === true) await this.scopeClock.look();
    else this.database.dexie.close({ disableAutoOpen: false });
  }

  /** Dexie opens anew with the next use; whoever watches must ask anew. */
  private reconnected(): void {
    this.world.after(0, () => {
      if (this.stopped) return;
      this.connection.value += 1;
      this.watchDatabase();
    });
  }
}
