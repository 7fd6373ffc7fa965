import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { PhotoState, StoredPhoto } from '../local/database.ts';
import { useLive } from '../use-live.ts';
import { usePhone } from '../use-phone.ts';
import { photosOf } from './photos.ts';

/** `loading`, `notThere` and `notReached`: nothing to be seen yet. The others: seen, and how it stands. */
export type PhotoView = PhotoState | 'loading' | 'notThere' | 'notReached';

/** Ms between two times that the server is asked for the same picture. */
const ASK_AGAIN_MS = 5_000;

type Seen = Pick<StoredPhoto, 'bytes' | 'mime' | 'state' | 'code'>;

/**
 * A picture, live: from this phone, else asked of the server, and again when something has come from there or the network
 * is back.
 */
export function usePhoto(id: () => string | undefined): {
  /** To be shown by an `img`. */
  readonly url: ComputedRef<string | undefined>;
  readonly state: ComputedRef<PhotoView>;
  /** Why the server will not have it. */
  readonly code: ComputedRef<string | undefined>;
} {
  const phone = usePhone();
  const photos = photosOf(phone);
  const stored = useLive(id, async (now) => ({ id: now, photo: await phone.database.photos.get(now) }));
  /** What was answered, where it is not kept here. */
  const asked = shallowRef<{ id: string; found: Seen | 'notThere' | 'notReached' }>();
  const shown = shallowRef<{ id: string; url: string }>();
  let askedAt = Number.NEGATIVE_INFINITY;

  const seen = computed<Seen | undefined>(() => {
    if (stored.value?.photo !== undefined) return stored.value.photo;
    const found = asked.value?.id === id() ? asked.value?.found : undefined;
    // A device that was ended shows nothing that it was lent.
    return typeof found === 'object' && phone.status.value.state !== 'ended' ? found : undefined;
  });

  async function ask(): Promise<void> {
    const wanted = id();
    if (wanted === undefined || stored.value?.id !== wanted || seen.value !== undefined) return;
    askedAt = phone.world.now();
    const found = await photos.read(wanted);
    if (id() === wanted) asked.value = { id: wanted, found: found.kind === 'here' ? found.photo : found.kind };
  }

  function askAgain(): void {
    if (phone.world.now() >= askedAt + ASK_AGAIN_MS) void ask();
  }

  function show(photo: Seen | undefined): void {
    const wanted = id();
    // The bytes of a picture never change: it does not flicker when it has been sent.
    if (shown.value !== undefined && (photo === undefined || shown.value.id !== wanted)) {
      URL.revokeObjectURL(shown.value.url);
      shown.value = undefined;
    }
    if (photo === undefined || wanted === undefined || shown.value !== undefined) return;
    shown.value = { id: wanted, url: URL.createObjectURL(new Blob([photo.bytes], { type: photo.mime })) };
  }

  watch(stored, () => void ask());
  watch([() => phone.status.value.freshAt, () => phone.status.value.online], askAgain);
  watch(seen, show, { immediate: true });
  onScopeDispose(() => show(undefined));
  return {
    url: computed(() => shown.value?.url),
    state: computed(() => {
      if (seen.value !== undefined) return seen.value.state;
      const found = asked.value?.id === id() ? asked.value?.found : undefined;
      return typeof found === 'string' ? found : 'loading';
    }),
    code: computed(() => seen.value?.code),
  };
}
