/**
 * What goods are told by from one round to the next: their name and what they are counted in. Width of letters, spaces and
 * brackets do not make them other goods.
 */
export function goodsKey({ name, unit }: { readonly name: string; readonly unit: string }): string {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[\s()\[\]【】]/gu, '')
      .toLowerCase();
  return `${plain(name)}/${plain(unit)}`;
}
