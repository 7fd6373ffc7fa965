import type { Entity } from '../../domain/entity.ts';
import { copied } from '../../domain/slice.ts';
import type { Slice } from '../../domain/slice.ts';
import { household } from '../../people/schema.ts';
import { errand, errandCard } from './schema.ts';
import { visibility } from './visibility.ts';

/** Medicine and other errands 买药跑腿. */
export const errands: Slice = {
  name: 'errands',
  mutations: [],
  later: [
    {
      names: [
        'errands.request',
        'errands.claim',
        'errands.release',
        'errands.returnIdle',
        'errands.collectPacket',
        'errands.buy',
        'errands.cannotBuy',
        'errands.handOver',
        'errands.close',
        'errands.cancel',
        'errands.reopen',
      ],
      load: async () => (await import('./mutations.ts')).mutations,
    },
  ],
  visibility,
  projections: [errandCard as unknown as Entity],
  copies: [copied(household, 'grid', errand, 'householdId')],
};
