import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { InjectionKey } from 'vue';
import type { JoinOutcome } from '../client/join.ts';
import type { JoinAnswer } from '../sync/wire.ts';

/** The way in and out, as the composition root wires it. */
export interface Entrance {
  /** Signs this phone in with a slip's code. On `joined` the app itself takes over from the entrance. */
  join(code: string): Promise<JoinOutcome>;
  /** Ends this phone's session and deletes what it held, also what was not sent: whoever calls has asked. */
  leave(): Promise<void>;
}

export const entranceKey: InjectionKey<Entrance> = Symbol('entrance');

/** Who the household's slip names, for 您是哪位, until rows have come. Set by a join in this page, empty otherwise. */
export const useJustJoined = defineStore('just-joined', () => ({ persons: shallowRef<JoinAnswer['persons']>([]) }));

/** @returns the code that a slip's link carries after the `#`, empty where there is none */
export function codeInHash(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, '')).trim();
  } catch {
    return '';
  }
}

/** A name by which people know this phone again among the household's: `安卓手机 · 微信`. */
export function deviceNameOf(userAgent: string, isOnHomeScreen: boolean): string {
  const kind = /iPhone|iPad/.test(userAgent)
    ? '苹果手机'
    : /Harmony/i.test(userAgent)
      ? '鸿蒙手机'
      : /Android/.test(userAgent)
        ? '安卓手机'
        : '电脑';
  const place = /MicroMessenger/i.test(userAgent) ? '微信' : isOnHomeScreen ? '桌面图标' : '浏览器';
  return `${kind} · ${place}`;
}
