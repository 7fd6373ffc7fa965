import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import * as v from 'valibot';
import { askJson } from './sync/exchange.ts';
import { Failure } from './sync/failure.ts';
import type { StoredAnswer } from './local/database.ts';
import { ifRoom } from './local/room.ts';
import { useLive } from './use-live.ts';
import { usePhone } from './use-phone.ts';

/** `fresh`: asked just now. `stale`: the last answer, from `at`; the server was not reached. `missing`: there is none. */
export type AnswerState = 'loading' | 'fresh' | 'stale' | 'missing';

export interface Answer<T> {
  readonly data: ComputedRef<T | undefined>;
  /** Epoch ms, by the server's clock. */
  readonly at: ComputedRef<number | undefined>;
  readonly state: ShallowRef<AnswerState>;
  reload(): Promise<void>;
}

/** Ms between two reloads that nobody asked for. */
const RENEW_MS = 5_000;

/**
 * A view that the server works out. Its last answer is kept, with its time, and goes with its scope. Asked again when
 * rows have changed.
 * @param path below /api/desk (`/coverage?day=…`) or whole (`/api/…`); undefined asks nothing
 * @param scope to which the answer belongs
 */
export function useAnswer<T>(path: () => string | undefined, scope: () => string): Answer<T> {
  const phone = usePhone();
  const { database, environment, world } = phone;
  const state = shallowRef<AnswerState>('loading');
  const stored = useLive(path, (now) => database.answers.get(now));
  /** For which there was no room: it lasts as long as the screen. */
  const unkept = shallowRef<StoredAnswer>();
  const isLent = (to: string | undefined) => unkept.value?.path === to && phone.status.value.state !== 'ended';
  const shown = computed(() => (isLent(path()) ? unkept.value : stored.value));
  let askedAt = Number.NEGATIVE_INFINITY;
  let cancelRenewal = (): void => {};

  async function reload(): Promise<void> {
    const asked = path();
    if (asked === undefined) return;
    cancelRenewal();
    askedAt = world.now();
    const outcome = await ask(asked, scope());
    if (path() === asked) state.value = outcome;
  }

  async function ask(asked: string, asScope: string): Promise<AnswerState> {
    try {
      const body = await askJson(
        environment,
        { method: 'GET', path: wholePath(asked), deviceId: phone.actor.value.deviceId },
        v.unknown(),
      );
      const answer: StoredAnswer = { path: asked, scope: asScope, at: phone.now(), body };
      // No other answer is dropped for this one.
      unkept.value = (await ifRoom(database.answers.put(answer))) ? undefined : answer;
      return 'fresh';
    } catch (error) {
      // What is no longer ours to see goes.
      if (error instanceof Failure && error.kind === 'notFound') {
        unkept.value = undefined;
        await database.answers.delete(asked);
      }
      return isLent(asked) || (await database.answers.get(asked)) !== undefined ? 'stale' : 'missing';
    }
  }

  function renew(): void {
    cancelRenewal();
    const wait = Math.max(0, askedAt + RENEW_MS - world.now());
    if (wait === 0) void reload();
    else cancelRenewal = world.after(wait, () => void reload());
  }

  watch(
    path,
    () => {
      state.value = 'loading';
      void reload();
    },
    { immediate: true },
  );
  watch(() => phone.status.value.freshAt, renew);
  onScopeDispose(() => cancelRenewal());
  return {
    data: computed(() => shown.value?.body as T | undefined),
    at: computed(() => shown.value?.at),
    state,
    reload,
  };
}

function wholePath(path: string): string {
  return path.startsWith('/api/') ? path : `/api/desk/${path.replace(/^\//, '')}`;
}
