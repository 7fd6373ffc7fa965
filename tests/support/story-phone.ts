import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Hono } from 'hono';
import type { Accompany } from '../../src/client/acting.ts';
import type { Environment } from '../../src/client/environment.ts';
import { openPhone } from '../../src/client/open-phone.ts';
import type { Phone } from '../../src/client/phone.ts';
import { join } from '../../src/client/join.ts';
import type { ActResult } from '../../src/client/act.ts';
import type { Row, Entity } from '../../src/domain/entity.ts';
import type { Mutation } from '../../src/domain/mutation.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { World } from '../../src/domain/world.ts';

interface App {
  request: Hono['request'];
}

/** What a phone in a story reads on its screen of one thing it did. */
export type Word = 'unsent' | 'received' | 'held' | 'refused' | 'done';

/**
 * A phone as stories use one: the real platform on a real (in-memory) IndexedDB, speaking to the real app. It sends and
 * pulls when the story says `sync`, so that a story tells what happens when.
 */
export class StoryPhone {
  /** Set by a story to lose the next reply after the server has acted on it. */
  loseNextReply = false;
  /** As that, of the next request whose path begins so. */
  loseReplyOf: string | undefined;
  private online = true;
  private cookie: string | undefined;
  private readonly environment: Environment;
  private opened: Phone | undefined;

  private constructor(
    private app: App,
    private readonly registry: Registry,
    world: World,
    private readonly accompany: readonly Accompany[],
  ) {
    this.environment = {
      world,
      indexedDB: new IDBFactory(),
      IDBKeyRange,
      baseUrl: '',
      fetch: (url, init) => this.fetch(url, init),
    };
  }

  /** @param accompany what goes along with what is done on it */
  static async join(
    app: App,
    registry: Registry,
    world: World,
    code: string,
    accompany: readonly Accompany[] = [],
  ): Promise<StoryPhone> {
    const phone = new StoryPhone(app, registry, world, accompany);
    const outcome = await join(phone.environment, code, '故事里的手机');
    if (outcome.kind !== 'joined') throw new Error(`the code was answered: ${outcome.kind}`);
    await phone.open();
    await phone.sync();
    return phone;
  }

  /** The platform itself, for what a story looks at closely. */
  get phone(): Phone {
    if (!this.opened) throw new Error('this phone is closed');
    return this.opened;
  }

  goOffline(): void {
    this.online = false;
  }

  goOnline(): void {
    this.online = true;
  }

  /** The server was started anew: this is it now. */
  reconnect(app: App): void {
    this.app = app;
  }

  /** The app is closed, as when the battery dies: nothing is flushed or said. */
  close(): void {
    this.opened?.stop();
    this.opened = undefined;
  }

  async open(): Promise<void> {
    this.opened = await openPhone({
      registry: this.registry,
      environment: this.environment,
      accompany: this.accompany,
      sync: false,
    });
    if (!this.opened) throw new Error('nobody is signed in on this phone');
  }

  /** Signs in again on the same phone, as 请重新登录 asks. */
  async joinAgain(code: string): Promise<void> {
    this.close();
    const outcome = await join(this.environment, code, '故事里的手机');
    if (outcome.kind !== 'joined') throw new Error(`the code was answered: ${outcome.kind}`);
    await this.open();
  }

  /** Sends what waits, then pulls. */
  sync(): Promise<void> {
    return this.phone.syncNow();
  }

  /** Does something and expects it to be queued. @returns the act's id */
  async does<A>(mutation: Mutation<A>, args: A): Promise<string> {
    const result = await this.tries(mutation, args);
    if (result.kind !== 'queued') throw new Error(`not queued: ${JSON.stringify(result)}`);
    return result.ids[0]!;
  }

  tries<A>(mutation: Mutation<A>, args: A): Promise<ActResult> {
    return this.phone.act(mutation, args);
  }

  /** What the phone says of something that was done on it; `done` once it has left the outbox. */
  async word(id: string): Promise<Word> {
    const entry = (await this.phone.readEntries()).find((one) => one.id === id);
    return entry?.state ?? 'done';
  }

  /** Why something was refused, as it stands on the phone. */
  async refusal(id: string): Promise<{ code?: string; details?: unknown } | undefined> {
    const entry = (await this.phone.readEntries()).find((one) => one.id === id);
    return entry?.state === 'refused' ? { code: entry.code, details: entry.details } : undefined;
  }

  sees<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined> {
    return this.phone.reader.get(entity, id);
  }

  async seesAll<R extends Row>(entity: Entity<R>): Promise<readonly R[]> {
    return this.phone.reader.all(entity);
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    if (!this.online) throw new TypeError('no network');
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined) headers.set('cookie', this.cookie);
    const response = await this.app.request(url, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0];
    const isLost = this.loseReplyOf !== undefined && url.startsWith(this.loseReplyOf);
    if (this.loseNextReply || isLost) {
      if (isLost) this.loseReplyOf = undefined;
      else this.loseNextReply = false;
      await response.arrayBuffer();
      throw new TypeError('the reply was lost');
    }
    return response;
  }
}
