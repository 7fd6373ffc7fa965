import type { RoundState } from '../../schema.ts';

/** A page of a round that its organiser may want: its route, and its words under `groupBuy.round.desk.link`. */
export interface DeskLink {
  readonly word: string;
  readonly name: string;
}

const link = (word: string, name: string): DeskLink => ({ word, name });
const orders = [link('list', 'group-buy-chain'), link('paste', 'group-buy-paste'), link('for', 'group-buy-for')];
const papers = [
  link('supplier', 'group-buy-supplier'),
  link('sheet', 'group-buy-sheet'),
  link('labels', 'group-buy-labels'),
];
const money = link('money', 'group-buy-money');
const closing = link('closing', 'group-buy-closing');
const after = [link('handOut', 'group-buy-hand-out'), link('claims', 'group-buy-claims')];

/** What is of use at this point of a round's life, the most wanted first. Those that are not built in are left out by the screen. */
export function deskLinks(state: RoundState): readonly DeskLink[] {
  switch (state) {
    case 'draft':
      return [];
    case 'open':
      return [...orders, money, ...papers];
    case 'closed':
    case 'ordered':
      return [...papers, link('arrival', 'group-buy-arrival'), money];
    case 'arrived':
      return [
        link('shortage', 'group-buy-arrival'),
        link('weigh', 'group-buy-weigh'),
        ...papers.slice(1),
        money,
        closing,
      ];
    case 'handingOut':
      return [
        ...after,
        money,
        link('weigh', 'group-buy-weigh'),
        link('shortage', 'group-buy-arrival'),
        ...papers.slice(1),
        closing,
      ];
    case 'settled':
      return [closing, money, ...after];
    case 'cancelled':
      return [money, closing];
  }
}
