import { v7 } from 'uuid';
import type { World } from '../domain/world.ts';
import type { Post } from './slice.ts';

/** The real clock and chance of a server. */
export const serverWorld: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  newId: () => v7(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Ms after which whoever was told something counts as out of reach. */
const POST_MS = 5_000;

/** Characters of a reply that are read: more than that is no short answer. */
const ANSWER_CHARACTERS = 4_096;

/** The real way to tell another server something. Of a good reply its JSON is given where it is a short one. */
export async function postJson(url: string, body: unknown, limitMs = POST_MS): ReturnType<Post> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { ok: false };
    }
    return { ok: true, answer: jsonOf(await beginning(response)) };
  } catch {
    return { ok: false };
  }
}

async function beginning(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece as Uint8Array, { stream: true });
    // Leaving the loop ends the transfer.
    if (text.length > ANSWER_CHARACTERS) return '';
  }
  return text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
