import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { AppEnv } from '../../src/server/app-context.ts';
import { filesRoute } from '../../src/server/routes/files.ts';
import { securityHeaders } from '../../src/server/security-headers.ts';
import type { FileHandler } from './browser-gate.ts';

const BUILT = 'dist/client';
const PAGE = 'index.html';
const WORKER = 'service-worker.js';

/**
 * The phone app as it lies on a server, and newer builds of it put in its place: every asset under another name, and with
 * it the page and the service worker's list, as after a change that all of them rest on. Served by the server's own route.
 */
export class Deployment {
  private readonly hashed: string[] = [];
  private readonly pristine = new Map<string, string>();
  private generation = 0;

  private constructor(readonly folder: string) {}

  /** Copies the build that lies here. */
  static async prepare(): Promise<Deployment> {
    const deployment = new Deployment(await mkdtemp(join(tmpdir(), 'shouwang-deployed-')));
    await cp(BUILT, deployment.folder, { recursive: true });
    await deployment.read();
    return deployment;
  }

  /** Answers for whatever is not below /api. */
  get files(): FileHandler {
    const app = new Hono<AppEnv>();
    app.use(securityHeaders);
    filesRoute(app, relative(process.cwd(), this.folder));
    return getRequestListener(app.fetch) as unknown as FileHandler;
  }

  /** The entry script of the build that is deployed now: what a page of it runs. */
  get entry(): string {
    const entry = this.hashed.find((name) => /^index-.*\.js$/.test(name));
    if (entry === undefined) throw new Error('the build has no entry');
    return renamed(entry, this.generation);
  }

  /** Puts a newer build in place. @param keepBefore whether the assets of the build before stay, as they do after one build */
  async deploy({ keepBefore }: { keepBefore: boolean }): Promise<void> {
    this.generation += 1;
    const stays = keepBefore ? [this.generation, this.generation - 1] : [this.generation];
    const kept = new Set(stays.flatMap((generation) => this.hashed.map((name) => renamed(name, generation))));
    for (const name of this.hashed) await this.put(`assets/${name}`, `assets/${renamed(name, this.generation)}`);
    const page = await this.put(PAGE, PAGE);
    await this.put(WORKER, WORKER, (text) => {
      const hash = createHash('md5').update(page).digest('hex');
      const listed = text.replace(/(\{[^{}]*)\}/g, (entry) =>
        entry.includes(`"${PAGE}"`) ? entry.replace(/[0-9a-f]{32}/, hash) : entry,
      );
      if (!listed.includes(hash)) throw new Error('the page is not in the service worker’s list');
      return listed;
    });
    for (const file of await readdir(join(this.folder, 'assets'))) {
      if (!kept.has(file.replace(/\.(?:br|gz)$/, ''))) await rm(join(this.folder, 'assets', file));
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private async read(): Promise<void> {
    const [newest = []] = JSON.parse(await readFile(join(this.folder, 'builds.json'), 'utf8')) as string[][];
    const assets = newest.filter((file) => /^assets\/.*-[\w-]{8}\.(?:js|css)$/.test(file));
    this.hashed.push(...assets.map((file) => file.slice('assets/'.length)));
    for (const file of [...assets, PAGE, WORKER]) {
      this.pristine.set(file, await readFile(join(this.folder, file), 'utf8'));
    }
  }

  /** Writes a file of this generation; what lies packed beside the one before goes. @returns its text */
  private async put(from: string, to: string, last = (text: string): string => text): Promise<string> {
    let text = this.pristine.get(from) ?? '';
    for (const name of this.hashed) text = text.replaceAll(name, renamed(name, this.generation));
    text = last(text);
    for (const ending of ['.br', '.gz']) await rm(join(this.folder, to + ending), { force: true });
    await writeFile(join(this.folder, to), text);
    return text;
  }
}

/** The asset's name in that generation: another hash of the same length. */
function renamed(name: string, generation: number): string {
  if (generation === 0) return name;
  const [, stem, ending] = /^(.*)[\w-]{3}(\.\w+)$/.exec(name) ?? [];
  return `${stem}${generation.toString(36).padStart(3, '0')}${ending}`;
}
