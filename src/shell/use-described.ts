import { shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { NextStep } from '../client/slice.ts';
import { useEntries } from '../client/use-rows.ts';
import { usePhone } from '../client/use-phone.ts';
import type { OutboxEntry } from '../client/outbox-entry.ts';
import type { RouteLocationRaw } from 'vue-router';
import { pause } from '../domain/world.ts';
import { useTexts } from '../client/i18n/use-texts.ts';
import { useWords } from './slices.ts';

/** Ms for which a list waits for the words of what it lists; what has none by then is called by a general name. */
const PATIENCE_MS = 1_000;

/** Something a person did, as 我办的事 lists it while it is unsent, received or refused. */
export interface DescribedEntry {
  readonly entry: OutboxEntry;
  readonly title: string;
  readonly to?: RouteLocationRaw;
  readonly nextSteps: readonly NextStep[];
}

/** @returns the outbox in people's words, oldest first; undefined until it was read for the first time */
export function useDescribed(): ShallowRef<readonly DescribedEntry[] | undefined> {
  const phone = usePhone();
  const entries = useEntries();
  const words = useWords();
  const { t } = useTexts();
  const described = shallowRef<readonly DescribedEntry[]>();

  async function describe(entry: OutboxEntry): Promise<DescribedEntry> {
    const about = words.of(entry.name);
    const args = entry.args as never;
    const refusal = { code: entry.code ?? 'unknown', details: entry.details };
    const nextSteps = entry.state === 'refused' ? (about?.nextSteps?.(args, refusal) ?? []) : [];
    // One entry that cannot be put into words must not hide the others.
    const said = await Promise.resolve(about?.describe(args, phone.reader)).catch(() => undefined);
    return { entry, title: said?.title ?? t('pending.act'), to: said?.to, nextSteps };
  }

  watch(
    [entries, words.loaded] as const,
    async ([list]) => {
      const names = list.map((entry) => entry.name);
      await Promise.race([words.load(names), pause(phone.world, PATIENCE_MS)]);
      const result = await Promise.all(list.map(describe));
      if (entries.value === list) described.value = result;
    },
    { immediate: true },
  );
  return described;
}
