import { chmod, link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './embedded-process.ts';

/** A Node process that holds an embedded database. */
export interface Owner {
  readonly pid: number;
  /** Names this run of the process (`processIdentity`). */
  readonly run: string;
}

export type Claim =
  { readonly kind: 'owned'; release(): Promise<void> } | { readonly kind: 'taken'; readonly owner: Owner };

/**
 * Claims a folder for this process, so that two never hold one database. The lock is the file `owner-<n>.json` with the
 * highest n. A dead owner's is never removed to make room, it is overtaken by n + 1, which only one can create: of two
 * that find the same dead owner one wins.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  const run = await processIdentity(process.pid);
  const mine: Owner = { pid: process.pid, run: run ?? '' };
  const draft = join(folder, `owner-draft-${process.pid}`);
  // Linked into place complete: nobody reads half a lock.
  await writeFile(draft, JSON.stringify(mine));
  // Readable whatever the umask: root's lock must hold for the folder's user as well.
  await chmod(draft, 0o644);
  try {
    for (;;) {
      const places = await placesIn(folder);
      const last = places.at(-1) ?? 0;
      const owner = await ownerAt(folder, last);
      if (owner && (await isLiving(owner))) return { kind: 'taken', owner };
      const file = fileOf(folder, last + 1);
      if (!(await linked(draft, file))) continue;
      if ((await placesIn(folder)).at(-1) !== last + 1) {
        await rm(file, { force: true });
        continue;
      }
      await Promise.all(places.map((place) => rm(fileOf(folder, place), { force: true })));
      return { kind: 'owned', release: () => rm(file, { force: true }) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether the folder's last owner is still running; undefined where it never had one or was released. */
export async function hasLivingOwner(folder: string): Promise<boolean | undefined> {
  const owner = await ownerAt(folder, (await placesIn(folder)).at(-1) ?? 0);
  return owner && (await isLiving(owner));
}

async function isLiving(owner: Owner): Promise<boolean> {
  return (await processIdentity(owner.pid)) === owner.run;
}

async function placesIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const places = names.map((name) => Number(/^owner-(\d+)\.json$/.exec(name)?.[1] ?? 0));
  return places.filter((place) => place > 0).sort((a, b) => a - b);
}

async function ownerAt(folder: string, place: number): Promise<Owner | undefined> {
  const text = await readFile(fileOf(folder, place), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  try {
    return JSON.parse(text) as Owner;
  } catch {
    // No lock, or one that a power cut left without its content: its owner is dead.
    return undefined;
  }
}

function fileOf(folder: string, place: number): string {
  return join(folder, `owner-${place}.json`);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
