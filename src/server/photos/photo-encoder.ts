import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../../domain/world.ts';

/** A picture as it is stored. */
export interface EncodedPhoto {
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** What goes to the process, and what comes back: without a photo, it could not be unpacked. */
export interface EncoderOrder {
  readonly bytes: Uint8Array;
}
export interface EncoderAnswer {
  readonly photo?: EncodedPhoto;
}

/** `unreadable`: no picture that can be unpacked. `broke`: the process died over it, or took too long. */
export type Encoded =
  | { readonly kind: 'encoded'; readonly photo: EncodedPhoto }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'broke' };

/** Ms that a picture may take. One of 24 MP takes about a second on a machine of the kind that we run on. */
const TIMEOUT_MS = 20_000;
/** Ms after which a process that nothing was asked of ends: it holds some 80 MB. */
const IDLE_MS = 60_000;
/** Bytes of memory that it may take. A picture of 24 MP, interlaced and of 16 bits, takes 330 MB, all told. */
const MOST_MEMORY = 512 * 1024 * 1024;
/** All of the server's surroundings that the process gets: no password of the database. */
const HANDED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot'];

/**
 * Packs pictures anew, one at a time, in a process of its own that has a limit of time and of memory: a picture that blows
 * up takes that process along and nothing else. It starts with the first picture.
 */
export class PhotoEncoder {
  private child: ChildProcess | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private callOffEnd: () => void = () => undefined;

  constructor(
    private readonly world: Pick<World, 'after'>,
    private readonly mostMemory = MOST_MEMORY,
  ) {}

  encode(bytes: Uint8Array): Promise<Encoded> {
    const encoded = this.last.then(() => this.encodeNow(bytes));
    this.last = encoded.catch(() => undefined);
    return encoded;
  }

  private async encodeNow(bytes: Uint8Array): Promise<Encoded> {
    this.callOffEnd();
    if (this.child?.connected !== true) this.child = startWorker(this.mostMemory);
    const answer = await ask(this.child, { bytes }, this.world);
    if (answer === undefined) {
      this.end();
      return { kind: 'broke' };
    }
    this.callOffEnd = this.world.after(IDLE_MS, () => this.end());
    return answer.photo === undefined ? { kind: 'unreadable' } : { kind: 'encoded', photo: answer.photo };
  }

  private end(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

/** @returns the process's answer; undefined where it gave none in time, or ended */
function ask(
  child: ChildProcess,
  order: EncoderOrder,
  world: Pick<World, 'after'>,
): Promise<EncoderAnswer | undefined> {
  return new Promise((resolve) => {
    const callOff = world.after(TIMEOUT_MS, () => end(undefined));
    const answered = (answer: unknown): void => end(answer as EncoderAnswer);
    const over = (): void => end(undefined);
    function end(answer: EncoderAnswer | undefined): void {
      callOff();
      child.off('message', answered).off('exit', over).off('error', over);
      resolve(answer);
    }
    child.on('message', answered).on('exit', over).on('error', over);
    child.send(order, (error) => error !== null && over());
  });
}

function startWorker(mostMemory: number): ChildProcess {
  const file = workerFile();
  const env = Object.fromEntries(HANDED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const child = fork(file, [String(mostMemory)], {
    // From the sources, as in a test, it is TypeScript.
    execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // Whoever waits for an answer listens too; without a listener an error would end the server.
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

/** Beside this file; in the build beside the server, of which this file has become a part. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, 'photo-worker.ts'), join(here, 'photo-worker.js'), join(here, '..', 'photo-worker.js')];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error('photo-worker is missing: build the server again');
  return found;
}
