import { computed, shallowRef } from 'vue';
import { announce } from '../../../client/ui/announce.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useActWords } from '../../../client/i18n/act-words.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { retract, submit } from '../mutations.ts';
import { standing } from '../rules.ts';
import type { Entry, How, SubmitArgs } from '../schema.ts';
import type { HouseholdDay } from './household-day.ts';

/** What can be done about a household's day. Each is queued at once; advice from the phone's own rules is kept to show. */
export function useCheckInActs(day: HouseholdDay) {
  const phone = usePhone();
  const { t } = useTexts();
  const whyNot = useActWords();
  const isBusy = shallowRef(false);
  const lastId = shallowRef<string>();
  const advised = shallowRef<{ text: string; args?: SubmitArgs }>();

  /** @returns whether it is in the outbox */
  async function send(args: SubmitArgs, insist = false): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    advised.value = undefined;
    try {
      const result = await phone.act(submit, args, { insist });
      if (result.kind === 'queued') {
        lastId.value = result.ids[0];
        announce(t('checkIn.queued'));
        return true;
      }
      const text =
        result.kind === 'malformed'
          ? t(result.issues[0]?.message ?? 'refusals.malformed')
          : whyNot(result, submit.name);
      advised.value = result.kind === 'advice' ? { text, args } : { text };
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  async function say(entries: Entry[], how?: How): Promise<boolean> {
    const householdId = day.householdId.value;
    if (householdId === undefined || entries.length === 0) return false;
    return send({ householdId, day: day.day.value, slot: day.slot.value, entries, ...(how ? { how } : {}) });
  }

  /** A correction names the answer that it corrects. */
  function knowing(entry: Entry): Entry {
    const knew = day.knewOf(entry.personId);
    return knew === undefined ? entry : { ...entry, knew };
  }

  async function takeBack(): Promise<boolean> {
    const first = day.undoable.value[0];
    if (isBusy.value || first === undefined) return false;
    isBusy.value = true;
    advised.value = undefined;
    try {
      const { householdId, slot } = first;
      const personIds = day.undoable.value.filter((answer) => answer.slot === slot).map((answer) => answer.personId);
      const result = await phone.act(retract, { householdId, day: first.day, slot, personIds });
      const queued = result.kind === 'queued';
      if (queued) announce(t('checkIn.retracted'));
      else advised.value = { text: whyNot(result, retract.name) };
      return queued;
    } finally {
      isBusy.value = false;
    }
  }

  function stillUnwell(personId: string): Entry[] {
    const said = standing(day.answersOf(personId));
    if (said === undefined) return [];
    const { symptoms, needs, temperatureC } = said;
    const degrees = typeof temperatureC === 'number' ? { temperatureC } : {};
    const entry: Entry = { personId, feels: said.feels, symptoms: [...symptoms], needs: [...needs], ...degrees };
    return [{ ...entry, knew: said.happenedAt }];
  }

  return {
    isBusy,
    /** Id of the mutation that was queued last. */
    lastId,
    /** Why the phone thinks the server will say no; undefined while it does not. */
    advice: computed(() => advised.value?.text),
    mayInsist: computed(() => advised.value?.args !== undefined),
    insist: async () => (advised.value?.args ? send(advised.value.args, true) : false),
    /** 家里都好: answers for those at home without an answer, never for somebody reported unwell. */
    sayAllWell: (how?: How) =>
      say(
        day.open.value.map((one) => ({ personId: one.id, feels: 'well' })),
        how,
      ),
    sayUnwell: (entries: Entry[], how?: How) => say(entries.map(knowing), how),
    /** 现在好了, about one person. */
    sayBetter: (personId: string, how?: How) => say([knowing({ personId, feels: 'well', recovered: true })], how),
    /** 还是不舒服: what holds is said again, by somebody who has seen it. */
    sayStill: (personId: string, how?: How) => say(stillUnwell(personId), how),
    takeBack,
  };
}
