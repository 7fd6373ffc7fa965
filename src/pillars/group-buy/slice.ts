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
      names: ['groupBuy.open', 'groupBuy.placeOrder', 'groupBuy.cancelOrder', 'groupBuy.placeFor'],
      load: async () => (await import('./mutations.ts')).mutations,
    },
    {
      names: ['groupBuy.wait', 'groupBuy.leaveQueue'],
      load: async () => (await import('./waiting/mutations.ts')).waitingMutations,
    },
    {
      names: [
        'groupBuy.editDraft',
        'groupBuy.publish',
        'groupBuy.change',
        'groupBuy.changeItem',
        'groupBuy.close',
        'groupBuy.cancelRound',
        'groupBuy.markOrdered',
        'groupBuy.arrive',
        'groupBuy.substitute',
        'groupBuy.startHandingOut',
        'groupBuy.settle',
      ],
      load: async () => (await import('./round/mutations.ts')).roundMutations,
    },
    {
      names: [
        'groupBuy.takeRun',
        'groupBuy.releaseRun',
        'groupBuy.handOut',
        'groupBuy.notHandedOut',
        'groupBuy.undoHandOut',
      ],
      load: async () => (await import('./hand-out/mutations.ts')).handOutMutations,
    },
    {
      names: [
        'groupBuy.sayPaid',
        'groupBuy.receivePayment',
        'groupBuy.takeBackPayment',
        'groupBuy.refund',
        'groupBuy.decideRefund',
        'groupBuy.weigh',
        'groupBuy.addReceipt',
        'groupBuy.removeReceipt',
        'groupBuy.proposeCode',
        'groupBuy.decideCode',
        'groupBuy.setMoneyRules',
      ],
      load: async () => (await import('./money/mutations.ts')).moneyMutations,
    },
    {
      names: ['groupBuy.claim', 'groupBuy.decideClaim', 'groupBuy.forgetClaim'],
      load: async () => (await import('./claims/mutations.ts')).claimMutations,
    },
  ],
  visibility: [...visibility, ...waitingVisibility, ...handOutVisibility, ...moneyVisibility, ...claimVisibility],
  projections: [bag as unknown as Entity],
};
