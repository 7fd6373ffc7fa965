import { inject } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { Phone } from './phone.ts';

const phoneKey: InjectionKey<Phone> = Symbol('phone');

/** Gives the app its phone, before it is mounted. */
export function providePhone(app: App, phone: Phone): void {
  app.provide(phoneKey, phone);
}

/** @returns the phone of whoever is signed in. Throws outside an app that has one. */
export function usePhone(): Phone {
  const phone = inject(phoneKey, undefined);
  if (phone === undefined) throw new Error('nobody is signed in: this app was given no phone');
  return phone;
}
