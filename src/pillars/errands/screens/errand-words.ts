import type { ChipState } from '../../../client/matter.ts';
import { spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { nextMoves } from '../rules.ts';
import type { Errand, ErrandCard, ErrandKind, Medicine } from '../schema.ts';

const { t } = useTexts();

/** What titles are made from: an errand, or the arguments of one that is not yet sent. */
export interface Asked {
  readonly kind: ErrandKind;
  readonly medicines?: readonly Medicine[];
  readonly text?: string;
}

/** `买药：苯磺酸氨氯地平 2 盒`, `取快递：门口快递柜` */
export function titleOf(asked: Asked): string {
  const kind = t(`errands.kinds.${asked.kind}`);
  const boxes = (asked.medicines ?? []).map(({ name, quantity }) => t('errands.boxes', { name, count: quantity }));
  const what = boxes.length > 0 ? boxes.join(t('errands.join')) : asked.text;
  return what === undefined ? kind : t('errands.titled', { kind, what });
}

/** `3栋 · 买药`: all that a card may say. */
export function cardTitle(card: Pick<ErrandCard, 'buildingName' | 'kind'>): string {
  return t('errands.words.inBuilding', { building: card.buildingName, kind: t(`errands.kinds.${card.kind}`) });
}

/** The state as a chip: the thing's own word, in shape and colour. The claimer reads what comes next. */
export function chipOf(
  errand: Errand,
  word: 'unsent' | 'settled',
  forClaimer = false,
): { state: ChipState; text?: string } {
  if (word === 'unsent') return { state: 'unsent' };
  if (forClaimer) return { state: chipStates[errand.state], text: todoWords(errand) };
  return { state: chipStates[errand.state], text: stateWords(errand) };
}

/** `等人接`, `何晓敏接了`, `在路上` */
export function stateWords(errand: Errand): string {
  if (errand.state === 'claimed') {
    return errand.claimedByName
      ? t('errands.chip.claimed', { name: errand.claimedByName })
      : t('errands.chip.someoneClaimed');
  }
  return t(`errands.chip.${errand.state}`);
}

/** What the claimer does next: `去取东西`, `去买`, `去交`. */
function todoWords(errand: Errand): string {
  if (errand.state === 'cannotBuy') return t('errands.todo.cannotBuy');
  return t(`errands.todo.${nextMoves(errand)[0] ?? 'closed'}`);
}

const chipStates: Readonly<Record<Errand['state'], ChipState>> = {
  waiting: 'received',
  claimed: 'way',
  collected: 'way',
  bought: 'way',
  handedOver: 'done',
  closed: 'done',
  cannotBuy: 'watch',
  cancelled: 'plain',
};

/** The small line under the title: who or why, and when. */
export function subOf(errand: Errand, word: 'unsent' | 'settled', now: number): string {
  const last = errand.steps.at(-1);
  const time = spokenTime(last?.at ?? errand.requestedAt, now);
  if (word === 'unsent') return t('errands.sub.unsent', { time });
  if (errand.state === 'waiting') return t('errands.sub.waiting', { time });
  if (errand.state === 'cannotBuy' && errand.reason) return errand.reason;
  return errand.claimedByName ? t('errands.sub.by', { name: errand.claimedByName, time }) : time;
}
