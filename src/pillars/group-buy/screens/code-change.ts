import { DAY_MS } from '../../../domain/day.ts';
import type { CollectionCode } from '../money/schema.ts';

/** So long everybody is told that a collection code is another one than before. */
const NEW_CODE_MS = 7 * DAY_MS;

/** Whether the code took the place of another one lately. */
export function isChangedLately({ since, formerPayee }: CollectionCode, now: number): boolean {
  return formerPayee !== undefined && now - since < NEW_CODE_MS;
}
