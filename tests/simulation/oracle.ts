import type { AnyMutation, Mutation } from '../../src/domain/mutation.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Row } from '../../src/domain/entity.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { Run, Violation } from './book.ts';
import { MemoryRows, MemoryTx } from './memory-tx.ts';
import type { Rows } from './memory-tx.ts';
import { staleRights } from './oracle-rights.ts';
import { differenceOf, violations } from './oracle-rows.ts';
import type { StoredVerdict } from './oracle-rows.ts';

/** Somebody who looks on while a history is run again. Rows are those of that moment, and change afterwards. */
export type Watching = (rows: Rows, run: Run) => void;

/**
 * Law `serverIsSerial`: the same mutations, one after the other over rows in memory, end as they did on the server. Law
 * `rightsOfTheMoment`: each of them was run for whom its device was right then, by the rows before it.
 * @param runs of all communities, in the order of commits, beginning with an empty community
 * @param after sees the rows after each run that was accepted, in their order
 * @returns the rows that they give, for `rowsAgree`
 */
export async function serialReplay(
  registry: Registry,
  runs: readonly Run[],
  communityId: string,
  after?: Watching,
): Promise<{ rows: Rows; violations: Violation[] }> {
  const store = new MemoryRows(registry.visibility.keys(), registry.copies);
  const details: string[] = [];
  const stale: string[] = [];
  for (const run of runs) {
    if (run.context.actor.communityId !== communityId) continue;
    stale.push(...[staleRights(store.rows, run)].filter((each) => each !== undefined));
    const said = wordOf(run.outcome, run.code);
    const ends = await runAgain(store, registry.mutations.get(run.name), run);
    if (ends === 'accepted') after?.(store.rows, run);
    if (ends !== said) details.push(`${run.name} ${run.id}: ${said} on the server, ${ends} when replayed`);
  }
  const broken = [...violations('serverIsSerial', details), ...violations('rightsOfTheMoment', stale)];
  return { rows: store.rows, violations: broken };
}

async function runAgain(store: MemoryRows, known: AnyMutation | undefined, run: Run): Promise<string> {
  if (known === undefined) return 'unknown';
  const mutation = known as unknown as Mutation<unknown>;
  const tx = new MemoryTx(store);
  try {
    tx.preload(mutation.reads(run.args, run.context.actor, run.context.mutationId));
    await mutation.run(tx, run.args, run.context);
  } catch (error) {
    return error instanceof Refusal ? wordOf('refused', error.code) : `failed (${String(error)})`;
  }
  tx.commit();
  return wordOf('accepted');
}

function wordOf(outcome: string, code?: string | null): string {
  return code == null ? outcome : `${outcome} (${code})`;
}

/** Law `atMostOnce`: a mutation is accepted once at most, and not refused besides. */
export function appliedOnce(runs: readonly Run[]): Violation[] {
  const accepted = new Map<string, number>();
  for (const run of runs) if (run.outcome === 'accepted') accepted.set(run.id, (accepted.get(run.id) ?? 0) + 1);
  const refused = new Set(runs.filter((run) => run.outcome === 'refused' && accepted.has(run.id)).map(({ id }) => id));
  return violations('atMostOnce', [
    ...[...accepted].filter(([, times]) => times > 1).map(([id, times]) => `mutation ${id} was applied ${times} times`),
    ...[...refused].map((id) => `mutation ${id} was both applied and refused`),
  ]);
}

/** Refusals that the server gives without running the mutation. */
const WITHOUT_RUN: readonly string[] = ['malformed', 'unknownName', 'idReused', 'fault'];

/** Law `verdicts`: each run has its verdict in the database, and each verdict its one run. */
export function verdictsAgree(verdicts: readonly StoredVerdict[], runs: readonly Run[]): Violation[] {
  const details: string[] = [];
  const byId = new Map<string, Run[]>();
  for (const run of runs) byId.set(run.id, [...(byId.get(run.id) ?? []), run]);
  const known = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  for (const [id, { outcome, code, name }] of known) {
    const mine = byId.get(id) ?? [];
    if (mine.length === 0 && outcome === 'refused' && WITHOUT_RUN.includes(code ?? '')) continue;
    if (outcome !== 'accepted' && outcome !== 'refused') details.push(`${name} ${id}: the verdict is ${outcome}`);
    if (mine.length !== 1)
      details.push(`${name} ${id}: has a verdict (${wordOf(outcome, code)}) and ${mine.length} runs`);
  }
  for (const run of runs) {
    const said = wordOf(run.outcome, run.code);
    const verdict = known.get(run.id);
    const told = verdict ? wordOf(verdict.outcome, verdict.code) : 'missing';
    if (told !== said) details.push(`${run.name} ${run.id}: was ${said}, the verdict is ${told}`);
    else if (verdict?.name !== run.name) details.push(`${run.name} ${run.id}: the verdict is about ${verdict?.name}`);
  }
  return violations('verdicts', details);
}

/** What was tapped on a device: the ids of the mutations in the order of the taps. */
export interface Taps {
  readonly deviceId: string;
  readonly ids: readonly string[];
}

/** Law `order`: what a device did was done in the order of its taps. */
export function orderKept(taps: readonly Taps[], runs: readonly Run[]): Violation[] {
  const details: string[] = [];
  for (const { deviceId, ids } of taps) {
    const places = new Map(ids.map((id, place) => [id, place]));
    let before: { id: string; place: number } | undefined;
    for (const run of runs) {
      const place = run.context.actor.deviceId === deviceId ? places.get(run.id) : undefined;
      if (place === undefined) continue;
      if (before !== undefined && place <= before.place)
        details.push(`device ${deviceId}: ${run.name} ${run.id} was run after ${before.id}, which was tapped later`);
      before = { id: run.id, place };
    }
  }
  return violations('order', details);
}

/** A row in one scope, as a phone stores it. */
export interface PhoneRow {
  readonly entity: string;
  readonly id: string;
  readonly scope: string;
  readonly row: Row;
}

/**
 * Law `rights`: a phone that is in step holds what the server's rows show in the scopes that it holds, and nothing else.
 * @param stored the server's rows of the community
 * @param scopes what the phone holds now
 */
export function phoneShowsItsRights(
  stored: Rows,
  registry: Registry,
  phoneRows: readonly PhoneRow[],
  scopes: Iterable<string>,
): Violation[] {
  const expected = new Map<string, Row>();
  const held = new Set(scopes);
  for (const [entity, rows] of stored) {
    const rule = registry.visibility.get(entity);
    for (const row of rows.values()) {
      for (const shown of rule?.show(row) ?? []) {
        if (held.has(shown.scope)) expected.set(placeOf(shown.entity.name, shown.row.id, shown.scope), shown.row);
      }
    }
  }
  const details: string[] = [];
  for (const { entity, id, scope, row } of phoneRows) {
    const place = placeOf(entity, id, scope);
    const difference = differenceOf(expected.get(place), row);
    if (difference !== undefined) details.push(`${place}: ${difference}`);
    expected.delete(place);
  }
  for (const place of expected.keys()) details.push(`${place}: should be there and is not`);
  return violations('rights', details);
}

const placeOf = (entity: string, id: string, scope: string): string => `${entity} ${id} in ${scope}`;
