import { copied } from '../../domain/slice.ts';
import { household } from '../../people/schema.ts';
import { sweptDoor } from './schema.ts';
import { visibility } from './visibility.ts';
import type { Slice } from '../../domain/slice.ts';

/** 排查: one question asked at every door until a deadline. */
export const sweeps: Slice = {
  name: 'sweep',
  mutations: [],
  later: [
    {
      names: ['sweep.start', 'sweep.answer', 'sweep.close', 'sweep.forget'],
      load: async () => (await import('./mutations.ts')).sweepMutations,
    },
  ],
  visibility,
  copies: [copied(household, 'grid', sweptDoor, 'householdId'), copied(household, 'door', sweptDoor, 'householdId')],
};
