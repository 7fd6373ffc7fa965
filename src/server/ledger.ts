import type { Actor } from '../domain/actor.ts';
import type { Verdict } from '../sync/wire.ts';
import type { Sql } from './database/database.ts';
import type { Job, JobEnd, Pending } from './job.ts';

interface Stream {
  readonly deviceId: string;
  readonly stream: string;
  readonly generation: number;
  lastSeq: number;
  changed: boolean;
}

interface StoredVerdict extends Verdict {
  readonly deviceId: string;
  readonly argsHash: string;
}

/** Loads what is known of these jobs: the streams of their devices and the verdicts their mutations already have. */
export async function loadLedger(sql: Sql, communityId: string, jobs: readonly Job[], limit: number): Promise<Ledger> {
  const devices = jobs.flatMap((job) => (job.source.kind === 'device' ? [job.source.deviceId] : []));
  const ids = jobs.flatMap((job) => job.mutations.slice(job.done, job.done + limit).map((pending) => pending.id));
  const [streams, verdicts] = await Promise.all([
    sql.query<Omit<Stream, 'changed'>>(
      `select device_id as "deviceId", stream, generation, last_seq as "lastSeq"
       from device_stream where community_id = $1 and device_id = any($2)`,
      [communityId, devices],
    ),
    sql.query<StoredVerdict>(
      `select id, device_id as "deviceId", seq, outcome, code, details, args_hash as "argsHash"
       from verdict where community_id = $1 and id = any($2)`,
      [communityId, ids],
    ),
  ]);
  return new Ledger(communityId, streams, verdicts);
}

/**
 * What makes a mutation happen once. The verdict is found by the mutation's id and written with its effect; `(device,
 * stream, seq)` only orders: beyond a gap nothing is applied, and only a device's newest stream may grow.
 */
export class Ledger {
  private readonly streams = new Map<string, Stream>();
  private readonly newest = new Map<string, Stream>();
  private readonly verdicts = new Map<string, StoredVerdict>();
  private readonly records: Record<string, unknown>[] = [];

  constructor(
    private readonly communityId: string,
    streams: readonly Omit<Stream, 'changed'>[],
    verdicts: readonly StoredVerdict[],
  ) {
    for (const stream of streams) this.keep({ ...stream, changed: false });
    for (const verdict of verdicts) this.verdicts.set(verdict.id, verdict);
  }

  /** Why nothing (more) of this job can be applied, if so. */
  barrier(job: Job): JobEnd | undefined {
    if (job.source.kind === 'system') return undefined;
    const first = job.mutations[job.done];
    const stream = this.streamOf(job);
    if (stream && stream !== this.newest.get(job.source.deviceId)) return { kind: 'wrongStream' };
    const lastSeq = stream?.lastSeq ?? 0;
    if (first && first.seq > lastSeq + 1) return { kind: 'gap', lastSeq };
    return undefined;
  }

  /**
   * What is already settled of a mutation: its verdict, `idReused` where the id was seen with other args or from another
   * device (whose verdict is not this one's to know), `gap` where something before it is missing. Undefined: it is new and its turn has come.
   */
  known(job: Job, pending: Pending): Verdict | 'gap' | undefined {
    const before = this.verdicts.get(pending.id);
    const lastSeq = this.lastSeq(job);
    if (job.source.kind === 'device' && pending.seq > lastSeq + 1) return 'gap';
    if (before) {
      this.advance(job, pending.seq);
      if (before.argsHash !== pending.argsHash || before.deviceId !== deviceOf(job)) {
        return { seq: pending.seq, id: pending.id, outcome: 'refused', code: 'idReused' };
      }
      const { outcome, code, details } = before;
      return { seq: pending.seq, id: pending.id, outcome, ...(code && { code }), ...(details && { details }) };
    }
    // An old number with a new id: a phone that was set back. It must begin a new stream, or its order would be lost.
    if (job.source.kind === 'device' && pending.seq <= lastSeq) return 'gap';
    return undefined;
  }

