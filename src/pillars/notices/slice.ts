import { copied } from '../../domain/slice.ts';
import { household } from '../../people/schema.ts';
import { receipt } from './schema.ts';
import { visibility } from './visibility.ts';
import type { Slice } from '../../domain/slice.ts';

export const notices: Slice = {
  name: 'notices',
  mutations: [],
  later: [
    {
      names: ['notices.publish', 'notices.acknowledge', 'notices.withdraw'],
      load: async () => (await import('./mutations.ts')).mutations,
    },
  ],
  visibility,
  copies: [copied(household, 'grid', receipt, 'householdId')],
};
