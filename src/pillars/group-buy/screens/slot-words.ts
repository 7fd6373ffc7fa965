import { dayOf } from '../../../domain/day.ts';
import { spokenClock, spokenDay } from '../../../client/i18n/times.ts';
import type { DeliverySlot } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** `送到门口，明天 14:00 到 16:00`, `自己去拿：东门岗亭，今天 17:00 到 19:00`. */
export function slotWords(source: TextSource, slot: DeliverySlot, now: number): string {
  const when = slotWhen(source, slot, now);
  const { t } = source;
  if (slot.kind === 'delivery') return t('groupBuy.slot.delivery', { when });
  return slot.place === undefined
    ? t('groupBuy.slot.pickUp', { when })
    : t('groupBuy.slot.pickUpAt', { place: slot.place, when });
}

/** Where and when alone, beside words that say already whether it is brought: `东门岗亭，今天 17:00 到 19:00`. */
export function slotPlaceWords(source: TextSource, slot: DeliverySlot, now: number): string {
  const when = slotWhen(source, slot, now);
  return slot.kind === 'delivery' || slot.place === undefined
    ? when
    : source.t('groupBuy.slot.placeAndWhen', { place: slot.place, when });
}

function slotWhen({ t }: TextSource, slot: DeliverySlot, now: number): string {
  const today = dayOf(now);
  const day = spokenDay(dayOf(slot.from), today);
  const sameDay = dayOf(slot.from) === dayOf(slot.to);
  const to = sameDay ? spokenClock(slot.to) : `${spokenDay(dayOf(slot.to), today)} ${spokenClock(slot.to)}`;
  return t('groupBuy.slot.when', { day, from: spokenClock(slot.from), to });
}
