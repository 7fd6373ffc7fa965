import type { LiveListener } from '../../src/client/environment.ts';
import type { SeededChance } from './chance.ts';
import { Life } from './life.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimServer } from './sim-server.ts';

/** What the way between a phone and the server does to one exchange. */
export const NETWORK_FAULTS = [
  'requestLost',
  'replyLost',
  'duplicated',
  'reordered',
  'cutBody',
  'captivePortal',
  'tooManyRequests',
  'unavailable',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

/** One phone's line to the server. */
export interface Line {
  readonly name: string;
  online: boolean;
  /** Faults for the next exchanges, one each. */
  readonly faults: NetworkFault[];
  cookie: string | undefined;
  readonly chance: SeededChance;
}

/** What went over the network, for whoever keeps watch. */
export interface Watch {
  /** The server has produced an answer; nothing of it may say more than what is committed. */
  answered(line: Line, path: string, request: string, status: number, body: string): void;
  happened(fault: NetworkFault): void;
}

interface Exchange {
  readonly line: Line;
  readonly url: string;
  readonly init: RequestInit;
  readonly cookie: string | undefined;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const CONNECTION_LOST = 'the connection was lost';

/** The network of one history: everything takes a while, and some of it goes wrong. */
export class Network {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly server: SimServer,
    private readonly watch: Watch,
  ) {}

  /** `fetch`, as a tab of a phone has it. */
  async fetch(line: Line, life: Life, url: string, init: RequestInit): Promise<Response> {
    if (life.isOver) return new Promise(() => {});
    const gone = aborted(init.signal ?? undefined);
    const answer = this.exchange({ line, url, init, cookie: line.cookie });
    return life.whileAlive(Promise.race([answer, gone]));
  }

  /** `EventSource`, as far as the phone uses it: connects again by itself, unless it is told off. */
  openLive(line: Line, life: Life, url: string, listener: LiveListener): () => void {
    const open = new Life();
    life.onEnd(() => open.end());
    const connect = async (): Promise<void> => {
      const again = () => void this.scheduler.later(3_000, () => void (open.isOver || void connect()));
      if (!line.online || !this.server.isUp) return again();
      const { process } = this.server;
      const response = await this.request({ line, url, init: {}, cookie: line.cookie }).catch(() => undefined);
      if (open.isOver) return void response?.body?.cancel().catch(() => {});
      if (response === undefined) return again();
      if (!response.ok || response.body === null) return listener.closed();
      listener.opened();
      const reader = response.body.getReader();
      open.onEnd(() => void reader.cancel().catch(() => {}));
      process.onEnd(again);
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (done) return;
        const text = new TextDecoder().decode(value as Uint8Array);
        this.scheduler.later(this.delay(line), () => {
          if (!open.isOver && line.online && text.includes('event: changed')) listener.changed();
        });
      }
    };
    void connect();
    return () => open.end();
  }

  private async exchange(exchange: Exchange): Promise<Response> {
    const { line, url } = exchange;
    if (!line.online) throw new TypeError(CONNECTION_LOST);
    const path = new URL(url).pathname;
    const fault = line.faults.shift();
    if (fault !== undefined) this.watch.happened(fault);
    this.scheduler.trace(`${line.name} → ${path} ${fault ?? ''} ${String(exchange.init.body ?? '')}`);
    await this.pass(line, fault === 'reordered' ? 2_000 + line.chance.whole(30_000) : 0);
    if (fault === 'requestLost') throw await this.nothing(line);
    const instead = insteadOf(fault, line);
    if (instead !== undefined) return this.arrive(line, path, instead);
    if (fault === 'duplicated') {
      this.scheduler.later(line.chance.whole(5_000), () => void this.serve(exchange).catch(() => {}));
    }
    const reply = await this.serve(exchange);
    await this.pass(line);
    if (fault === 'replyLost') throw await this.nothing(line);
    return this.arrive(line, path, reply, fault === 'cutBody');
  }

  /** The server's own work on a request. Rejects where it is down, or ends before it has answered. */
  private async serve(exchange: Exchange): Promise<Reply> {
    const { line, url, init } = exchange;
    const response = await this.request(exchange);
    const life = this.server.process;
    const body = await this.orServerEnds(life, response.text());
    const { status, headers } = response;
    this.watch.answered(line, new URL(url).pathname, String(init.body ?? ''), status, body);
    return { status, headers, body };
  }

  private request({ url, init, cookie }: Exchange): Promise<Response> {
    if (!this.server.isUp) return Promise.reject(new TypeError(CONNECTION_LOST));
    const headers = new Headers(init.headers);
    if (cookie !== undefined) headers.set('cookie', cookie);
    const { signal: _, ...rest } = init;
    const asked = Promise.resolve(this.server.current.app.request(url, { ...rest, headers }));
    return this.orServerEnds(this.server.process, asked);
  }

  private orServerEnds<T>(life: Life, promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      promise.then(resolve, reject);
      life.onEnd(() => reject(new TypeError(CONNECTION_LOST)));
    });
  }

  private arrive(line: Line, path: string, reply: Reply, cut = false): Response {
    if (!line.online) throw new TypeError(CONNECTION_LOST);
    this.scheduler.trace(`${line.name} ← ${path} ${reply.status} ${cut ? 'cut ' : ''}${reply.body}`);
    for (const cookie of reply.headers.getSetCookie()) {
      line.cookie = /max-age=0/i.test(cookie) ? undefined : cookie.split(';')[0];
    }
    const { status, headers } = reply;
    const empty = status === 204 || status === 304;
    return new Response(empty ? null : inPieces(reply.body, line.chance, cut), { status, headers });
  }

  private pass(line: Line, more = 0): Promise<void> {
    return new Promise((resolve) => void this.scheduler.later(this.delay(line) + more, resolve));
  }

  private delay(line: Line): number {
    return 15 + line.chance.whole(150);
  }

  /** The phone hears nothing; some connections are reset at last, others never. */
  private nothing(line: Line): Promise<TypeError> {
    return new Promise((resolve) => {
      if (line.chance.chance(0.5)) {
        this.scheduler.later(line.chance.whole(8_000), () => resolve(new TypeError(CONNECTION_LOST)));
      }
    });
  }
}

