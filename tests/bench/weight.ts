import { measureFirstScreen } from '../support/first-screen.ts';
import type { Figure } from './figure.ts';

/** What the signed-in home loads before a person can use it, packed with gzip as small phones' networks carry it. */
export async function weight(): Promise<Figure[]> {
  const { jsGz, cssGz } = await measureFirstScreen();
  return [
    { name: 'first screen: JS, kB gz', value: (jsGz / 1000).toFixed(1), raw: jsGz, aim: '≤ 130' },
    { name: 'first screen: CSS, kB gz', value: (cssGz / 1000).toFixed(1), raw: cssGz, aim: '≤ 20' },
  ];
}
