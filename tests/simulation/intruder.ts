import { PROTOCOL } from '../../src/sync/wire.ts';
import type { PushAnswer, PushRequest } from '../../src/sync/wire.ts';
import { SeededChance } from './chance.ts';
import type { History } from './history.ts';
import { Life } from './life.ts';
import type { Line } from './network.ts';

/** A program that speaks the wire without being a phone: signed in with a slip of its own, and up to no good. */
export class Intruder {
  private readonly line: Line;
  private readonly life = new Life();
  private deviceId = '';
  private stream = '';
  private seq = 0;

  constructor(private readonly history: History) {
    const chance = new SeededChance(history.seed, 'intruder', () => history.scheduler.now);
    this.line = { name: 'intruder', online: true, faults: [], cookie: undefined, chance };
  }

  /** Signs in with its slip, once. @returns whether it is signed in */
  async isIn(): Promise<boolean> {
    if (this.deviceId !== '') return true;
    const code = this.history.town.code('chen');
    const answer = await this.post('/api/session/join', JSON.stringify({ code, deviceName: '不是手机' }));
    if (answer?.status !== 201) return false;
    this.deviceId = (JSON.parse(answer.body) as { deviceId: string }).deviceId;
    this.stream = this.line.chance.newId();
    this.seq = 0;
    return true;
  }

  /** Acts for a household that is not its own. @returns what is wrong with the answer, if anything is */
  async forgesHousehold(): Promise<string | undefined> {
    const { households, persons } = this.history.town;
    const answer = await this.push([
      this.mutation('checkIn.submit', {
        householdId: households.wang,
        day: '2026-11-22',
        slot: 'morning',
        entries: [{ personId: persons['wang'], feels: 'unwell' }],
      }),
    ]);
    return this.refusedAs(answer, ['notAllowed']);
  }

  /** Sends what another device has sent, word for word. */
  async replays(): Promise<string | undefined> {
    const body = this.strangersPush();
    if (body === undefined) return undefined;
    const response = await this.post('/api/push', body);
    return response === undefined || response.status === 409 ? undefined : `a replay was answered ${response.status}`;
  }

  /** Leaves out numbers of its stream. */
  async leavesAGap(): Promise<string | undefined> {
    const [seq, act] = [this.seq, this.mutation('notices.acknowledge', this.knowsNotice())];
    this.seq = seq;
    const response = await this.post('/api/push', JSON.stringify(this.envelope([{ ...act, seq: act.seq + 5 }])));
    return response === undefined || response.status === 409 ? undefined : `a gap was answered ${response.status}`;
  }

  /** Takes the id of another's mutation for one of its own. */
  async reusesAnId(): Promise<string | undefined> {
    const body = this.strangersPush();
    if (body === undefined) return undefined;
    const { id } = (JSON.parse(body) as PushRequest).mutations[0]!;
    // What was lost on its way is not known: then the id is simply new.
    const isKnown = this.history.server.book.runs.some(
      (run) => run.id === id && run.context.actor.deviceId !== this.deviceId,
    );
    const answer = await this.push([{ ...this.mutation('people.setPresence', this.leaves()), id }]);
    return isKnown ? this.refusedAs(answer, ['idReused']) : undefined;
  }

  private knowsNotice() {
    const { communityId, households } = this.history.town;
    return { noticeId: `${communityId}-notice`, householdId: households.chen };
  }

  private leaves() {
    return { personId: this.history.town.persons['chen'], presence: 'away', until: '2026-12-24' };
  }

  private refusedAs(answer: PushAnswer | undefined, codes: readonly string[]): string | undefined {
    if (answer === undefined) return undefined;
    const verdict = answer.verdicts[0];
    if (verdict?.outcome === 'refused' && codes.includes(verdict.code ?? '')) return undefined;
    return `it was answered ${JSON.stringify(verdict)}, not ${codes.join(' or ')}`;
  }

  private strangersPush(): string | undefined {
    const { pushes } = this.history.laws;
    return [...pushes].reverse().find((body) => {
      const { deviceId, mutations } = JSON.parse(body) as PushRequest;
      return deviceId !== this.deviceId && mutations.length > 0;
    });
  }

  private mutation(name: string, args: unknown) {
    const { scheduler } = this.history;
    return { seq: ++this.seq, id: this.line.chance.newId(), name, args, at: Math.floor(scheduler.now) };
  }

  private envelope(mutations: readonly object[]) {
    const { deviceId, stream } = this;
    return { protocol: PROTOCOL, deviceId, stream, sentAt: Math.floor(this.history.scheduler.now), mutations };
  }

  private async push(mutations: readonly object[]): Promise<PushAnswer | undefined> {
    const response = await this.post('/api/push', JSON.stringify(this.envelope(mutations)));
    if (response?.status === 200) return JSON.parse(response.body) as PushAnswer;
    // Whatever it was, the stream is begun anew.
    this.stream = this.line.chance.newId();
    this.seq = 0;
    return undefined;
  }

  private async post(path: string, body: string): Promise<{ status: number; body: string } | undefined> {
    const init = {
      method: 'POST',
      body,
      headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json' },
    };
    const { scheduler, network } = this.history;
    const asked = network
      .fetch(this.line, this.life, `http://localhost${path}`, init)
      .then(async (response) => ({ status: response.status, body: await response.text() }))
      .catch(() => undefined);
    const answer = await scheduler.until(asked, 30_000);
    return answer?.status === 401 || answer?.status === 503 ? undefined : answer;
  }
}