/** What somebody in between answers in the server's place. */
function insteadOf(fault: NetworkFault | undefined, line: Line): Reply | undefined {
  const wait = { 'retry-after': String(1 + line.chance.whole(8)) };
  const page = (status: number, body: string, headers: Record<string, string>) => ({
    status,
    headers: new Headers(headers),
    body,
  });
  const html = { 'content-type': 'text/html' };
  const json = { 'content-type': 'application/problem+json' };
  switch (fault) {
    case 'captivePortal':
      return page(200, '<html><title>欢迎使用免费无线网</title>请登录</html>', html);
    case 'tooManyRequests':
      return page(429, '{"type":"tooMany","title":"太多","status":429}', { ...json, ...wait });
    case 'unavailable':
      return line.chance.chance(0.5)
        ? page(503, '{"type":"busy","title":"忙","status":503}', { ...json, ...wait })
        : page(503, '<html>503 Service Temporarily Unavailable</html>', html);
    default:
      return undefined;
  }
}

/** A body in pieces that end anywhere, also in the middle of a character; perhaps it breaks off. */
function inPieces(text: string, chance: SeededChance, cut: boolean): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const end = cut ? chance.whole(bytes.length) : bytes.length;
  const middle = chance.whole(end + 1);
  const pieces = [bytes.slice(0, middle), bytes.slice(middle, end)].filter((piece) => piece.length > 0);
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (cut) controller.error(new TypeError(CONNECTION_LOST));
      else controller.close();
    },
  });
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new DOMException('aborted', 'AbortError'));
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort);
  });
}
