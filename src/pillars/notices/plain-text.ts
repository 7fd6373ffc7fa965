const ASIDE = 0xe000;

/** @returns the words of a markdown text without its marks, paragraphs apart by an empty line: to read aloud, to copy, to show at once */
export function plainText(markdown: string): string {
  return (
    markdown
      .replace(/\r\n?/gu, '\n')
      // An escaped mark is put aside (private use area) while the marks that mean something are taken off.
      .replace(/\\([\\`*_{}[\]()#+\-.!>|~])/gu, (_, mark: string) => String.fromCharCode(ASIDE + mark.charCodeAt(0)))
      .replace(/^\s*(?:```|~~~).*$/gmu, '')
      .replace(/^\s*(?:[-*_]\s*){3,}$/gmu, '')
      .replace(/^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*$\n?/gmu, '')
      .replace(/^\s*\|(.*)\|\s*$/gmu, (_, cells: string) =>
        cells
          .split('|')
          .map((cell) => cell.trim())
          .join(' '),
      )
      .replace(/^\s{0,3}#{1,6}\s+/gmu, '')
      .replace(/^\s{0,3}>\s?/gmu, '')
      .replace(/^(\s*)[-*+]\s+/gmu, '$1· ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .replace(/(\*\*|__|~~)(.+?)\1/gsu, '$2')
      .replace(/\*(\S(?:.*?\S)?)\*/gu, '$1')
      .replace(/`([^`]*)`/gu, '$1')
      .replace(/[ \t]+$/gmu, '')
      .replace(/\n{3,}/gu, '\n\n')
      .replace(/[\uE000-\uE07F]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) - ASIDE))
      .trim()
  );
}

/** @returns the text as search compares it: one width (NFKC), lower case, without spaces and markdown's marks */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_#>`~]+/gu, '');
}

/** @returns what was typed as the words that must all occur; none where nothing was typed */
export function searchWords(typed: string): readonly string[] {
  return typed
    .split(/\s+/u)
    .map(searchable)
    .filter((word) => word !== '');
}
