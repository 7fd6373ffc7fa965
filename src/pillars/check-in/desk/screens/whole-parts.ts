/** Joins short facts into a line that breaks between them and not within: `空 2 户` stays in one piece, and no line begins with a dot. */
export function wholeParts(parts: readonly string[]): string {
  return parts
    .filter(Boolean)
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join('\u00a0· ');
}
