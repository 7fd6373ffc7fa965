import type { Hono } from 'hono';
import type { World } from '../../src/domain/world.ts';
import type { Row } from '../../src/domain/entity.ts';
import {
  PROTOCOL,
  type Problem,
  type PullEnd,
  type PullLine,
  type PushAnswer,
  type Verdict,
} from '../../src/sync/wire.ts';

interface App {
  request: Hono['request'];
}

/** What a device asks to be done, as stories write it down. */
export interface Act {
  readonly id?: string;
  readonly seq?: number;
  readonly name: string;
  readonly args: unknown;
  readonly at?: number;
}

/** A bare client of the wire: speaks HTTP to the real app and keeps the cookie. It can also say what an honest phone never would. */
export class HttpDevice {
  stream: string;
  seq = 0;
  cursor: string | null = null;
  /** What a phone would hold: `scope|entity|id` → row. */
  readonly rows = new Map<string, Row>();

  private constructor(
    private readonly app: App,
    private readonly world: World,
    readonly deviceId: string,
    readonly cookie: string,
  ) {
    this.stream = world.newId();
  }

  static async join(app: App, world: World, code: string): Promise<HttpDevice> {
    const response = await app.request('/api/session/join', {
      method: 'POST',
      headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json' },
      body: JSON.stringify({ code, deviceName: '测试手机' }),
    });
    if (response.status !== 201) throw new Error(`join: ${response.status} ${await response.text()}`);
    const { deviceId } = (await response.json()) as { deviceId: string };
    return new HttpDevice(app, world, deviceId, response.headers.getSetCookie()[0]!.split(';')[0]!);
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.cookie);
    if (init.method && init.method !== 'GET') headers.set('x-requested-by', 'shouwang');
    if (init.body) headers.set('content-type', 'application/json');
    return Promise.resolve(this.app.request(path, { ...init, headers }));
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.request(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** The envelope of the next push: each act takes the stream's next number unless it names one. */
  envelope(acts: readonly Act[]) {
    const now = this.world.now();
    const mutations = acts.map((act) => {
      const seq = act.seq ?? ++this.seq;
      return { id: this.world.newId(), at: now, ...act, seq };
    });
    return { protocol: PROTOCOL, deviceId: this.deviceId, stream: this.stream, sentAt: now, mutations };
  }

  /** Pushes and expects an answer. */
  async push(...acts: readonly Act[]): Promise<PushAnswer> {
    const response = await this.post('/api/push', this.envelope(acts));
    if (response.status !== 200) throw new Error(`push: ${response.status} ${await response.text()}`);
    return (await response.json()) as PushAnswer;
  }

  /** Does one thing. */
  async act(name: string, args: unknown): Promise<Verdict> {
    return (await this.push({ name, args })).verdicts[0]!;
  }

  /** Pushes and expects a problem. */
  async pushProblem(body: unknown): Promise<Problem> {
    const response = await this.post('/api/push', body);
    if (response.status < 400) throw new Error(`push: ${response.status}, not a problem`);
    return (await response.json()) as Problem;
  }

  /** Pulls as a phone does, and keeps the rows. */
  async pull(): Promise<PullEnd & { dropped: readonly string[] }> {
    const response = await this.post('/api/pull', { protocol: PROTOCOL, cursor: this.cursor });
    if (response.status !== 200) throw new Error(`pull: ${response.status} ${await response.text()}`);
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PullLine);
    const dropped: string[] = [];
    for (const line of lines) {
      if ('drop' in line) {
        dropped.push(...line.drop);
        for (const key of this.rows.keys()) if (line.drop.includes(key.split('|')[0]!)) this.rows.delete(key);
      } else if ('put' in line) for (const row of line.rows) this.rows.set(`${line.scope}|${line.put}|${row.id}`, row);
      else if ('gone' in line) for (const id of line.ids) this.rows.delete(`${line.scope}|${line.gone}|${id}`);
      else this.cursor = line.cursor;
    }
    return { ...(lines.at(-1) as PullEnd), dropped };
  }

  /** The rows of an entity that this device holds, each once. */
  held<R extends Row = Row>(entity: string): R[] {
    const found = new Map<string, Row>();
    for (const [key, row] of this.rows) if (key.split('|')[1] === entity) found.set(row.id, row);
    return [...found.values()] as R[];
  }

  /** The scopes in which this device holds something. */
  scopes(): Set<string> {
    return new Set([...this.rows.keys()].map((key) => key.split('|')[0]!));
  }
}
