import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PIECE = Buffer.alloc(1 << 20, 1);

/** A small volume of its own, that can be filled to the last byte and emptied again. */
export class SmallVolume {
  private constructor(readonly folder: string) {}

  /** Mounts it at a folder, which is made. @throws where this machine does not let us */
  static async mount(folder: string, megabytes: number): Promise<SmallVolume> {
    await mkdir(folder, { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder]);
    return new SmallVolume(folder);
  }

  /** Whether this machine lets us: root on Linux, as a rule, and not in every container. */
  static async isPossible(): Promise<boolean> {
    const folder = await mkdtemp(join(tmpdir(), 'shouwang-volume-'));
    try {
      await (await SmallVolume.mount(folder, 1)).unmount();
      return true;
    } catch {
      return false;
    } finally {
      await rmdir(folder);
    }
  }

  /** Writes until nothing more fits. @returns bytes that were free before */
  async fill(): Promise<number> {
    const file = await open(this.filler, 'a');
    let written = 0;
    try {
      for (let piece = PIECE; piece.length > 0;) {
        try {
          written += (await file.write(piece)).bytesWritten;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          // A full megabyte does not fit; perhaps a page does.
          piece = piece.subarray(0, piece.length >> 4);
        }
      }
    } finally {
      await file.close();
    }
    return written;
  }

  /** Gives free what `fill` took. */
  async empty(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', [this.folder]);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}
