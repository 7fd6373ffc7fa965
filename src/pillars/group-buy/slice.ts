import { visibility } from './visibility.ts';
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
  visibility,
};