  /** Whether the job stops for good at this place, because something before it is missing. */
  gapAt(job: Job, at: number): boolean {
    const next = job.mutations[at];
    return next !== undefined && job.source.kind === 'device' && this.known(job, next) === 'gap';
  }

  /** The mutations that will be run for the first time, as far as can be told before. */
  fresh(jobs: readonly Job[], limit: number): { job: Job; pending: Pending }[] {
    const fresh = jobs.flatMap((job) =>
      job.mutations.slice(job.done).flatMap((pending) => (this.verdicts.has(pending.id) ? [] : [{ job, pending }])),
    );
    return fresh.slice(0, limit);
  }

  record(job: Job, pending: Pending, actor: Actor, verdict: Verdict, body?: unknown): void {
    this.verdicts.set(pending.id, { ...verdict, argsHash: pending.argsHash, deviceId: deviceOf(job) });
    this.advance(job, pending.seq);
    this.records.push({
      community_id: this.communityId,
      id: pending.id,
      device_id: deviceOf(job),
      stream: job.source.kind === 'device' ? job.source.stream : actor.kind,
      seq: pending.seq,
      name: pending.name,
      args_hash: pending.argsHash,
      outcome: verdict.outcome,
      code: verdict.code,
      details: verdict.details,
      person_id: actor.personId,
      household_id: forWhom(pending.args),
      happened_at: pending.happenedAt,
      received_at: job.receivedAt,
      body,
    });
  }

  lastSeq(job: Job): number {
    return this.streamOf(job)?.lastSeq ?? 0;
  }

  /** Writes verdicts and streams, in the transaction that holds their effects. */
  flush(sql: Sql): Promise<unknown>[] {
    const writes: Promise<unknown>[] = [];
    if (this.records.length > 0) {
      const records = JSON.stringify(this.records);
      writes.push(
        sql.query('insert into verdict select * from json_populate_recordset(null::verdict, $1::json)', [records]),
      );
    }
    const grown = [...this.streams.values()].filter((stream) => stream.changed);
    if (grown.length > 0) {
      const records = grown.map((s) => ({
        community_id: this.communityId,
        device_id: s.deviceId,
        stream: s.stream,
        generation: s.generation,
        last_seq: s.lastSeq,
      }));
      writes.push(
        sql.query(
          `insert into device_stream select * from json_populate_recordset(null::device_stream, $1::json)
           on conflict (community_id, device_id, stream) do update set last_seq = excluded.last_seq`,
          [JSON.stringify(records)],
        ),
      );
    }
    return writes;
  }

  private advance(job: Job, seq: number): void {
    if (job.source.kind === 'system') return;
    const { deviceId, stream: name } = job.source;
    let stream = this.streamOf(job);
    if (!stream) {
      const generation = (this.newest.get(deviceId)?.generation ?? 0) + 1;
      this.keep((stream = { deviceId, stream: name, generation, lastSeq: 0, changed: true }));
    }
    if (seq > stream.lastSeq) {
      stream.lastSeq = seq;
      stream.changed = true;
    }
  }

  private keep(stream: Stream): void {
    this.streams.set(`${stream.deviceId}\n${stream.stream}`, stream);
    const newest = this.newest.get(stream.deviceId);
    if (!newest || newest.generation < stream.generation) this.newest.set(stream.deviceId, stream);
  }

  private streamOf(job: Job): Stream | undefined {
    return job.source.kind === 'device' ? this.streams.get(`${job.source.deviceId}\n${job.source.stream}`) : undefined;
  }
}

/** Who asks, as verdicts name it. */
function deviceOf({ source }: Job): string {
  return source.kind === 'device' ? source.deviceId : source.actor.deviceId;
}

/** The household that a mutation is for, where its args name one: for the record of who wrote what for whom. */
function forWhom(args: unknown): string | undefined {
  const id = args instanceof Object && 'householdId' in args ? args.householdId : undefined;
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}
