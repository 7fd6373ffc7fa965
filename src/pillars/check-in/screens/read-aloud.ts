import { onScopeDispose, shallowRef } from 'vue';

/** Reads a text with the phone's own Chinese voice. `isAble` stays false where the phone has none: then nothing is offered. */
export function useReadAloud() {
  const isAble = shallowRef(false);
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : undefined;
  const chineseVoice = () => speech?.getVoices().find((voice) => /^(zh|cmn)/i.test(voice.lang));
  // Voices may come only after the page has asked for them once.
  const look = () => {
    isAble.value = chineseVoice() !== undefined;
  };
  look();
  speech?.addEventListener('voiceschanged', look);
  onScopeDispose(() => {
    speech?.removeEventListener('voiceschanged', look);
    speech?.cancel();
  });

  function read(text: string): void {
    const voice = chineseVoice();
    if (!speech || !voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.85;
    speech.cancel();
    speech.speak(words);
  }

  return { isAble, read };
}
