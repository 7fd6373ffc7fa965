import { describe, expect, it } from 'vitest';
import { community, household, person } from '../../src/people/schema.ts';
import type { Household, Person } from '../../src/people/schema.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { MemoryRows, MemoryTx } from './memory-tx.ts';

const door = { id: 'h', grid: '一格', buildingId: 'b' } as Household;
const who = { id: 'p', householdId: 'h', grid: '一格', name: '王', phone: null } as Person;

async function filled(): Promise<MemoryRows> {
  const store = new MemoryRows(registry.visibility.keys(), registry.copies);
  const tx = new MemoryTx(store);
  await tx.add(household, door);
  await tx.add(person, who);
  tx.commit();
  return store;
}

describe('rows in memory', () => {
  it('change with the commit only', async () => {
    const store = await filled();
    const dropped = new MemoryTx(store);
    await dropped.get(person, 'p');
    await dropped.remove(person, 'p');
    expect(await dropped.get(person, 'p')).toBeUndefined();
    expect(await new MemoryTx(store).get(person, 'p')).toMatchObject({ name: '王' });
  });

  it('refuse an id that is there, and take one whose row was removed', async () => {
    const tx = new MemoryTx(await filled());
    await expect(tx.add(person, who)).rejects.toMatchObject({ code: 'alreadyThere' });
    await tx.remove(person, 'p');
    await tx.add(person, who);
    expect(await tx.list(person, 'householdId', 'h')).toEqual([who]);
  });

  it('take only what was read', async () => {
    const store = await filled();
    expect(() => new MemoryTx(store).put(person, who)).toThrow('was not read');
    const tx = new MemoryTx(store);
    expect(await tx.get(person, 'nobody')).toBeUndefined();
    expect(() => tx.put(person, { ...who, id: 'nobody' })).toThrow('was not read');
    tx.preload([{ entity: person as never, id: 'p' }]);
    await tx.put(person, { ...who, name: '李' });
    expect(await tx.get(person, 'p')).toMatchObject({ name: '李' });
  });

  it('list by a declared index, in the order of ids, with the own changes', async () => {
    const tx = new MemoryTx(await filled());
    await tx.add(person, { ...who, id: 'a' });
    await tx.get(person, 'p');
    await tx.put(person, { ...who, householdId: 'elsewhere' });
    await tx.add(person, { ...who, id: 'Z' });
    expect((await tx.list(person, 'householdId', 'h')).map((row) => row.id)).toEqual(['Z', 'a']);
    expect(() => tx.list(person, 'name' as never, '王')).toThrow('no index');
    expect(() => tx.get({ name: 'errandCard', indexes: [] }, 'x')).toThrow('not stored');
  });

  it('carry copied fields over, and come back as the database gives them', async () => {
    const store = await filled();
    const tx = new MemoryTx(store);
    await tx.get(household, 'h');
    await tx.put(household, { ...door, grid: '二格' });
    tx.commit();
    expect(store.of(person.name).get('p')).toEqual({ id: 'p', householdId: 'h', grid: '二格', name: '王' });
    expect(store.of(community.name).size).toBe(0);
  });
});
