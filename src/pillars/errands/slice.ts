import type { Entity } from '../../domain/entity.ts';
import { copied } from '../../domain/slice.ts';
import type { Slice } from '../../domain/slice.ts';
import { household } from '../../people/schema.ts';
import * as mutations from './mutations.ts';
import { errand, errandCard } from './schema.ts';
import { visibility } from './visibility.ts';

/** Medicine and other errands 买药跑腿. */
export const errands: Slice = {
  name: 'errands',
  mutations: [
    mutations.requestErrand,
    mutations.claimErrand,
    mutations.releaseErrand,
    mutations.returnIdleErrand,
    mutations.collectPacket,
    mutations.buyErrand,
    mutations.cannotBuyErrand,
    mutations.handOverErrand,
    mutations.closeErrand,
    mutations.cancelErrand,
    mutations.reopenErrand,
  ],
  visibility,
  projections: [errandCard as unknown as Entity],
  copies: [copied(household, 'grid', errand, 'householdId')],
};
