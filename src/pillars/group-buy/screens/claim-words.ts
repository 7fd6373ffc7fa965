import { yuan } from '../../../domain/money.ts';
import type { ChipState } from '../../../client/matter.ts';
import type { Claim } from '../claims/schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** `鲜鸡蛋 1 板坏了`. */
export function claimTitle({ t }: TextSource, { name, unit, quantity, kind }: Claim): string {
  return t(`groupBuy.ourClaim.what.${kind}`, { name, unit, quantity });
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
