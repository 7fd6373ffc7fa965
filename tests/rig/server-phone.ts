import { isDeepStrictEqual } from 'node:util';
import { v7 } from 'uuid';
import type { Problem, PushAnswer, Verdict } from '../../src/sync/wire.ts';
import { WireDevice, type WireClients } from '../support/wire-client.ts';

/** Something that was asked and has its end. */
export interface Told {
  readonly name: string;
  readonly args: { readonly id?: string; readonly lines?: readonly { itemId: string; quantity: number }[] };
  readonly verdict: Verdict;
}

/** A sending that ended no act: the server's no, or status 0 where nothing came back. */
export interface Failed {
  /** By `performance.now()`. */
  readonly at: number;
  readonly status: number;
  readonly type?: string;
  readonly title?: string;
}

/** A group buy that is open: of one item there is too little for all. */
export interface Round {
  readonly id: string;
  readonly scarce: string;
  readonly plenty: string;
}

/** A phone sends again after so long, and takes so long between two acts, ms at most: at random. */
const AGAIN_MS = 40;
const BETWEEN_MS = 30;

/** A phone that always has something to send, and sends it again, word for word, until it is answered. */
export class RestlessPhone {
  readonly told: Told[] = [];
  /** When each act had its end, by `performance.now()`, in order. */
  readonly ends: number[] = [];
  readonly failed: Failed[] = [];
  /** Verdicts that were another one when they were asked for again. */
  readonly contradictions: unknown[] = [];
  private isTired = false;
  private isGone = false;

  private constructor(
    private readonly clients: WireClients,
    private readonly device: WireDevice,
    readonly cookie: string,
    private readonly round: Round,
  ) {}

  /** Signs in by a slip's code. */
  static async join(clients: WireClients, code: string, round: Round): Promise<RestlessPhone> {
    const answer = await clients.post('/api/session/join', { code, deviceName: '测试' });
    if (answer.status !== 201) throw new Error(`join: ${answer.status} ${answer.body}`);
    const { deviceId, households } = JSON.parse(answer.body) as { deviceId: string; households: string[] };
    const device = new WireDevice(clients, deviceId, answer.cookie!, households[0]!);
    return new RestlessPhone(clients, device, answer.cookie!, round);
  }

  get householdId(): string {
    return this.device.householdId;
  }

  get deviceId(): string {
    return this.device.deviceId;
  }

  /** After this act nothing more. */
  rest(): void {
    this.isTired = true;
  }

  /** Ends at once, answered or not: the trial is over. */
  leave(): void {
    this.isTired = true;
    this.isGone = true;
  }

  /** Goes on until it is told to rest. @returns when the last thing sent has been answered */
  async live(): Promise<void> {
    for (let n = 0; !this.isTired; n++) {
      await this.act(n);
      await pause(Math.random() * BETWEEN_MS);
    }
  }

  /** When the act ended that was on its way at that moment; undefined as long as it has not. */
  endAfter(moment: number): number | undefined {
    const i = this.ends.findLastIndex((end) => end <= moment);
    return this.ends[i + 1];
  }

  /** Orders or amends, and every third time asks for something. */
  private async act(n: number): Promise<void> {
    const { id: groupBuyId, scarce, plenty } = this.round;
    const itemId = Math.random() < 0.5 ? scarce : plenty;
    const lines = [{ itemId, quantity: 1 + Math.floor(Math.random() * 3), ifShort: 'drop' }];
    const asks = n % 3 === 2;
    const name = asks ? 'errands.request' : 'groupBuy.placeOrder';
    const args = asks
      ? { id: v7(), householdId: this.householdId, kind: 'other', text: `换灯泡 ${n}`, handOver: 'inPerson' }
      : { groupBuyId, householdId: this.householdId, lines };
    const body = this.device.envelope(name, args);
    while (!this.isGone) {
      const verdict = (await this.send(body))?.verdicts.find((one) => one.id === body.mutations[0]?.id);
      if (verdict !== undefined) {
        this.told.push({ name, args, verdict });
        this.ends.push(performance.now());
        // Now and then the answer is as good as lost: it is asked again, and must be the same.
        if (n === 0 || Math.random() < 0.05) await this.hearAgain(body, verdict);
        return;
      }
      await pause(Math.random() * AGAIN_MS);
    }
  }

  private async hearAgain(body: ReturnType<WireDevice['envelope']>, first: Verdict): Promise<void> {
    const again = await this.send(body);
    if (again !== undefined && !isDeepStrictEqual(again.verdicts, [first])) {
      this.contradictions.push({ first, again: again.verdicts });
    }
  }

  private async send(body: ReturnType<WireDevice['envelope']>): Promise<PushAnswer | undefined> {
    try {
      const answer = await this.clients.post('/api/push', body, this.cookie);
      if (answer.status === 200) return JSON.parse(answer.body) as PushAnswer;
      const { type, title } = JSON.parse(answer.body) as Partial<Problem>;
      this.failed.push({ at: performance.now(), status: answer.status, type, title });
    } catch {
      this.failed.push({ at: performance.now(), status: 0 });
    }
    return undefined;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
