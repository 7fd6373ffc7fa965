import type { InjectionKey } from 'vue';
import type { Updates } from '../client/pwa/updates.ts';

export const updatesKey: InjectionKey<Updates> = Symbol('updates');
