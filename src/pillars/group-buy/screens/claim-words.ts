import { yuan } from '../../../domain/money.ts';
import { claimUntil } from '../claims/rules.ts';
import { spokenMoment } from './moments.ts';
import type { ChipState } from '../../../client/matter.ts';
import type { Claim } from '../claims/schema.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** `鲜鸡蛋 1 板坏了`. */
export function claimTitle({ t }: TextSource, { name, unit, quantity, kind }: Claim): string {
  return t(`groupBuy.ourClaim.what.${kind}`, { name, unit, quantity });
}

/** Until when something can be said of what came. @param now epoch ms */
export function claimUntilWords(texts: TextSource, order: Order, round: GroupBuy, now: number): string {
  const until = claimUntil(order, round);
  if (until === undefined || !Number.isFinite(until)) return texts.t('groupBuy.ourClaim.untilSettled');
  return texts.t('groupBuy.ourClaim.until', { when: spokenMoment(texts, until, now) });
}

/** How far a claim has come, as its chip says it. */
export function claimChip({ t }: TextSource, { state }: Claim, unsent: boolean): { state: ChipState; text?: string } {
  if (unsent) return { state: 'unsent' };
  if (state === 'open') return { state: 'received' };
  return { state: state === 'declined' ? 'plain' : 'done', text: t(`groupBuy.ourClaim.state.${state}`) };
}

/** What was answered, by whom; undefined while nobody has. */
export function claimAnswer({ t }: TextSource, claim: Claim): string | undefined {
  const { state, fen = 0, answer, decidedByName: name = t('groupBuy.ourClaim.organiser') } = claim;
  if (state === 'open') return undefined;
  const said = t(`groupBuy.ourClaim.answer.${state}`, { name, yuan: yuan(fen) });
  return answer === undefined ? said : t('groupBuy.ourClaim.because', { said, answer });
}
