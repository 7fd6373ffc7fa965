import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushRequest } from '../../src/sync/wire.ts';

/**
 * What becomes of a push at the gate. `pass`: it goes on. `cut`: the connection breaks before the server hears of it.
 * `hold`: it waits before the server. `mute`: the server hears it, its answer waits.
 */
export type PushRule = 'pass' | 'cut' | 'hold' | 'mute';

/** A push as it came by. */
export interface Push {
  /** Ids of its mutations. */
  readonly ids: readonly string[];
  readonly stream: string;
  readonly rule: PushRule;
  /** Whether its page was gone before it was answered. */
  isForsaken: boolean;
  /** Whether the server has answered it. */
  isApplied: boolean;
}

/** A push that waits at the gate, before the server or on its way back. */
interface Waiting {
  readonly push: Push;
  /** Lets it go on its way; one whose page is gone still reaches the server where it had not. */
  go(): Promise<void>;
  /** As the network loses it. */
  lose(): void;
}

/** Serves files in place of the server's own: whatever is not below /api. */
export type FileHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The network between phones and the server: a real one, in which pushes can be cut, held back and counted. */
export class Gate {
  rule: PushRule = 'pass';
  readonly pushes: Push[] = [];
  files: FileHandler | undefined;
  private waiting: Waiting[] = [];
  private readonly server = createServer((incoming, answer) => void this.take(incoming, answer));

  private constructor() {}

  static async open(): Promise<Gate> {
    const gate = new Gate();
    gate.server.listen(0, '127.0.0.1');
    await once(gate.server, 'listening');
    return gate;
  }

  /** Where the server behind it listens. */
  targetPort = 0;

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Pushes that wait. */
  get held(): readonly Push[] {
    return this.waiting.map(({ push }) => push);
  }

  /** From now on pushes pass, and what waits goes on its way. */
  async release(): Promise<void> {
    this.rule = 'pass';
    const waiting = this.waiting;
    this.waiting = [];
    for (const one of waiting) await one.go();
  }

  /** From now on pushes pass; what waits is lost on the way. */
  lose(): void {
    this.rule = 'pass';
    for (const one of this.waiting.splice(0)) one.lose();
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async take(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const isPush = incoming.method === 'POST' && incoming.url === '/api/push';
    try {
      if (isPush) await this.takePush(incoming, answer);
      else if (this.files !== undefined && incoming.url?.startsWith('/api/') !== true)
        await this.files(incoming, answer);
      else this.pipe(incoming, answer);
    } catch {
      answer.destroy();
    }
  }

  private async takePush(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const { mutations, stream } = JSON.parse(body.toString()) as PushRequest;
    const { rule } = this;
    const push: Push = { ids: mutations.map(({ id }) => id), stream, rule, isForsaken: false, isApplied: false };
    this.pushes.push(push);
    answer.once('close', () => (push.isForsaken = !answer.writableFinished));
    const pass = async (): Promise<Heard> => {
      const heard = await this.ask(incoming, body);
      push.isApplied = heard.status === 200;
      return heard;
    };
    const lose = (): void => void answer.destroy();
    if (rule === 'cut') lose();
    else if (rule === 'hold')
      this.waiting.push({ push, lose, go: async () => give(answer, await pass().catch(() => undefined)) });
    else {
      const heard = await pass();
      if (rule === 'mute') this.waiting.push({ push, lose, go: () => Promise.resolve(give(answer, heard)) });
      else give(answer, heard);
    }
  }

  private async ask(incoming: IncomingMessage, body: Buffer): Promise<Heard> {
    const out = request({ ...this.to(incoming), agent: false });
    out.end(body);
    const [response] = (await once(out, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 502, headers: response.headers, body: await readAll(response) };
  }

  private pipe(incoming: IncomingMessage, answer: ServerResponse): void {
    const out = request({ ...this.to(incoming), agent: false });
    out.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    out.on('error', () => answer.destroy());
    answer.once('close', () => out.destroy());
    incoming.pipe(out);
  }

  private to({ method, url, headers }: IncomingMessage) {
    return { host: '127.0.0.1', port: this.targetPort, method, path: url, headers };
  }
}

interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function give(answer: ServerResponse, heard: Heard | undefined): void {
  if (heard === undefined || answer.destroyed) answer.destroy();
  else answer.writeHead(heard.status, heard.headers).end(heard.body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
