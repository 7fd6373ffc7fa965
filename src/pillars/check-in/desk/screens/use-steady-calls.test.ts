import { describe, expect, it } from 'vitest';
import { shallowRef } from 'vue';
import type { DoorCall } from '../schema.ts';
import { useSteadyCalls } from './use-steady-calls.ts';

const door = (householdId: string, state: DoorCall['state'] = 'missing'): DoorCall => ({
  householdId,
  door: householdId,
  state,
  reasons: [],
  attempts: [],
  followUps: [],
  persons: [],
});

describe('the list of calls', () => {
  it('holds still while somebody works on a door, and shows what is new of each', () => {
    const calls = shallowRef([door('a'), door('b'), door('c')]);
    const { shown, work } = useSteadyCalls(
      () => calls.value,
      () => 2,
    );
    const ids = () => shown.value.map((one) => one.householdId);
    expect(ids()).toEqual(['a', 'b']);
    work('a', true);
    calls.value = [door('b', 'alert'), door('c'), door('a')];
    expect(ids()).toEqual(['a', 'b']);
    expect(shown.value[1]?.state).toBe('alert');
    calls.value = [door('c')];
    expect(ids()).toEqual(['a', 'b']);
    work('b', true);
    work('a', false);
    expect(ids()).toEqual(['a', 'b']);
    work('b', false);
    expect(ids()).toEqual(['c']);
  });
});
