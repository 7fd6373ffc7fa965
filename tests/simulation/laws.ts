import { watch } from 'vue';
import type { Phone } from '../../src/client/phone.ts';
import type { PushAnswer, PushRequest } from '../../src/sync/wire.ts';
import type { Violation } from './book.ts';
import type { SimDevice } from './device.ts';
import type { Line } from './network.ts';
import type { SimServer } from './sim-server.ts';

/** A word that stands in every text of another community of the same database. */
export const ELSEWHERE = '别处';

/** Keeps watch while a history runs, and writes down what must never be. */
export class Laws {
  readonly violations: Violation[] = [];
  /** Mutations that were answered with no, and perhaps forgotten since by a server that was set back. */
  readonly refused = new Set<string>();
  /** Bodies that went to the server, for who would send them again. */
  readonly pushes: string[] = [];

  constructor(private readonly server: SimServer) {}

  broken(law: string, detail: string): void {
    this.server.note(`BROKEN ${law}: ${detail}`);
    if (this.violations.length < 20) this.violations.push({ law, detail });
  }

  /** Nothing is answered that is not committed, and nothing of another community. */
  answered(line: Line, path: string, request: string, status: number, body: string): void {
    if (body.includes(ELSEWHERE) && !request.includes(ELSEWHERE)) {
      this.broken('ownCommunityOnly', `${line.name} was sent something of another community: ${path}`);
    }
    if (path !== '/api/push') return;
    this.pushes.push(request);
    if (status !== 200) return;
    const { ever } = this.server.book;
    for (const { id, outcome, code } of (JSON.parse(body) as PushAnswer).verdicts) {
      if (outcome !== 'refused' && ever.get(id) !== 'accepted') {
        this.broken('acknowledgedIsApplied', `${id} was answered ${outcome} before it was committed`);
      }
      if (outcome === 'refused') this.refused.add(id);
      if (outcome === 'refused' && !code) this.broken('oneEnd', `${id} was refused without a reason`);
    }
    const asked = JSON.parse(request) as PushRequest;
    const unknown = (JSON.parse(body) as PushAnswer).verdicts.find(
      (verdict) => !asked.mutations.some((one) => one.id === verdict.id),
    );
    if (unknown !== undefined) this.broken('oneEnd', `${unknown.id} was answered to who had not asked for it`);
  }

  /** A phone shows nothing as received or done before it was. Stops with the returned function. */
  watchPhone(device: SimDevice, phone: Phone): () => void {
    const shown = new Map<string, string>();
    const { ever } = this.server.book;
    return watch(
      phone.entries,
      (entries) => {
        const now = new Set<string>();
        for (const { id, state, code, name } of entries) {
          now.add(id);
          if ((state === 'received' || state === 'held') && ever.get(id) !== 'accepted') {
            this.broken('nothingTooEarly', `${device.name} shows ${name} ${id} as ${state}; it was never committed`);
          }
          if (state === 'refused' && code === undefined) {
            this.broken('oneEnd', `${device.name} shows ${name} ${id} as refused without a reason`);
          }
          shown.set(id, state);
        }
        for (const [id, state] of shown) {
          if (now.has(id)) continue;
          shown.delete(id);
          if (state !== 'refused' && ever.get(id) !== 'accepted') {
            this.broken('nothingTooEarly', `${device.name} shows ${id} as over; it was never committed`);
          }
        }
      },
      { flush: 'sync', immediate: true },
    );
  }
}
