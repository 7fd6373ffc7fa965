import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../domain/world.ts';
import type { Log } from '../log.ts';

/** A write that was not begun, because too little room is left on the disk. `isDiskFull` knows it by its code. */
export class NoRoom extends Error {
  readonly code = 'ENOSPC';

  constructor(cause?: unknown) {
    super('磁盘快满了：在腾出地方之前不收新的事，已经收下的都在。', { cause });
    this.name = 'NoRoom';
  }
}

/** In the database's folder. */
export const reserveName = 'reserve';

const MB = 1 << 20;
/** Lies on the disk as a file until PostgreSQL itself is stopped by a full disk: then recovery and reading live on it. */
const RESERVE = 64 * MB;
/** Below so much free beside the reserve no write is begun: PostgreSQL must never meet the end of the disk, above all not in its log. */
const STOP_BELOW = 32 * MB;
/** A rush writes some 10 MB a second. */
const LOOK_MS = 500;

/**
 * Keeps watch over the room on the disk under the database. When it runs out, writes stop (`isFull`), so that PostgreSQL
 * goes on reading: it needs next to nothing for that. Where it was stopped all the same, a reserve is given free, no sooner:
 * what filled the disk would fill that too. When there is room again, writes go on by themselves and the reserve is taken again.
 */
export class DiskRoom {
  private full = false;
  private stopped = false;
  private callOff: () => void = () => undefined;
  private work = Promise.resolve();
  private readonly reserve: string;

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {
    this.reserve = join(folder, reserveName);
  }

  /** Whether writes have to wait, by the last look. */
  get isFull(): boolean {
    return this.full;
  }

  /** Looks now. Called by whoever was just told that the disk is full. */
  async look(): Promise<void> {
    // Not every system tells (a network drive): then PostgreSQL's own word has to do.
    const disk = await statfs(this.folder).catch(() => undefined);
    if (!disk || disk.blocks === 0) return;
    const free = disk.bavail * disk.bsize;
    const held = (await stat(this.reserve).catch(() => undefined))?.size ?? 0;
    if (free < STOP_BELOW) {
      if (!this.full) this.log.error(`磁盘只剩 ${Math.floor(free / MB)} MB：读照常，新的事先不收。请腾出地方。`);
      this.full = true;
    } else if (this.full && free + held >= RESERVE + 2 * STOP_BELOW) {
      // Well above the mark, so that it does not go to and fro.
      this.log.info('磁盘又有地方了，继续收。');
      this.full = false;
    }
  }

  /** Gives the reserve free where the disk is full. Called where PostgreSQL could not go on, and before it starts. */
  async give(): Promise<void> {
    await this.look();
    if (this.full) await rm(this.reserve, { force: true });
  }

  /** Looks from now on by itself and holds the reserve. For the one owner of the folder. */
  watch(world: Pick<World, 'after'>): void {
    this.work = this.look()
      .then(() => this.hold())
      .catch((error: unknown) => this.log.error('看不了磁盘还有多少地方', error))
      .then(() => {
        if (!this.stopped) this.callOff = world.after(LOOK_MS, () => this.watch(world));
      });
  }

  /** Ends the watch. The reserve stays for the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.callOff();
    await this.work;
  }

  private async hold(): Promise<void> {
    if (this.full || (await stat(this.reserve).catch(() => undefined))) return;
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize < RESERVE + 2 * STOP_BELOW) return;
    const draft = `${this.reserve}.new`;
    try {
      const file = await open(draft, 'w', 0o600);
      try {
        // By chance: file systems that pack would keep no room for zeros.
        const piece = randomBytes(MB);
        for (let written = 0; written < RESERVE && !this.stopped; written += MB) await file.write(piece);
      } finally {
        await file.close();
      }
      if (!this.stopped) await rename(draft, this.reserve);
    } finally {
      await rm(draft, { force: true });
    }
  }
}
