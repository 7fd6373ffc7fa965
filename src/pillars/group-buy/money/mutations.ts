import type { AnyMutation } from '../../../domain/mutation.ts';
import { decideCode, proposeCode, setMoneyRules } from './codes.ts';
import { receivePayment, sayPaid, takeBackPayment } from './payments.ts';
import { addReceipt, removeReceipt } from './receipts.ts';
import { decideRefund, payBack } from './refunds.ts';
import { weigh } from './weighing.ts';

/** Everything that can be done about a round's money. */
export const moneyMutations: readonly AnyMutation[] = [
  sayPaid,
  receivePayment,
  takeBackPayment,
  payBack,
  decideRefund,
  weigh,
  addReceipt,
  removeReceipt,
  proposeCode,
  decideCode,
  setMoneyRules,
];

export {
  addReceipt,
  decideCode,
  decideRefund,
  payBack,
  proposeCode,
  receivePayment,
  removeReceipt,
  sayPaid,
  setMoneyRules,
  takeBackPayment,
  weigh,
};
