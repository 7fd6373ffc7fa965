import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = 'dist/server/main.server.js';
/** As `npm start` has it: what one request makes and drops should not outlive the young generation. */
const NODE_FLAGS = ['--max-semi-space-size=32'];

/** The built server as a process of its own on its own data folder: what `npm start` runs. Build first (`ensureBuilt`). */
export class RealServer {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly dataFolder: string,
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param env settings beyond the folder and the port, such as NODE_ENV */
  static async prepare(env: Readonly<Record<string, string>> = {}): Promise<RealServer> {
    const folder = await mkdtemp(join(tmpdir(), 'shouwang-real-'));
    // Open for the database's user, where this runs as root.
    await chmod(folder, 0o711);
    return new RealServer(folder, await freePort(), env);
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Starts it. @returns ms until it was healthy */
  async start(): Promise<number> {
    const began = performance.now();
    const child = this.spawn(['serve']);
    this.child = child;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended by itself:\n${this.output}`);
      const healthy = await fetch(`${this.url}/api/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (healthy) return performance.now() - began;
      if (performance.now() - began > 90_000) throw new Error(`the server did not start:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** As the power goes for Node alone; the database is left to itself. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** As Ctrl-C. @returns the exit code */
  async stop(): Promise<number | null> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    child.kill('SIGINT');
    await once(child, 'exit');
    return child.exitCode;
  }

  /** Runs one of the server's commands to its end. @returns what it printed */
  async command(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
    const before = this.output.length;
    const child = this.spawn(args);
    await once(child, 'close');
    return { code: child.exitCode, output: this.output.slice(before) };
  }

  /** Opens a community from a roster. @returns a sign-in code for each inhabited door, and the grid worker's */
  async openCommunity(roster: string, name: string): Promise<{ codes: string[]; gridWorker: string; output: string }> {
    const file = join(this.dataFolder, 'roster.csv');
    await writeFile(file, roster);
    const { code, output } = await this.command('open', file, '--name', name);
    if (code !== 0) throw new Error(output);
    const page = await readFile(join(this.dataFolder, `slips-${name}.html`), 'utf8');
    const codes = [...page.matchAll(/\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/g)].map((match) => match[1]!);
    const gridWorker = /\/in#([2-9A-Z]{4}-[2-9A-Z]{4})/.exec(output)?.[1];
    if (gridWorker === undefined) throw new Error(`no grid worker's link in:\n${output}`);
    return { codes: [...new Set(codes)], gridWorker, output };
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  private spawn(args: readonly string[]): ChildProcess {
    const settings = {
      PORT: String(this.port),
      SHOUWANG_DATA: this.dataFolder,
      DATABASE_URL: '',
      SHOUWANG_URL: this.url,
    };
    const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...args], {
      env: { ...process.env, ...settings, ...this.env },
    });
    child.stdout.on('data', (data: Buffer) => (this.output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (this.output += data.toString()));
    return child;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
