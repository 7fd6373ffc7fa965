import { computed } from 'vue';
import { spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { namesOf } from './face-marks.ts';
import type { HouseholdDay } from './household-day.ts';

/** What the screen says after a tap: the honest word, what was said and when, and who can see it. */
export function useDoneWords(day: HouseholdDay) {
  const phone = usePhone();
  const { t } = useTexts();
  const { latest, isUnsent, isAlone, actsForOthers, now, persons, home } = day;

  const isUnwell = computed(() => latest.value !== undefined && latest.value.level !== 'ok');
  const title = computed(() => t(isUnsent.value ? 'checkIn.done.unsent' : 'checkIn.done.received'));
  const whatWasSaid = computed(() => {
    const said = latest.value;
    if (!said) return '';
    const time = spokenTime(said.happenedAt, now.value);
    const names = namesOf(
      persons.value.filter((one) => day.answersOf(one.id).some((answer) => answer.happenedAt === said.happenedAt)),
    );
    if (said.level !== 'ok') return t('checkIn.done.unwellReported', { time, names });
    if (said.recovered) return t('checkIn.done.betterReported', { time, names });
    if (said.by.actingFor) {
      const isMine = said.by.deviceId === phone.actor.value.deviceId;
      const who = isMine ? t('checkIn.done.you') : (said.by.name ?? t('checkIn.somebody'));
      return t('checkIn.done.toldWell', { time, names, who });
    }
    return isAlone.value && !actsForOthers.value
      ? t('checkIn.done.youReported', { time })
      : t('checkIn.done.wellReported', { time, names });
  });
  const lines = computed(() => {
    // Of somebody unwell it is said apart who has seen it: could see is not has seen.
    if (!isUnsent.value && isUnwell.value) return [whatWasSaid.value];
    if (!isUnsent.value) return [whatWasSaid.value, t('checkIn.done.whoSees')];
    const isOnline = phone.status.value.online;
    return [t(isOnline ? 'checkIn.done.sending' : 'checkIn.done.noNetwork'), t('checkIn.done.kept')];
  });

  /** What a text message to whoever is on duty says: it goes without our network, and a finger need not type. */
  const smsBody = computed(() => {
    const self = persons.value.find((one) => one.id === phone.actor.value.personId);
    const name = self?.name ?? (isAlone.value ? persons.value[0]?.name : undefined);
    const door = home.value?.door ?? '';
    return name ? t('checkIn.done.smsBody', { door, name }) : t('checkIn.done.smsBodyDoor', { door });
  });

  return { isUnwell, title, lines, smsBody };
}
