import type { Row } from '../../domain/entity.ts';
import type { Outcome, PullEnd, PullLine, PushRequest, Verdict } from '../../sync/wire.ts';

/** Answers as the wire says, from a script: for what a real server does only on a bad day. The stories use the real one. */
export class ScriptedServer {
  epoch = 'e1';
  now = 1_760_000_000_000;
  /** The pull's lines before its last one, taken once. */
  lines: PullLine[] = [];
  until: Record<string, number> = {};
  /** What to say to a mutation; accepted where nothing. */
  verdicts = new Map<string, Partial<Verdict> & { outcome: Outcome }>();
  /** Answers in the place of the server, taken once each, by path. */
  instead: { path: string; answer: () => Response | Promise<Response> }[] = [];
  readonly pushes: PushRequest[] = [];
  readonly paths: string[] = [];
  /** Pictures, by id: what was sent, and what may be asked for. */
  readonly photos = new Map<string, ArrayBuffer>();
  stream = '';
  lastSeq = 0;
  /** Set to say, once, another `lastSeq` in a pull than the true one. */
  pulledSeq: number | undefined;

  readonly handle = async (url: string, init: RequestInit): Promise<Response> => {
    const path = new URL(url).pathname;
    this.paths.push(`${init.method} ${path}`);
    const at = this.instead.findIndex((one) => one.path === path);
    if (at >= 0) return this.instead.splice(at, 1)[0]!.answer();
    if (path.startsWith('/api/photos/'))
      return this.photo(path.split('/').at(-1)!, init.body as ArrayBuffer | undefined);
    const body = init.body === undefined ? undefined : JSON.parse(init.body as string);
    if (path === '/api/session/join') return Response.json(this.joined, { status: 201 });
    if (path === '/api/session') return Response.json(this.session);
    if (path === '/api/push') return this.push(body as PushRequest);
    if (path === '/api/pull') return ndjson([...this.lines.splice(0), this.end()]);
    return problem(404, 'notFound');
  };

  private readonly joined = {
    deviceId: 'd1',
    community: { id: 'c1', name: '玉兰小区' },
    households: ['h1'],
    persons: [],
  };

  private get session(): unknown {
    const { deviceId, community, households } = this.joined;
    return {
      deviceId,
      community: { ...community, rehearsal: false },
      households,
      roles: [],
      grants: [],
      epoch: this.epoch,
    };
  }

  private photo(id: string, sent: ArrayBuffer | undefined): Response {
    if (sent !== undefined) this.photos.set(id, sent);
    const bytes = this.photos.get(id);
    if (bytes === undefined) return problem(404, 'notFound');
    if (sent !== undefined) return Response.json({ id }, { status: 201 });
    return new Response(bytes, { headers: { 'content-type': 'image/jpeg' } });
  }

  private push(request: PushRequest): Response {
    this.pushes.push(request);
    if (request.stream !== this.stream) [this.stream, this.lastSeq] = [request.stream, 0];
    const first = request.mutations[0]!.seq;
    if (first > this.lastSeq + 1) return problem(409, 'gap');
    const verdicts = request.mutations.map(({ seq, id }) => ({
      seq,
      id,
      outcome: 'accepted' as const,
      ...this.verdicts.get(id),
    }));
    this.lastSeq = Math.max(this.lastSeq, request.mutations.at(-1)!.seq);
    return Response.json({ epoch: this.epoch, lastSeq: this.lastSeq, verdicts });
  }

  end(): PullEnd {
    const { epoch, now, until, pulledSeq } = this;
    this.pulledSeq = undefined;
    return {
      cursor: `c${this.paths.length}`,
      done: true,
      epoch,
      at: now,
      lastSeq: pulledSeq ?? this.lastSeq,
      verdicts: [],
      until,
    };
  }
}

export function problem(status: number, type: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ type, title: type, status });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

export function ndjson(lines: readonly PullLine[], cut = false): Response {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      // In pieces that end in the middle of a line, and of a character.
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += 37)));
      else if (cut) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } });
}

export const put = (entity: string, scope: string, ...rows: Row[]): PullLine => ({ put: entity, scope, rows });
