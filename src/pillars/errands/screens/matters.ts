import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { Matter } from '../../../client/matter.ts';
import { useNow } from '../../../client/use-rows.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { isLive } from '../rules.ts';
import { errand, errandCard } from '../schema.ts';
import type { Errand, ErrandCard } from '../schema.ts';
import { cardTitle, chipOf, subOf, titleOf } from './errand-words.ts';
import { useErrands } from './use-errands.ts';

/** Open errands of my household; for a volunteer also those in hand, with the door first. */
export function useMatters(): ComputedRef<readonly Matter[]> {
  const { t } = useTexts();
  const { ours, mine, claiming } = useErrands();
  const now = useNow();
  return computed(() => [
    ...(ours.value ?? [])
      .filter((it) => isLive(it) && !mine.value.some((held) => held.id === it.id))
      .map((it) => matterOf(it, titleOf(it), now.value)),
    ...mine.value.map((it) => matterOf(it, `${it.door} ${titleOf(it)}`, now.value, true)),
    ...claiming.value.map((it) => claimOf(it, t('errands.list.hidden'))),
  ]);
}

function matterOf(it: Errand, title: string, now: number, forClaimer = false): Matter {
  return {
    key: `${errand.name}#${it.id}`,
    title,
    sub: subOf(it, 'settled', now),
    chip: chipOf(it, 'settled', forClaimer),
    to: { name: 'errand', params: { id: it.id } },
    at: it.stateAt,
  };
}

/** Received, and not yet answered with the door. */
function claimOf(it: ErrandCard, sub: string): Matter {
  return {
    key: `${errandCard.name}#${it.id}`,
    title: cardTitle(it),
    sub,
    chip: { state: 'received' },
    to: { name: 'errand', params: { id: it.id } },
    at: it.requestedAt,
  };
}
