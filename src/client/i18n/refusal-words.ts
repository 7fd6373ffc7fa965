import { useTexts } from './use-texts.ts';
import type { TextParams } from './use-texts.ts';

/**
 * Says a refusal in words: what happened and, where it helps, what now.
 * @param code of the verdict; one this version does not know gets the general words
 * @param details of the verdict: their plain values fill the text's places. Where nothing is `left`, `<code>None` is said
 *   if there is such a text: 卖完了 reads otherwise than 只剩 2 袋
 * @param mutationName `groupBuy.placeOrder`: its own words (`groupBuy.placeOrder.refusals.<code>`) win over those of its pillar
 *   (`groupBuy.refusals.<code>`), and those over the general ones
 */
export type RefusalWords = (code: string, details?: unknown, mutationName?: string) => string;

export function useRefusalWords(): RefusalWords {
  const { t, has } = useTexts();
  return (code, details, mutationName) => {
    const places = placesOf(details);
    const codes = places['left'] === 0 ? [`${code}None`, code] : [code];
    const own = mutationName === undefined ? [] : [mutationName, mutationName.split('.')[0]];
    const groups = [...own.map((name) => `${name}.refusals`), 'refusals'];
    const keys = groups.flatMap((group) => codes.map((each) => `${group}.${each}`));
    return t(keys.find(has) ?? 'refusals.unknown', places);
  };
}

function placesOf(details: unknown): TextParams {
  if (typeof details !== 'object' || details === null) return {};
  return Object.fromEntries(
    Object.entries(details).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );
}
