import { spokenClock, spokenDay, spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { TrailStep } from '../../../client/ui/trail-step.ts';
import { dayOf } from '../../../domain/day.ts';
import { yuan } from '../../../domain/money.ts';
import { stepsOf } from '../way.ts';
import type { WayPoint } from '../way.ts';
import type { Errand, PacketItem } from '../schema.ts';

const { t } = useTexts();

/** `医保卡、现金` */
export function packetWords(packet: readonly PacketItem[]): string {
  return packet.map((item) => t(`errands.packet.${item}`)).join(t('errands.join'));
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
