import { shallowRef } from 'vue';
import type { World } from '../../../../domain/world.ts';

/** Ms between two rings while somebody still waits to be seen. */
const AGAIN_MS = 20_000;
/** Hz of the two tones of a ring, and how long each lasts, s. Below 1 kHz: ears of sixty hear it in a noisy hall. */
const TONES = [880, 660] as const;
const TONE_S = 0.22;

let sound: AudioContext | undefined;
/** Whether it may ring: browsers let a page make no sound before a tap asked for it, and forget that with the page. */
export const isOn = shallowRef(false);

/** Whether this browser can make a sound by itself at all. */
export function canRing(): boolean {
  return 'AudioContext' in globalThis;
}

/** To be called from a tap. Rings once, so that one hears how loud it is. @returns whether it will ring from now on */
export async function switchOn(): Promise<boolean> {
  sound ??= new AudioContext();
  await sound.resume();
  isOn.value = sound.state === 'running';
  if (isOn.value) ring();
  return isOn.value;
}

export function switchOff(): void {
  isOn.value = false;
}

function ring(): void {
  if (sound === undefined) return;
  for (const [index, hertz] of TONES.entries()) {
    const [tone, volume] = [sound.createOscillator(), sound.createGain()];
    const from = sound.currentTime + index * TONE_S;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.4, from);
    volume.gain.exponentialRampToValueAtTime(0.01, from + TONE_S);
    tone.connect(volume).connect(sound.destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  }
}

/** Rings now and again until the returned function is called. Silent while it is switched off. */
export function ringUntil(world: World): () => void {
  let cancel: () => void;
  const again = (): void => {
    if (isOn.value) ring();
    cancel = world.after(AGAIN_MS, again);
  };
  again();
  return () => cancel();
}
