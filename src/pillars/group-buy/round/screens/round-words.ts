import { isLater, sharesMissing } from '../../rules.ts';
import { spokenMoment } from '../../screens/moments.ts';
import { spokenTime } from '../../../../client/i18n/times.ts';
import { nextAct } from '../rules.ts';
import type { ChipState } from '../../../../client/matter.ts';
import type { GroupBuy, RoundState } from '../../schema.ts';
import type { RoundAct } from '../rules.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import type { TrailStep } from '../../../../client/ui/trail-step.ts';

/** 正在接龙, 已截止: where a round stands, for its organiser. */
export function stateChip({ t }: TextSource, round: GroupBuy, now: number): { state: ChipState; text: string } {
  const isWaiting = round.state === 'open' && isLater(round, now);
  const text = t(`groupBuy.round.state.${isWaiting ? 'later' : round.state}`);
  if (round.state === 'settled') return { state: 'done', text };
  if (round.state === 'cancelled') return { state: 'refused', text };
  return { state: round.state === 'draft' ? 'plain' : 'way', text };
}

/** The life of a round in its order; the clock or an organiser brings it on. */
const LIFE: readonly RoundState[] = ['draft', 'open', 'closed', 'ordered', 'arrived', 'handingOut', 'settled'];

/** What happened to a round and what is to come. A round that was never a draft begins with its opening. */
export function lifeSteps({ t }: TextSource, round: GroupBuy, now: number): TrailStep[] {
  const happened = (round.steps ?? []).map(({ state, at }): TrailStep => ({
    state: state === round.state && state !== 'settled' && state !== 'cancelled' ? 'now' : 'done',
    text: t(`groupBuy.round.step.${state}`),
    sub: spokenTime(at, now),
  }));
  if (round.state === 'cancelled') return happened;
  const ahead = LIFE.slice(LIFE.indexOf(round.state) + 1);
  return [
    ...happened,
    ...ahead.map((state): TrailStep => ({ state: 'next', text: t(`groupBuy.round.step.${state}`) })),
  ];
}

/** What the one big button does, asks before it is done, and says it means. Absent where the round is over. */
export interface NextStep {
  readonly act: RoundAct;
  readonly label: string;
  readonly title: string;
  readonly text: string;
}

/** The step that comes next, and what it means for those who have ordered. */
export function nextStep(source: TextSource, round: GroupBuy, now: number): NextStep | undefined {
  const { t } = source;
  const act = nextAct(round);
  if (act === undefined) return undefined;
  return {
    act,
    label: t(`groupBuy.round.act.${act}`),
    title: t(`groupBuy.round.ask.${act}`),
    text: meaningOf(source, round, act, now),
  };
}

function meaningOf(source: TextSource, round: GroupBuy, act: RoundAct, now: number): string {
  const { t } = source;
  const missing = sharesMissing(round);
  if (act === 'close' && missing > 0) {
    return t('groupBuy.round.text.closeMissing', { count: missing, households: round.households });
  }
  if (act === 'publish' && now < round.opensAt) {
    const when = spokenMoment(source, round.opensAt, now);
    return `${t('groupBuy.round.text.publishLater', { when })}${t('groupBuy.round.text.publish')}`;
  }
  return t(`groupBuy.round.text.${act}`);
}

/** So many portions as cases and what is loose: 3 箱又 2 份. Empty where it comes in no cases. */
export function casesWords(
  { t }: TextSource,
  portions: number,
  caseSize: number | null | undefined,
  unit: string,
): string {
  if (caseSize === undefined || caseSize === null || caseSize < 2) return '';
  const [cases, loose] = [Math.floor(portions / caseSize), portions % caseSize];
  if (cases === 0) return '';
  return loose === 0
    ? t('groupBuy.round.desk.casesOnly', { cases })
    : t('groupBuy.round.desk.cases', { cases, loose, unit });
}

/** Why a round was cancelled, for everybody. */
export function cancelWords({ t }: TextSource, { cancelReason }: GroupBuy): string {
  return cancelReason === 'notReached' || cancelReason === undefined
    ? t('groupBuy.round.desk.cancelledWhy.notReached')
    : t('groupBuy.round.desk.cancelledWhy.other', { reason: cancelReason });
}
