import type { Registry } from '../domain/slice.ts';
import type { Accompany } from './acting.ts';
import type { Environment } from './environment.ts';
import { Phone } from './phone.ts';
import { openIdentity } from './session.ts';

/**
 * Opens the phone of whoever is signed in here, also offline. It sends and pulls by itself, unless `sync` is false (then
 * only `syncNow` does).
 * @returns undefined where nobody is signed in: `join` first
 */
export async function openPhone(options: {
  registry: Registry;
  environment: Environment;
  sync?: boolean;
  /** What goes along with the things that people do here. */
  accompany?: readonly Accompany[];
}): Promise<Phone | undefined> {
  const identity = await openIdentity(options.environment);
  if (identity === undefined) return undefined;
  const { database, session, feed } = identity;
  const phone = new Phone(options.environment, database, options.registry, session, feed, options.accompany);
  await phone.start({ sync: options.sync ?? true });
  return phone;
}
