import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';

/** How fast the voice reads, as a factor of its usual speed. */
export const speeds = { slow: 0.7, normal: 0.95, fast: 1.25 } as const;
export type Speed = keyof typeof speeds;

/** Characters in one go: some engines fall silent in the middle of longer ones. */
const GO_LENGTH = 120;

export interface ReadAloud {
  /** Whether this phone has a Chinese voice of its own, one that works with no network. */
  readonly available: ComputedRef<boolean>;
  readonly speaking: Ref<boolean>;
  readonly speed: Ref<Speed>;
  start(text: string): void;
  stop(): void;
}

const voice = shallowRef<SpeechSynthesisVoice>();
let isListening = false;

/** Reads a text aloud with the phone's Chinese voice; falls silent when the screen is left. */
export function useReadAloud(initial: Speed = 'normal'): ReadAloud {
  const synthesis = 'speechSynthesis' in window ? window.speechSynthesis : undefined;
  if (synthesis !== undefined) lookForVoice(synthesis);
  const speaking = ref(false);
  const speed = ref<Speed>(initial);
  let rest: string[] = [];
  // What was called off still reports its end: only the newest go counts.
  let turn = 0;

  function next(): void {
    const go = rest[0];
    if (synthesis === undefined || voice.value === undefined || go === undefined) {
      speaking.value = false;
      return;
    }
    turn += 1;
    const mine = turn;
    const words = new SpeechSynthesisUtterance(go);
    words.voice = voice.value;
    words.lang = voice.value.lang.replace('_', '-');
    words.rate = speeds[speed.value];
    words.onend = () => {
      if (mine !== turn) return;
      rest.shift();
      next();
    };
    words.onerror = () => {
      if (mine === turn) stop();
    };
    speaking.value = true;
    synthesis.speak(words);
  }

  function start(text: string): void {
    stop();
    rest = inGoes(text);
    next();
  }

  function stop(): void {
    turn += 1;
    rest = [];
    speaking.value = false;
    synthesis?.cancel();
  }

  // Another speed begins with the sentence that is being read.
  watch(speed, () => {
    if (!speaking.value) return;
    turn += 1;
    synthesis?.cancel();
    next();
  });
  onScopeDispose(stop);

  return { available: computed(() => voice.value !== undefined), speaking, speed, start, stop };
}

/** @returns the text in sentences, long ones cut at a comma or, for want of one, anywhere */
export function inGoes(text: string): string[] {
  const sentences = text.match(/[^。！？；!?;\n]+[。！？；!?;]*/gu) ?? [];
  return sentences.flatMap((sentence) => cut(sentence.trim())).filter((go) => go !== '');
}

function cut(sentence: string): string[] {
  if (sentence.length <= GO_LENGTH) return [sentence];
  const comma = Math.max(...['，', ',', '、', '：'].map((mark) => sentence.lastIndexOf(mark, GO_LENGTH - 1)));
  const end = comma > 0 ? comma + 1 : GO_LENGTH;
  return [sentence.slice(0, end), ...cut(sentence.slice(end))];
}

/** Voices arrive late in some browsers, and again when the phone gets another one. */
function lookForVoice(synthesis: SpeechSynthesis): void {
  const look = (): void => {
    voice.value = chineseVoice(synthesis.getVoices());
  };
  look();
  if (isListening) return;
  isListening = true;
  // Old webviews have the voices but no such event.
  if ('addEventListener' in synthesis) synthesis.addEventListener('voiceschanged', look);
}

/** @returns the voice for Chinese as most people here speak it; one that needs a server does not count */
export function chineseVoice<V extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly V[],
): V | undefined {
  const usable = voices.filter(
    (each) => each.localService && /^(?:zh|cmn)/iu.test(each.lang) && !/HK|yue/iu.test(each.lang),
  );
  return usable.find((each) => /CN|Hans|^cmn/iu.test(each.lang)) ?? usable[0];
}
