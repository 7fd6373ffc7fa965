import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { casesOf } from '../sheet.ts';
import type { SupplierItem, SupplierPart, SupplierSheet } from '../sheet.ts';
import { headLine } from './paper-words.ts';

type T = TextSource['t'];

/** `东北大米（10 斤装）30 袋` */
export function askedFor(t: T, { name, contents, ordered, unit }: SupplierItem): string {
  const places = { name, contents, count: ordered, unit };
  return t(contents === '' ? 'paper.supplier.line' : 'paper.supplier.lineWith', places);
}

/** `7 箱零 2 袋，每箱 4 袋`, `约 300 斤`, `另有 5 袋在候补`, `到了 28 袋`: each where it is known. */
export function besidesOf(t: T, item: SupplierItem): readonly string[] {
  const { unit, weightJin, ordered, waiting, arrived } = item;
  return [
    ...casesWords(t, item),
    ...(weightJin !== undefined && ordered > 0
      ? [t('paper.supplier.weight', { jin: Math.round(weightJin * ordered * 10) / 10 })]
      : []),
    ...(waiting > 0 ? [t('paper.supplier.waiting', { count: waiting, unit })] : []),
    ...(arrived !== undefined ? [t('paper.supplier.arrived', { count: arrived, unit })] : []),
  ];
}

function casesWords(t: T, item: SupplierItem): readonly string[] {
  const { caseSize: size, unit, ordered } = item;
  if (size === undefined || size < 2 || ordered === 0) return [];
  const { cases, loose } = casesOf(item);
  if (cases === 0) return [t('paper.supplier.lessThanCase', { size, unit })];
  return [
    loose === 0
      ? t('paper.supplier.cases', { cases, size, unit })
      : t('paper.supplier.casesAnd', { cases, loose, size, unit }),
  ];
}

export const supplierName = (t: T, { supplier }: SupplierPart): string => supplier ?? t('paper.supplier.ofNobody');

/** The list as plain text, to be sent to the supplier; what nobody ordered is left out. @returns '' where nobody ordered anything */
export function supplierText(t: T, sheet: SupplierSheet): string {
  const parts = sheet.suppliers
    .map((part) => ({ part, items: part.items.filter(({ ordered }) => ordered > 0) }))
    .filter(({ items }) => items.length > 0);
  if (parts.length === 0) return '';
  return [
    headLine(t, sheet),
    ...parts.flatMap(({ part, items }) => [
      // One supplier needs no name above the own list.
      ...(parts.length > 1 ? ['', supplierName(t, part)] : []),
      ...items.map((item, at) => [`${at + 1}. ${askedFor(t, item)}`, ...besidesOf(t, item)].join('，')),
    ]),
  ].join('\n');
}
