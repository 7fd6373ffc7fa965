import { Agent, request } from 'node:http';
import { PROTOCOL, type PushAnswer } from '../../src/sync/wire.ts';
import { v7 } from 'uuid';

/** Bare HTTP over kept-alive connections, for load: less work per request than fetch. */
export class WireClients {
  private readonly agent: Agent;

  constructor(
    private readonly port: number,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async join(code: string): Promise<WireDevice> {
    const answer = await this.post('/api/session/join', { code, deviceName: '测试' });
    if (answer.status !== 201) throw new Error(`join: ${answer.status} ${answer.body}`);
    const { deviceId, households } = JSON.parse(answer.body) as { deviceId: string; households: string[] };
    return new WireDevice(this, deviceId, answer.cookie!, households[0]!);
  }

  post(path: string, body: unknown, cookie?: string): Promise<{ status: number; body: string; cookie?: string }> {
    const data = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const out = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path,
          method: 'POST',
          agent: this.agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(data),
            'x-requested-by': 'shouwang',
            ...(cookie !== undefined && { cookie }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              body: Buffer.concat(parts).toString(),
              cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
            }),
          );
        },
      );
      out.on('error', reject);
      out.end(data);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** A signed-in device that pushes one mutation after the other. */
export class WireDevice {
  private readonly stream = v7();
  private seq = 0;

  constructor(
    private readonly clients: WireClients,
    readonly deviceId: string,
    private readonly cookie: string,
    readonly householdId: string,
  ) {}

  /** The next push, to be sent once or more. */
  envelope(name: string, args: unknown) {
    return this.envelopeOf([{ name, args }]);
  }

  /** The next push, with several acts in it. */
  envelopeOf(acts: readonly { readonly name: string; readonly args: unknown }[]) {
    const now = Date.now();
    const mutations = acts.map(({ name, args }) => ({ seq: ++this.seq, id: v7(), name, args, at: now }));
    return { protocol: PROTOCOL, deviceId: this.deviceId, stream: this.stream, sentAt: now, mutations };
  }

  /** @returns the answer; undefined where the server did not give one */
  async send(body: ReturnType<WireDevice['envelope']>): Promise<PushAnswer | undefined> {
    try {
      const answer = await this.clients.post('/api/push', body, this.cookie);
      return answer.status === 200 ? (JSON.parse(answer.body) as PushAnswer) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** A roster of plain doors with one resident each, as CSV. */
export function plainRoster(doors: number): string {
  const lines = ['网格,楼栋,单元,楼层,房号,姓名,出生年,电话,特殊需要'];
  for (let i = 0; i < doors; i++) {
    const [building, rest] = [Math.floor(i / 100) + 1, i % 100];
    const floor = Math.floor(rest / 4) + 1;
    lines.push(`一格,${building}栋,1单元,${floor},${floor}0${(rest % 4) + 1},住户${i},1980,,`);
  }
  return `${lines.join('\n')}\n`;
}
