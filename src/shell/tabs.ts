import type { IconName } from '../client/ui/icon-paths.ts';

/** The five places of the standard version. `name` is the route of a tab's first screen. */
export const tabs: readonly { name: string; text: string; icon: IconName }[] = [
  { name: 'home', text: 'shell.tabs.home', icon: 'home' },
  { name: 'group-buys', text: 'shell.tabs.buy', icon: 'basket' },
  { name: 'errands', text: 'shell.tabs.help', icon: 'medicine' },
  { name: 'notices', text: 'shell.tabs.notices', icon: 'notice' },
  { name: 'me', text: 'shell.tabs.me', icon: 'person' },
];

/** Further screens that stand in a tab and keep the bar. */
const within: Readonly<Record<string, string>> = { pending: 'me', phone: 'me' };

/** @returns the tab that a screen stands in; undefined for a screen one has gone into, which keeps the bar away */
export function tabOf(route: unknown): string | undefined {
  if (typeof route !== 'string') return undefined;
  return within[route] ?? tabs.find((tab) => tab.name === route)?.name;
}
