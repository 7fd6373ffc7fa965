import { bag } from './hand-out/schema.ts';
import { claimVisibility } from './claims/visibility.ts';
import { handOutVisibility } from './hand-out/visibility.ts';
import { moneyVisibility } from './money/visibility.ts';
import { waitingVisibility } from './waiting/visibility.ts';
import { visibility } from './visibility.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Slice } from '../../domain/slice.ts';

/** Group buy 团购买菜: rounds with items and stock, and the one order of each household. */
export const groupBuy: Slice = {
  name: 'group-buy',
  mutations: [],
  later: [
    {
      names: ['groupBuy.open', 'groupBuy.placeOrder', 'groupBuy.cancelOrder'],
      load: async () => (await import('./mutations.ts')).mutations,
    },
  ],
  visibility: [...visibility, ...waitingVisibility, ...handOutVisibility, ...moneyVisibility, ...claimVisibility],
  projections: [bag as unknown as Entity],
};
