import type { Actor } from '../domain/actor.ts';
import { pause } from '../domain/world.ts';
import type { World } from '../domain/world.ts';
import { plainArgs, plainCopy } from './act.ts';
import type { Act, ActResult, PlainAct } from './act.ts';
import type { KnownMutations } from './known-mutations.ts';
import type { LocalDatabase } from './local/database.ts';
import { append } from './local/outbox.ts';
import type { Foresight } from './local/replay.ts';
import { isFull } from './local/room.ts';
import type { Reader } from './reader.ts';

/** Something that goes along with what a person does, by the name of its mutation: that need not be loaded yet. */
export interface Companion {
  readonly name: string;
  readonly args: unknown;
}

/**
 * Says what goes along with acts, such as the day's sign of life, or the errand that a need becomes. It is queued in the
 * same transaction as they are. What this phone's own rules refuse of it is left out, and never stops the acts themselves.
 */
export type Accompany = (
  acts: readonly Act[],
  context: {
    readonly reader: Reader;
    readonly actor: Actor;
    /** Epoch ms, by the server's clock as the phone reckons it. */
    readonly now: number;
    /** A fresh UUIDv7. */
    readonly newId: () => string;
  },
) => Promise<readonly Companion[]>;

/** Ms for which an act waits for what goes along with it. */
const PATIENCE_MS = 1_000;

/** Takes what a person does to the outbox, with all that goes along with it. */
export class Acting {
  constructor(
    private readonly database: LocalDatabase,
    private readonly world: World,
    private readonly reader: Reader,
    private readonly known: KnownMutations,
    private readonly accompany: readonly Accompany[],
    private readonly foresight: () => Foresight,
  ) {}

  /** Queues the acts and shows their effect: all of them, or none. `insist` queues what the phone's own rows refuse. */
  async do(acts: readonly Act[], insist: boolean): Promise<ActResult> {
    const at = this.world.now();
    const plain: PlainAct[] = [];
    for (const one of acts) {
      const checked = plainArgs(one);
      if ('issues' in checked) return { kind: 'malformed', issues: checked.issues };
      this.known.take(one.mutation);
      plain.push({ id: this.world.newId(), name: one.mutation.name, args: checked.args, at });
    }
    const companions = this.accompany.length === 0 ? [] : await this.companionsOf(acts, at);
    try {
      return await append(this.database, this.foresight(), plain, { insist, companions });
    } catch (error) {
      if (isFull(error)) return { kind: 'full' };
      throw error;
    }
  }

  private async companionsOf(acts: readonly Act[], at: number): Promise<readonly PlainAct[]> {
    const { actor, offsetMs } = this.foresight();
    const context = { reader: this.reader, actor, now: at + offsetMs, newId: () => this.world.newId() };
    // What stumbles, or waits for ever, must not keep a person from saying how they are.
    const asked = this.accompany.map((one) => one(acts, context).catch(() => []));
    const nothing = pause(this.world, PATIENCE_MS).then((): readonly Companion[] => []);
    const given = (await Promise.all(asked.map((one) => Promise.race([one, nothing])))).flat();
    await Promise.race([this.known.load(given.map(({ name }) => name)), pause(this.world, PATIENCE_MS)]);
    return given.map(({ name, args }) => ({ id: this.world.newId(), name, args: plainCopy(args), at }));
  }
}
