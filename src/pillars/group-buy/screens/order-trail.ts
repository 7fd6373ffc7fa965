import { spokenClock, spokenTime } from '../../../client/i18n/times.ts';
import { dayOf } from '../../../domain/day.ts';
import { yuan } from '../../../domain/money.ts';
import { owedFen, saidNotReceivedFen } from '../money/owed.ts';
import { isCalledOff, isEmptyHanded } from './order-words.ts';
import { isLater, isOpen } from '../rules.ts';
import { slotPlaceWords } from './slot-words.ts';
import type { GroupBuy, Order, RoundState } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { TrailStep } from '../../../client/ui/trail-step.ts';

/** What the way of an order rests on besides the order and its round. */
interface Around {
  /** The order as it stands is only on this phone. */
  readonly unsent: boolean;
  /** Epoch ms. */
  readonly now: number;
}

interface Way extends Around {
  readonly source: TextSource;
  readonly order: Order;
  readonly round: GroupBuy;
  /** How far the round has come, as a place in `STAGES`. */
  readonly stage: number;
}

/** What a round goes through after its orders are in. */
const STAGES: readonly RoundState[] = ['open', 'closed', 'ordered', 'arrived', 'handingOut', 'settled'];
const HANDING_OUT = STAGES.indexOf('handingOut');

/** The whole life of an order as StepTrail draws it: what happened and when, where it stands, what comes. */
export function trailOf(source: TextSource, order: Order, round: GroupBuy, around: Around): readonly TrailStep[] {
  const way: Way = { ...around, source, order, round, stage: stageOf(round, around.now) };
  if (round.state === 'cancelled') return [placed(way), calledOff(way), ...moneyBack(way)];
  if (order.state === 'cancelled') return [placed(way), takenBack(way), ...(way.unsent ? [] : moneyBack(way))];
  return [placed(way), ...cutOff(way), stepAt(way, 'ordered'), stepAt(way, 'arrived'), handedOver(way), settled(way)];
}

/** A round whose time is over is closed, even where nobody has said so yet. */
function stageOf(round: GroupBuy, now: number): number {
  const stage = STAGES.indexOf(round.state);
  return stage <= 0 && !isOpen(round, now) && !isLater(round, now) ? 1 : Math.max(0, stage);
}

function placed({ source: { t }, order, unsent, now }: Way): TrailStep {
  // Nothing is ticked that the community does not know of yet.
  if (unsent && order.state === 'placed')
    return { text: t('groupBuy.way.noted'), sub: t('groupBuy.way.unsent'), state: 'now' };
  const sub = timeOf(order.placedAt, now);
  return { text: t(`groupBuy.way.placed.${order.source ?? 'own'}`), sub, state: 'done' };
}

/** Until the cut-off it is said when that is; then that it was, until the next step is done. */
function cutOff(way: Way): readonly TrailStep[] {
  const { t } = way.source;
  if (way.stage === 0) {
    const sub = timeOf(way.round.closesAt, way.now);
    return [{ text: t('groupBuy.way.open'), sub, state: way.unsent ? 'next' : 'now' }];
  }
  if (way.stage > 1) return [];
  const at = stepped(way.round, 'closed') ?? way.round.closesAt;
  return [{ text: t('groupBuy.way.closed'), sub: timeOf(at, way.now), state: 'now' }];
}

/** What is done for all orders alike: 团长下单, 货到了. */
function stepAt(way: Way, what: 'ordered' | 'arrived'): TrailStep {
  const place = STAGES.indexOf(what);
  const state = way.stage === place ? 'now' : way.stage > place ? 'done' : 'next';
  const at = stepped(way.round, what);
  return {
    text: way.source.t(`groupBuy.way.${what}.${state}`),
    ...(state !== 'next' && at !== undefined && { sub: timeOf(at, way.now) }),
    state,
  };
}

/** The bag on its way to the door, or to be fetched: who brought it and when, or what hindered it. */
function handedOver(way: Way): TrailStep {
  const { order, round, source, stage, now } = way;
  const { t } = source;
  const { handedOut, handOutProblem: problem } = order;
  if (handedOut !== undefined) {
    const time = timeOf(handedOut.at, now);
    return {
      text: t(`groupBuy.way.handed.${handedOut.how}`),
      sub: handedOut.name === undefined ? time : t('groupBuy.way.by', { time, name: handedOut.name }),
      state: 'done',
    };
  }
  if (problem !== undefined) {
    return { text: t(`groupBuy.way.problem.${problem.what}`), sub: timeOf(problem.at, now), state: 'now' };
  }
  if (isEmptyHanded(order)) return { text: t('groupBuy.way.nothingCame'), state: 'done' };
  if (round.state === 'settled') return { text: t('groupBuy.way.notNoted'), state: 'done' };
  const slot = round.slots?.find((one) => one.id === order.slotId);
  const kind = slot?.kind ?? 'delivery';
  const state = stage >= HANDING_OUT ? 'now' : 'next';
  return {
    text: t(`groupBuy.way.handing.${kind}.${state}`),
    ...(slot !== undefined && { sub: slotPlaceWords(source, slot, now) }),
    state,
  };
}

function settled({ source: { t }, order, round, stage }: Way): TrailStep {
  const owed = owedFen(order);
  if (round.state === 'settled' && owed === 0) return { text: t('groupBuy.way.settled'), state: 'done' };
  const isNext = stage <= HANDING_OUT && order.handedOut === undefined;
  if (isNext) return { text: t('groupBuy.way.settling'), state: 'next' };
  const text = owed > 0 ? 'groupBuy.way.toPay' : owed < 0 ? 'groupBuy.way.toGetBack' : 'groupBuy.way.even';
  return { text: t(text, { yuan: yuan(Math.abs(owed)) }), state: owed === 0 ? 'done' : 'now' };
}

function calledOff({ source: { t }, round, now }: Way): TrailStep {
  const at = stepped(round, 'cancelled');
  const text = isCalledOff(round)
    ? t('groupBuy.way.calledOff', { reason: round.cancelReason ?? '' })
    : t('groupBuy.way.notReached');
  return { text, ...(at !== undefined && { sub: timeOf(at, now) }), state: 'done' };
}

function takenBack({ source: { t }, order, unsent, now }: Way): TrailStep {
  const sub = unsent ? t('groupBuy.way.unsent') : timeOf(order.changedAt, now);
  return { text: t('groupBuy.way.cancelled'), sub, state: unsent ? 'now' : 'done' };
}

/** What becomes of the money of an order that is no more. */
function moneyBack({ source: { t }, order }: Way): readonly TrailStep[] {
  const [owed, said] = [owedFen(order), saidNotReceivedFen(order)];
  const open: readonly TrailStep[] = [
    ...(owed < 0 ? [{ text: t('groupBuy.way.toGetBack', { yuan: yuan(-owed) }), state: 'now' as const }] : []),
    ...(said > 0 ? [{ text: t('groupBuy.way.saidPaid', { yuan: yuan(said) }), state: 'now' as const }] : []),
  ];
  if (open.length > 0) return open;
  const back = order.refundedFen ?? 0;
  return [
    { text: back > 0 ? t('groupBuy.way.gotBack', { yuan: yuan(back) }) : t('groupBuy.way.nothingPaid'), state: 'done' },
  ];
}

function stepped(round: GroupBuy, state: RoundState): number | undefined {
  return round.steps?.findLast((step) => step.state === state)?.at;
}

/** `16:12` of today, `昨天 16:12` before. */
function timeOf(ms: number, now: number): string {
  return dayOf(ms) === dayOf(now) ? spokenClock(ms) : spokenTime(ms, now);
}
