import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useAll, useEntries, useList, useRow } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { groupBuy } from '../../schema.ts';
import { bag, handOutRun, handOutRunId } from '../schema.ts';
import { doorsOf, isDone, sortedOut } from '../doors.ts';
import { isCarrier } from '../rules.ts';
import { ofRound, unsentOf } from '../said-here.ts';
import type { BagDoor } from '../doors.ts';
import type { GroupBuy } from '../../schema.ts';
import type { HandOutRun } from '../schema.ts';

/** A stairway as the phone of whoever carries it knows it, with or without a network. */
export interface RunView {
  /** Undefined while it loads and where this phone does not hold it. */
  readonly run: ComputedRef<HandOutRun | undefined>;
  readonly round: ShallowRef<GroupBuy | undefined>;
  readonly isLoaded: ComputedRef<boolean>;
  readonly isMine: ComputedRef<boolean>;
  readonly isOver: ComputedRef<boolean>;
  /** In carrying order. */
  readonly doors: ComputedRef<readonly BagDoor[]>;
  /** Households with something to be brought, and those that have it. */
  readonly total: ComputedRef<number>;
  readonly done: ComputedRef<number>;
  /** Who comes for it, and where to. */
  readonly fetched: ComputedRef<readonly { readonly id: string; readonly words: string }[]>;
  /** Households of which something was done here that has not gone out. */
  readonly unsent: ComputedRef<ReadonlySet<string>>;
}

export function useRun(
  of: () => { readonly groupBuyId: string; readonly building: string; readonly unit: string },
): RunView {
  const { t } = useTexts();
  const { actor } = usePhone();
  const runs = useAll(handOutRun);
  const bags = useList(bag, 'groupBuyId', () => of().groupBuyId);
  const round = useRow(groupBuy, () => of().groupBuyId);
  const entries = useEntries();

  const run = computed(() => runs.value?.find(({ id }) => id === handOutRunId(of().groupBuyId, of())));
  const here = computed(() =>
    sortedOut(
      round.value,
      (bags.value ?? []).filter(({ address }) => address.building === of().building && address.unit === of().unit),
    ),
  );
  const placeOf = (slotId: string | undefined) => round.value?.slots?.find(({ id }) => id === slotId)?.place;
  return {
    run,
    round,
    isLoaded: computed(() => runs.value !== undefined && bags.value !== undefined),
    isMine: computed(() => isCarrier(actor.value, run.value)),
    isOver: computed(() => run.value?.ended === true),
    doors: computed(() => doorsOf(here.value.carried)),
    total: computed(() => here.value.carried.length),
    done: computed(() => here.value.carried.filter(isDone).length),
    fetched: computed(() =>
      here.value.fetched.map(({ id, door, slotId }) => {
        const place = placeOf(slotId);
        const words = place === undefined ? t('handOut.fetchSelf', { door }) : t('handOut.fetchAt', { door, place });
        return { id, words };
      }),
    ),
    unsent: computed(() => unsentOf(ofRound(entries.value, of().groupBuyId))),
  };
}
