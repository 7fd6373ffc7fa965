import { useTexts } from '../../../client/i18n/use-texts.ts';
import { yuan } from '../../../domain/money.ts';
import { groupBuy, item } from '../schema.ts';
import { refund, supplierReceipt } from './schema.ts';
import type { NextStep, WordsByName } from '../../../client/slice.ts';
import type { Reader } from '../../../client/reader.ts';
import type {
  AddReceiptArgs,
  DecideCodeArgs,
  DecideRefundArgs,
  ProposeCodeArgs,
  ReceivePaymentArgs,
  RefundArgs,
  RemoveReceiptArgs,
  SayPaidArgs,
  SetMoneyRulesArgs,
  WeighArgs,
} from './args.ts';

const { t } = useTexts();
const toMoney = (id: string) => ({ name: 'group-buy-money', params: { id } });
const toCode = { name: 'group-buy-code' };
const titleOf = async (read: Reader, id: string) => (await read.get(groupBuy, id))?.title ?? t('buyMoney.words.round');

/** What can be done about a refusal: look at the money as it is now. */
const seeMoney = ({ groupBuyId }: { groupBuyId: string }): readonly NextStep[] => [
  { label: t('buyMoney.words.toMoney'), to: toMoney(groupBuyId) },
];
const seeCode = (): readonly NextStep[] => [{ label: t('buyMoney.words.toCode'), to: toCode }];

/** How acts about money read in 我办的事. */
export const moneyWords: WordsByName = {
  'groupBuy.sayPaid': {
    describe: async ({ groupBuyId, fen }: SayPaidArgs, read) => ({
      title: t('buyMoney.words.sayPaid', { yuan: yuan(fen), title: await titleOf(read, groupBuyId) }),
      to: { name: 'group-buy', params: { id: groupBuyId } },
    }),
  },
  'groupBuy.receivePayment': {
    describe: async ({ groupBuyId, fen }: ReceivePaymentArgs, read) => ({
      title: t('buyMoney.words.receive', { yuan: yuan(fen), title: await titleOf(read, groupBuyId) }),
      to: toMoney(groupBuyId),
    }),
    nextSteps: seeMoney,
  },
  'groupBuy.takeBackPayment': { describe: () => ({ title: t('buyMoney.words.takeBack') }) },
  'groupBuy.refund': {
    describe: async ({ groupBuyId, fen }: RefundArgs, read) => ({
      title: t('buyMoney.words.refund', { yuan: yuan(fen), title: await titleOf(read, groupBuyId) }),
      to: toMoney(groupBuyId),
    }),
    nextSteps: seeMoney,
  },
  'groupBuy.decideRefund': {
    describe: async ({ refundId, approve }: DecideRefundArgs, read) => {
      const groupBuyId = (await read.get(refund, refundId))?.groupBuyId;
      const title = t(`buyMoney.words.${approve ? 'agree' : 'decline'}`);
      return groupBuyId === undefined ? { title } : { title, to: toMoney(groupBuyId) };
    },
  },
  'groupBuy.weigh': {
    describe: async ({ groupBuyId, itemId, weights }: WeighArgs, read) => ({
      title: t('buyMoney.words.weigh', {
        name: (await read.get(item, itemId))?.name ?? '',
        count: weights.length,
      }),
      to: { name: 'group-buy-weigh', params: { id: groupBuyId } },
    }),
    nextSteps: seeMoney,
  },
  'groupBuy.addReceipt': {
    describe: async ({ groupBuyId, fen }: AddReceiptArgs, read) => ({
      title: t('buyMoney.words.addReceipt', { yuan: yuan(fen), title: await titleOf(read, groupBuyId) }),
      to: toMoney(groupBuyId),
    }),
    nextSteps: seeMoney,
  },
  'groupBuy.removeReceipt': {
    describe: async ({ receiptId }: RemoveReceiptArgs, read) => {
      const groupBuyId = (await read.get(supplierReceipt, receiptId))?.groupBuyId;
      const title = t('buyMoney.words.removeReceipt');
      return groupBuyId === undefined ? { title } : { title, to: toMoney(groupBuyId) };
    },
  },
  'groupBuy.proposeCode': {
    describe: ({ payee }: ProposeCodeArgs) => ({ title: t('buyMoney.words.proposeCode', { payee }), to: toCode }),
    nextSteps: seeCode,
  },
  'groupBuy.decideCode': {
    describe: ({ confirm }: DecideCodeArgs) => ({
      title: t(`buyMoney.words.${confirm ? 'confirmCode' : 'declineCode'}`),
      to: toCode,
    }),
    nextSteps: seeCode,
  },
  'groupBuy.setMoneyRules': {
    describe: ({ refundLimitFen }: SetMoneyRulesArgs) => ({
      title: t('buyMoney.words.rules', { yuan: yuan(refundLimitFen) }),
      to: toCode,
    }),
  },
};
