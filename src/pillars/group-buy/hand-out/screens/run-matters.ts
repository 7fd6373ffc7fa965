import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { touchKey } from '../../../../client/outbox-entry.ts';
import { useAll } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { handOutRun } from '../schema.ts';
import type { GroupBuy } from '../../schema.ts';
import type { HandOutRun } from '../schema.ts';
import type { Matter } from '../../../../client/matter.ts';

/** The stairways that one carries, and where somebody is wanted to: only who may carry has such rows. */
export function useRunMatters(rounds: ShallowRef<readonly GroupBuy[] | undefined>): ComputedRef<readonly Matter[]> {
  const { t } = useTexts();
  const { actor } = usePhone();
  const runs = useAll(handOutRun);
  const isMine = ({ personId }: HandOutRun): boolean => personId !== undefined && personId === actor.value.personId;

  const mine = (run: HandOutRun): Matter => ({
    key: touchKey(handOutRun.name, run.id),
    title: t('handOut.matter.run', { building: run.building, unit: run.unit }),
    sub: t('handOut.matter.done', { done: run.done, doors: run.doors }),
    chip: { state: 'way', text: t('handOut.matter.mine') },
    to: { name: 'hand-out-run', params: { groupBuyId: run.groupBuyId, building: run.building, unit: run.unit } },
    at: run.takenAt ?? 0,
  });
  const wanted = ({ id, title, steps }: GroupBuy, count: number): Matter => ({
    key: touchKey(handOutRun.name, `${id}#`),
    title: t('handOut.matter.free', { title }),
    sub: t('handOut.matter.freeCount', { count }),
    chip: { state: 'watch', text: t('handOut.matter.wanted') },
    to: { name: 'hand-out-runs' },
    at: steps?.at(-1)?.at ?? 0,
  });

  return computed(() =>
    (runs.value?.length ? (rounds.value ?? []) : [])
      .filter(({ state }) => state === 'handingOut')
      .flatMap((round) => {
        const open = (runs.value ?? []).filter((run) => run.groupBuyId === round.id && run.done < run.doors);
        const free = open.filter(({ personId }) => personId === undefined).length;
        return [...open.filter(isMine).map(mine), ...(free > 0 ? [wanted(round, free)] : [])];
      }),
  );
}
