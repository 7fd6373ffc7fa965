import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserKilled } from './browser-killed.ts';
import { newBuild } from './browser-new-build.ts';
import { quota } from './browser-quota.ts';
import { siteDataCleared } from './browser-site-data-cleared.ts';
import { holdTown } from './browser-support.ts';
import { tabKilled } from './browser-tab-killed.ts';
import { tabs } from './browser-tabs.ts';
import { upgradeBlocked } from './browser-upgrade-blocked.ts';
import type { Trial } from './trial.ts';

// What can happen to a phone's browser, done to a real one: nothing that was kept is lost, nothing happens twice.

const trials: readonly Trial[] = [browserKilled, tabKilled, tabs, quota, upgradeBlocked, newBuild, siteDataCleared];

let leaveTown: () => Promise<void>;

beforeAll(async () => {
  leaveTown = await holdTown();
});

afterAll(async () => {
  await leaveTown?.();
});

test.each(trials)('$name: $about', async (trial) => {
  const { lost, doubled, stuck, broken } = await trial.run(trial.short);
  expect({ lost, doubled, stuck, broken }).toEqual({ lost: 0, doubled: 0, stuck: 0, broken: [] });
});
