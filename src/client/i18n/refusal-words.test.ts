import { expect, it } from 'vitest';
import { addTexts } from './i18n.ts';
import { useRefusalWords } from './refusal-words.ts';
import { clientTexts } from './texts.ts';

addTexts({
  picnic: {
    refusals: { soldOut: '{name}只剩 {left} 份', soldOutNone: '{name}分完了', closed: '收摊了' },
    give: { refusals: { closed: '收摊了，明天再送来' } },
  },
});
const words = useRefusalWords();
const { soldOut, closed, unknown } = clientTexts.refusals;

it.each<[string, string, unknown, string | undefined, string]>([
  ['the pillar’s own words come first', 'closed', undefined, 'picnic.take', '收摊了'],
  ['of those the act’s own', 'closed', undefined, 'picnic.give', '收摊了，明天再送来'],
  ['some are left', 'soldOut', { name: '饺子', left: 2 }, 'picnic.take', '饺子只剩 2 份'],
  ['none is left', 'soldOut', { name: '饺子', left: 0 }, 'picnic.take', '饺子分完了'],
  ['none is left of what has one text only', 'closed', { left: 0 }, 'picnic.take', '收摊了'],
  ['another pillar’s', 'soldOut', { left: 0 }, 'errands.claim', soldOut],
  ['nobody’s in particular', 'closed', undefined, undefined, closed],
  ['a code of a later version', 'rained', { left: 0 }, 'picnic.take', unknown],
])('%s', (_case, code, details, mutationName, said) => {
  expect(words(code, details, mutationName)).toBe(said);
});
