import { computed } from 'vue';
import { useAll } from '../../../../client/use-rows.ts';
import { followUp, followUpCard } from '../../follow-up/schema.ts';
import type { FollowUp, FollowUpCard } from '../../follow-up/schema.ts';

/** A follow-up as this desk knows it: what everybody at a desk sees, and all of it where it is this desk's. */
export interface Matter extends FollowUpCard {
  readonly full?: FollowUp;
}

/** Every follow-up on this phone. Of one that is held whole, that row says how it stands: it also holds what was just done here. */
export function useFollowUps() {
  const cards = useAll(followUpCard);
  const whole = useAll(followUp);
  const isLoading = computed(() => cards.value === undefined || whole.value === undefined);
  const all = computed<readonly Matter[]>(() => {
    const found = new Map<string, Matter>();
    for (const card of cards.value ?? []) found.set(card.id, card);
    for (const row of whole.value ?? []) found.set(row.id, { ...found.get(row.id), ...row, full: row });
    return [...found.values()];
  });
  const open = computed(() => all.value.filter(isOpen).toSorted(inOrder));
  return {
    isLoading,
    all,
    /** Still open: unseen before seen, urgent before the rest, the oldest first. */
    open,
    closed: computed(() =>
      all.value.filter((one) => !isOpen(one)).toSorted((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0)),
    ),
    /** What must be looked at now and nobody has opened. */
    unseen: computed(() => open.value.filter((one) => one.level === 'alert' && one.seenAt == null)),
  };
}

export const isOpen = (one: Pick<FollowUpCard, 'closedAt'>): boolean => one.closedAt == null;

function inOrder(one: Matter, other: Matter): number {
  const rank = (each: Matter) => (each.seenAt == null ? 0 : 2) + (each.level === 'alert' ? 0 : 1);
  return rank(one) - rank(other) || one.openedAt - other.openedAt;
}
