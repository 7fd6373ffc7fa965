import { yuan } from '../../../domain/money.ts';
import type { OrderLine, ShareRule } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/**
 * Why a line came short, as its household can check it: what came and what was wanted, the rule, its own place.
 * @returns undefined for a line that is whole
 */
export function whyShort({ t }: TextSource, line: OrderLine, rule: ShareRule | undefined): string | undefined {
  const { short, unit, name, quantity, got = quantity } = line;
  if (short === undefined) return undefined;
  const { arrived, ordered, households, place, first } = short;
  if (arrived === 0) return t('groupBuy.why.none', { name });
  return [
    t('groupBuy.why.came', { arrived, ordered, households, unit }),
    t(rule?.eldersFirst === true ? 'groupBuy.why.ruleElders' : 'groupBuy.why.rule', { unit }),
    t(first ? 'groupBuy.why.placeFirst' : 'groupBuy.why.place', { place }),
    got === 0 ? t('groupBuy.why.gotNone') : t('groupBuy.why.got', { got, unit }),
  ].join('');
}

/** What is given in place of what came short: `换成小青菜 1 份，4.00 元`. */
export function similarWords({ t }: TextSource, { similar }: OrderLine): string | undefined {
  if (similar === undefined) return undefined;
  const { name, unit, quantity, priceFen } = similar;
  return t('groupBuy.why.similar', { name, unit, quantity, yuan: yuan(quantity * priceFen) });
}
