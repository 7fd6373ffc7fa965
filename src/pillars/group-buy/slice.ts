import { cancelOrder, open, placeOrder } from './mutations.ts';
import { visibility } from './visibility.ts';
import type { Slice } from '../../domain/slice.ts';

/** Group buy 团购买菜: rounds with items and stock, and the one order of each household. */
export const groupBuy: Slice = {
  name: 'group-buy',
  mutations: [open, placeOrder, cancelOrder],
  visibility,
};
