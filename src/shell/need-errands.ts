import { computed } from 'vue';
import type { Accompany, Companion } from '../client/acting.ts';
import type { Reader } from '../client/reader.ts';
import { useTexts } from '../client/i18n/use-texts.ts';
import { useList } from '../client/use-rows.ts';
import { mayActFor } from '../domain/actor.ts';
import { household } from '../people/schema.ts';
import { checkIn, checkInId } from '../pillars/check-in/schema.ts';
import type { RetractArgs, SubmitArgs } from '../pillars/check-in/schema.ts';
import type { NeedErrands, NeedForErrand } from '../pillars/check-in/screens/need-errand.ts';
import type { RequestArgs } from '../pillars/errands/args.ts';
import { isLive } from '../pillars/errands/rules.ts';
import { errand } from '../pillars/errands/schema.ts';
import type { Errand, ErrandKind } from '../pillars/errands/schema.ts';

/** The errand that a need becomes. */
const KIND: Readonly<Record<NeedForErrand, ErrandKind>> = { medicine: 'medicine', food: 'groceries' };
const needs = Object.keys(KIND) as NeedForErrand[];

/** The household's errand of this kind that is still to be brought. */
function openOne(errands: readonly Errand[], kind: ErrandKind): Errand | undefined {
  return errands.find((it) => it.kind === kind && isLive(it) && it.state !== 'handedOver');
}

/**
 * 要买药 and 没吃的, said while reporting, ask for the errand in the same step, unless the household has one open or whoever
 * reports may not ask for it. What exactly is wanted, the volunteer asks: they ring first.
 */
export const needErrands: Accompany = async (acts, { reader, actor, now, newId }) => {
  const { t } = useTexts();
  const asked: RequestArgs[] = [];
  const takenBack: Companion[] = [];
  for (const { mutation, args } of acts) {
    if (mutation.name === 'checkIn.retract') takenBack.push(...(await cancelled(args as RetractArgs, reader)));
    if (mutation.name !== 'checkIn.submit') continue;
    const { householdId, entries } = args as SubmitArgs;
    const wanted = needs.filter((need) => entries.some((entry) => entry.needs?.includes(need)));
    const home = wanted.length === 0 ? undefined : await reader.get(household, householdId);
    if (home === undefined || !mayActFor(actor, home, 'errand', now)) continue;
    const known = await reader.list(errand, 'householdId', householdId);
    for (const need of wanted) {
      const kind = KIND[need];
      const isAsked = asked.some((one) => one.householdId === householdId && one.kind === kind);
      if (isAsked || openOne(known, kind) !== undefined) continue;
      const personId = entries.find((entry) => entry.needs?.includes(need))?.personId;
      const text = t(`shell.needs.${need}`);
      asked.push({ id: newId(), householdId, personId, kind, text, packet: [], handOver: 'callFirst' });
    }
  }
  return [...asked.map((args) => ({ name: 'errands.request', args })), ...takenBack];
};

/** Ms by which two acts of one tap may be reckoned apart: each travels in its own request, perhaps. */
const ONE_TAP_MS = 2_000;

/** An answer that is taken back takes its errand along, as long as nobody has it: it was asked for by the same tap. */
async function cancelled({ householdId, day, slot, personIds }: RetractArgs, reader: Reader): Promise<Companion[]> {
  const { t } = useTexts();
  const answers = await Promise.all(personIds.map((one) => reader.get(checkIn, checkInId(one, day, slot))));
  const errands = await reader.list(errand, 'householdId', householdId);
  const mistaken = errands.filter(
    (it) =>
      it.state === 'waiting' &&
      needs.some((need) => it.kind === KIND[need] && it.text === t(`shell.needs.${need}`)) &&
      answers.some((said) => said !== undefined && Math.abs(said.happenedAt - it.requestedAt) < ONE_TAP_MS),
  );
  return mistaken.map(({ id }) => ({ name: 'errands.cancel', args: { errandId: id } }));
}

/** Where the household's open errand for a need is, for the screens that speak of needs. */
export const useNeedErrand: NeedErrands = (householdId, need) => {
  const errands = useList(errand, 'householdId', householdId);
  return computed(() => {
    const open = openOne(errands.value ?? [], KIND[need]);
    return open && { name: 'errand', params: { id: open.id } };
  });
};
