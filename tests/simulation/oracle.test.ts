import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/domain/entity.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { openTrial } from './acts-trial.ts';
import type { Run, Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { appliedOnce, orderKept, phoneShowsItsRights, serialReplay, verdictsAgree } from './oracle.ts';
import type { PhoneRow } from './oracle.ts';
import { scopesOf } from './oracle-rights.ts';
import { readStored, rowsAgree } from './oracle-rows.ts';
import type { Stored } from './oracle-rows.ts';
import { stockAdds } from './oracle-stock.ts';

/** What people here do more often than chance would have it: each law needs something to look at. */
const OFTEN = ['notices.publish', 'notices.acknowledge', 'people.grantCare', 'errands.request', 'groupBuy.placeOrder'];

let trial: Awaited<ReturnType<typeof openTrial>>;
let stored: Stored;
let runs: readonly Run[];
const phones: { deviceId: string; rows: PhoneRow[]; scopes: ReadonlySet<string> }[] = [];

/** A history without any fault, long enough that each law has something to look at. */
beforeAll(async () => {
  trial = await openTrial(12);
  for (let i = 0; i < 420; i++) {
    if (i === 300) await trial.moveGrid();
    await trial.act();
    if (i % 12 === 0) await trial.act(OFTEN);
  }
  await trial.inStep();
  stored = await readStored(trial.db, trial.communityId);
  runs = [...trial.runs];
  for (const { story, deviceId } of trial.phones) {
    const rows = (await story.phone.database.rows.toArray()) as PhoneRow[];
    phones.push({ deviceId, rows, scopes: scopesOf(stored.rows, trial.communityId, deviceId, story.phone.now()) });
  }
});
afterAll(() => trial.close());

const laws = (found: readonly Violation[]) => [...new Set(found.map((one) => one.law))];
const replay = (of: readonly Run[] = runs) => serialReplay(registry, of, trial.communityId);
const accepted = (name: string) => runs.filter((run) => run.name === name && run.outcome === 'accepted');

/** The rows with one of them changed, or (undefined) gone. */
function withRow(rows: Rows, entity: string, id: string, change: object | undefined): Rows {
  const changed = new Map(rows.get(entity));
  if (change === undefined) changed.delete(id);
  else changed.set(id, { ...changed.get(id), ...change, id } as Row);
  return new Map([...rows, [entity, changed]]);
}

/** One row of the entity for which the test holds. */
function oneOf<R = Record<string, unknown>>(entity: string, test: (row: R) => boolean = () => true): R & Row {
  const found = [...(stored.rows.get(entity)?.values() ?? [])].find((row) => test(row as R));
  if (!found) throw new Error(`the history has no such ${entity}`);
  return found as R & Row;
}

describe('a history without faults', () => {
  it('had something to judge', () => {
    for (const entity of ['item', 'order', 'errand', 'checkIn', 'notice', 'receipt', 'grant', 'role'])
      expect(stored.rows.get(entity)!.size, entity).toBeGreaterThan(1);
    for (const entity of ['person', 'grant', 'errand', 'checkIn', 'receipt'])
      expect(oneOf<{ grid: string }>(entity, (row) => row.grid === '三格')).toBeDefined();
    expect(runs.length).toBeGreaterThan(150);
    for (const phone of phones) expect(phone.rows.length).toBeGreaterThan(20);
  });

  it('breaks no law', async () => {
    const { rows, violations } = await replay();
    expect(violations).toEqual([]);
    expect(rowsAgree(rows, stored.rows)).toEqual([]);
    expect(stockAdds(stored.rows)).toEqual([]);
    expect(appliedOnce(runs)).toEqual([]);
    expect(verdictsAgree(stored.verdicts, runs)).toEqual([]);
    expect(orderKept(trial.taps(), runs)).toEqual([]);
    for (const { rows: held, scopes } of phones)
      expect(phoneShowsItsRights(stored.rows, registry, held, scopes)).toEqual([]);
  });
});

describe('serverIsSerial finds', () => {
  it('an outcome that the rules would not give', async () => {
    const refused = runs.findIndex((run) => run.outcome === 'refused');
    const wrong = runs.map((run, i) =>
      i === refused ? { ...run, outcome: 'accepted' as const, code: undefined } : run,
    );
    const { violations } = await replay(wrong);
    expect(laws(violations)).toEqual(['serverIsSerial']);
    expect(violations[0]!.detail).toContain(runs[refused]!.id);
  });

  it('a refusal for another reason', async () => {
    const wrong = runs.map((run) => (run.outcome === 'refused' ? { ...run, code: 'expired' } : run));
    expect(laws((await replay(wrong)).violations)).toEqual(['serverIsSerial']);
  });

  it('an effect that was lost, and one that nobody asked for', async () => {
    const order = accepted('groupBuy.placeOrder').at(-1)!;
    const { rows } = await replay(runs.filter((run) => run !== order));
    expect(laws(rowsAgree(rows, stored.rows))).toEqual(['serverIsSerial']);
  });

  it('a field that differs, a row that is missing, a row too many', async () => {
    const { rows } = await replay();
    const { id } = oneOf('checkIn');
    for (const change of [{ feels: 'changed' }, undefined])
      expect(rowsAgree(rows, withRow(stored.rows, 'checkIn', id, change))).toHaveLength(1);
    expect(rowsAgree(rows, withRow(stored.rows, 'notice', 'stray', {}))[0]!.detail).toContain('stray');
  });

  it('a change deep inside a row, but not null for absent', async () => {
    const { rows } = await replay();
    const { id, history } = oneOf<{ history: readonly object[] }>('checkIn');
    expect(rowsAgree(rows, withRow(stored.rows, 'checkIn', id, { history: [...history, {}] }))).toHaveLength(1);
    expect(rowsAgree(rows, withRow(stored.rows, 'checkIn', id, { unknown: null }))).toEqual([]);
  });

  it('a copied field that did not follow', async () => {
    const { rows } = await replay();
    const { id } = oneOf<{ grid: string }>('errand', (row) => row.grid === '三格');
    expect(rowsAgree(rows, withRow(stored.rows, 'errand', id, { grid: '一格' }))).toHaveLength(1);
  });

  it('a run whose effect came in another order', async () => {
    const orders = accepted('groupBuy.placeOrder');
    const [first, last] = [runs.indexOf(orders[0]!), runs.indexOf(orders.at(-1)!)];
    const wrong = [...runs];
    [wrong[first], wrong[last]] = [runs[last]!, runs[first]!];
    const { rows, violations } = await replay(wrong);
    expect(laws([...violations, ...rowsAgree(rows, stored.rows)])).toContain('serverIsSerial');
  });
});

it('rightsOfTheMoment finds a run with rights that had ended, and one with rights never given', async () => {
  const changed = [{ roles: [{ kind: 'secretary' as const }] }, { households: ['elsewhere'] }, { grants: [] }];
  const at = runs.findIndex((run) => run.context.actor.grants.length > 0);
  for (const rights of changed) {
    const wrong = runs.map((run, i) =>
      i === at ? { ...run, context: { ...run.context, actor: { ...run.context.actor, ...rights } } } : run,
    );
    expect(laws((await replay(wrong)).violations)).toContain('rightsOfTheMoment');
  }
});

it('atMostOnce finds a mutation that was applied twice, or refused after it was applied', () => {
  const [once] = accepted('notices.acknowledge');
  expect(laws(appliedOnce([...runs, once!]))).toEqual(['atMostOnce']);
  expect(laws(appliedOnce([...runs, { ...once!, outcome: 'refused', code: 'notFound' }]))).toEqual(['atMostOnce']);
});

describe('rights finds', () => {
  const check = (rows: readonly PhoneRow[], scopes = phones[0]!.scopes) =>
    phoneShowsItsRights(stored.rows, registry, rows, scopes);

  it('a row that the phone lacks, and one that has changed since', () => {
    const { rows } = phones[0]!;
    expect(check(rows.slice(1))).toHaveLength(1);
    const changed = rows.map((one, i) => (i === 0 ? { ...one, row: { ...one.row, name: '别的' } } : one));
    expect(check(changed)).toHaveLength(1);
  });

  it('a row of another household, and one in a scope that has ended', () => {
    const { rows, scopes } = phones[0]!;
    const foreign = phones[1]!.rows.find(({ scope }) => scope.startsWith('household:'))!;
    expect(check([...rows, foreign])[0]!.detail).toContain(foreign.scope);
    const fewer = new Set([...scopes].filter((scope) => scope !== rows[0]!.scope));
    expect(laws(check(rows, fewer))).toEqual(['rights']);
  });
});

describe('verdicts finds', () => {
  it('an effect without a verdict, and a verdict without an effect', () => {
    const [{ id }] = accepted('checkIn.submit') as [Run];
    expect(verdictsAgree(stored.verdicts, [...runs.filter((run) => run.id !== id)])[0]!.detail).toContain(id);
    const fewer = stored.verdicts.filter((verdict) => verdict.id !== id);
    expect(verdictsAgree(fewer, runs)[0]!.detail).toContain(id);
  });

  it('a verdict that says something else, but not one that needs no run', () => {
    const [{ id }] = accepted('checkIn.submit') as [Run];
    const turned = stored.verdicts.map((one) => (one.id === id ? { ...one, outcome: 'refused', code: 'closed' } : one));
    expect(laws(verdictsAgree(turned, runs))).toEqual(['verdicts']);
    const malformed = { ...stored.verdicts[0]!, id: 'never run', outcome: 'refused', code: 'malformed' };
    expect(verdictsAgree([...stored.verdicts, malformed], runs)).toEqual([]);
    expect(verdictsAgree([...stored.verdicts, { ...malformed, code: 'closed' }], runs)).toHaveLength(1);
  });
});

it('order finds two acts of one phone that changed places', () => {
  const { deviceId, ids } = trial.taps().find((one) => one.ids.length > 5)!;
  const [first, ...rest] = ids;
  expect(laws(orderKept([{ deviceId, ids: [...rest, first!] }], runs))).toEqual(['order']);
  expect(orderKept([{ deviceId: 'another', ids: [...rest, first!] }], runs)).toEqual([]);
});
