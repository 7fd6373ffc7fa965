import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RehearsalLink } from './fill-rehearsal.ts';

/** The links that a new keeper tries first; the others stand in rehearsal.json. */
const FIRST: readonly RehearsalLink['key'][] = ['elder', 'family', 'volunteer', 'gridWorker', 'secretary'];

/** Prints the rehearsal's links, one a line; nothing where no rehearsal stands in this data folder. */
export async function sayLinks(dataFolder: string, out: (line: string) => void): Promise<void> {
  let text: string;
  try {
    text = await readFile(join(dataFolder, 'rehearsal.json'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  const links = JSON.parse(text) as readonly RehearsalLink[];
  out('演练：用下面的链接各当一回（人名都是编的）');
  for (const { key, name, role, door, link } of links) {
    if (FIRST.includes(key)) out(`  ${role} ${name}（${door}）  ${link}`);
  }
}
