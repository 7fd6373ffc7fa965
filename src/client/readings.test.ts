import { expect, test } from 'vitest';
import { Readings } from './readings.ts';

test('a reading that began earlier and arrives later is no news', async () => {
  const readings = new Readings();
  let answer: (value: string) => void = () => {};
  const slow = readings.read(() => new Promise<string>((resolve) => (answer = resolve)));
  const quick = await readings.read(() => Promise.resolve('after the tap'));
  expect(readings.isNews(quick)).toBe(true);
  answer('before the tap');
  expect(readings.isNews(await slow)).toBe(false);
});

test('readings in their order are all news', async () => {
  const readings = new Readings();
  for (const value of ['one', 'two'])
    expect(readings.isNews(await readings.read(() => Promise.resolve(value)))).toBe(true);
});
