import { yuan } from '../../../../domain/money.ts';
import type { ChangeSlip, Shortage } from '../answers.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';

/** What a household reads on its slip. */
export interface SlipWords {
  readonly door: string;
  /** Only what changed: a line for each item that came short, and for what is given in its place. */
  readonly lines: readonly string[];
  /** What it cost and what it costs. */
  readonly money: string;
  /** What is to be paid, or given back. */
  readonly owed: string;
}

/** @returns the slip in words: old, new, and the money in between */
export function slipWords({ t }: TextSource, slip: ChangeSlip): SlipWords {
  const of = (key: string, places: object) => t(`groupBuy.round.slips.${key}`, { ...places });
  const lines = slip.lines.flatMap(({ name, unit, quantity, got, similar }) => [
    ...(got === undefined ? [] : [of('line', { name, unit, quantity, got })]),
    ...(similar === undefined ? [] : [of('similar', similar)]),
  ]);
  const { owedFen, beforeFen, totalFen } = slip;
  const owed = owedFen === 0 ? of('even', {}) : of(owedFen < 0 ? 'back' : 'pay', { yuan: yuan(Math.abs(owedFen)) });
  const number = slip.number === undefined ? '' : `${slip.number}. `;
  return {
    door: `${number}${slip.door}`,
    lines,
    money: of('money', { before: yuan(beforeFen), total: yuan(totalFen) }),
    owed,
  };
}

/** All slips as text: with doors, so not for the group. */
export function slipsText(source: TextSource, shortage: Shortage): string {
  const slips = shortage.slips.map((slip) => {
    const { door, lines, money, owed } = slipWords(source, slip);
    return [door, ...lines, `${money}，${owed}`].join('\n');
  });
  return [source.t('groupBuy.round.slips.head', { title: shortage.title }), ruleWords(source, shortage), ...slips].join(
    '\n\n',
  );
}

/** The rule, as it stands on every slip. */
export function ruleWords({ t }: TextSource, { eldersFirst }: Shortage): string {
  return t(eldersFirst ? 'groupBuy.round.slips.ruleElders' : 'groupBuy.round.slips.rule');
}
