import { groupDoors } from './roster-doors.server.ts';
import type { RosterDoors, RosterProblem } from './roster-doors.server.ts';
import { readRosterLines } from './roster-file.server.ts';

/**
 * Reads a roster file.
 * @param bytes the file as it lies on the disk
 * @param thisYear nobody is born after it
 * @returns its doors; or, with `problems`, everything that is wrong, by line number, and nothing to import
 */
export function readRoster(
  bytes: Uint8Array,
  thisYear: number,
): { readonly doors: RosterDoors; readonly problems: readonly [] } | { readonly problems: readonly RosterProblem[] } {
  const { lines, problems } = readRosterLines(bytes);
  if (problems.length > 0) return { problems };
  const grouped = groupDoors(lines, thisYear);
  return grouped.problems.length > 0 ? { problems: grouped.problems } : { doors: grouped.doors, problems: [] };
}

/** `第 12 行：出生年“19x3”不是年份…` */
export function sayProblem({ line, text }: RosterProblem): string {
  return `第 ${line} 行：${text}`;
}
