import type { ChipState } from '../../../client/matter.ts';
import { spokenClock, spokenDay, spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { TrailStep } from '../../../client/ui/trail-step.ts';
import { dayOf } from '../../../domain/day.ts';
import { yuan } from '../../../domain/money.ts';
import { nextMoves, stepsOf } from '../rules.ts';
import type { WayPoint } from '../rules.ts';
import type { Errand, ErrandCard, ErrandKind, Medicine, PacketItem } from '../schema.ts';

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

/** `医保卡、现金` */
export function packetWords(packet: readonly PacketItem[]): string {
  return packet.map((item) => t(`errands.packet.${item}`)).join(t('errands.join'));
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

/** `明天要用`; nothing where any day will do. */
export function neededWords(it: { readonly neededBy?: string }, now: number): string | undefined {
  return it.neededBy && t('errands.neededBy', { day: spokenDay(it.neededBy, dayOf(now)) });
}

/** The errand's way as StepTrail draws it. */
export function trailOf(errand: Errand, word: 'unsent' | 'settled', now: number): readonly TrailStep[] {
  let shownDay = '';
  return stepsOf(errand).map((point, index): TrailStep => {
    if (point.mark === 'next' || point.at === undefined) return { text: aheadWords(errand, point), state: 'next' };
    const unsent = word === 'unsent' && index === errand.steps.length - 1;
    const day = dayOf(point.at);
    // The day is said once, as one would tell it.
    const when = day === shownDay ? spokenClock(point.at) : spokenTime(point.at, now);
    shownDay = day;
    const sub =
      point.state === 'bought' && errand.amountFen !== undefined
        ? t('errands.way.money', { time: when, yuan: yuan(errand.amountFen) })
        : when;
    return {
      text: pastWords(errand, point, index),
      sub: unsent ? `${sub} · ${t('errands.way.unsent')}` : sub,
      state: point.mark,
    };
  });
}

function pastWords(errand: Errand, point: WayPoint, index: number): string {
  const name = point.byName ?? '';
  switch (point.state) {
    case 'waiting': {
      if (index === 0) return name ? t('errands.way.asked', { name }) : t('errands.way.askedBySomeone');
      return t(errand.steps[index - 1]?.state === 'cannotBuy' ? 'errands.way.reopened' : 'errands.way.returned');
    }
    case 'claimed':
      return name ? t('errands.way.claimed', { name }) : t('errands.way.claimedBySomeone');
    case 'collected': {
      const packet = packetWords(errand.packetTaken ?? errand.packet);
      return packet ? t('errands.way.collected', { packet }) : t('errands.way.collectedNothing');
    }
    case 'bought':
      if (errand.kind === 'bill') return t('errands.way.paidNow');
      return t(point.mark === 'now' ? 'errands.way.boughtNow' : 'errands.way.bought');
    case 'cannotBuy':
      return t('errands.way.cannotBuy', { note: point.note ?? '' });
    default:
      return t(`errands.way.${point.state}`);
  }
}

function aheadWords(errand: Errand, point: WayPoint): string {
  switch (point.state) {
    case 'claimed':
      return t('errands.way.claimedNext');
    case 'collected':
      return t('errands.way.collectedNext', { packet: packetWords(errand.packet) });
    case 'bought':
      return t(errand.kind === 'bill' ? 'errands.way.paidNext' : 'errands.way.boughtNext');
    default:
      return t(`errands.way.handedOverNext.${errand.handOver}`);
  }
}
