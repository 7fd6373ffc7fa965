import { DAY_MS } from '../../../domain/day.ts';
import { entity } from '../../../domain/entity.ts';
import type { Row } from '../../../domain/entity.ts';
import type { Fen } from '../../../domain/money.ts';

/** 坏了, 少了 or 不是我订的. */
export type ClaimKind = 'spoiled' | 'missing' | 'wrong';

/** What a household says was not right with what it got. */
export interface Claim extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly door: string;
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: ClaimKind;
  /** Portions concerned. */
  readonly quantity: number;
  readonly photoId?: string;
  readonly text?: string;
  /** Epoch ms: when the household said it. */
  readonly at: number;
  readonly personId?: string;
  readonly state: 'open' | 'refunded' | 'replaced' | 'declined';
  /** What is given back. */
  readonly fen?: Fen;
  readonly answer?: string;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly decidedAt?: number;
}

export const claim = entity<Claim>('claim', ['groupBuyId', 'householdId']);

/** A claim is made within so long of the hand-over. */
export const CLAIM_MS = DAY_MS;
/** Picture and words of a decided claim are forgotten after so long. */
export const CLAIM_KEPT_MS = 7 * DAY_MS;
