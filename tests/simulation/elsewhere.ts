import { communityIdOf, slipIdOf, householdIdOf } from '../../src/people/natural-id.ts';
import type { Database } from '../../src/server/database/database.ts';
import { roster } from '../support/town-roster.ts';
import { StoryWorld } from '../support/story-world.ts';
import { testServer } from '../support/test-server.ts';
import { ELSEWHERE } from './laws.ts';

/**
 * Opens another community in the same database, whose every text says so: whatever of it appears in a history's replies
 * has come to the wrong people.
 */
export async function openElsewhere(db: Database): Promise<void> {
  const communityId = communityIdOf(ELSEWHERE);
  const { operate } = testServer(db, new StoryWorld());
  const named = { ...roster, community: { ...roster.community, name: `${ELSEWHERE}小区`, modeReason: ELSEWHERE } };
  const households = roster.households.map((door) => ({
    ...door,
    persons: door.persons.map((person) => ({ ...person, name: `${ELSEWHERE}${person.name}` })),
  }));
  const home = householdIdOf(communityId, '3', '2', '501');
  const now = Date.now();
  const orders = [
    { name: 'people.importRoster', args: { ...named, households } },
    { name: 'people.issueSlip', args: { id: slipIdOf(communityId, home), householdId: home } },
    {
      name: 'groupBuy.open',
      args: {
        id: `${ELSEWHERE}-round`,
        title: `${ELSEWHERE}的团`,
        opensAt: now,
        closesAt: now + 86_400_000,
        items: [
          {
            id: `${ELSEWHERE}-egg`,
            name: ELSEWHERE,
            unit: '板',
            contents: ELSEWHERE,
            priceFen: 1,
            stock: 9,
            perHousehold: 9,
          },
        ],
      },
    },
    ...['public', 'community', 'grid:一格'].map((scope) => ({
      name: 'notices.publish',
      args: {
        id: `${ELSEWHERE}-${scope}`,
        title: ELSEWHERE,
        body: ELSEWHERE,
        level: 'urgent',
        category: 'other',
        scope,
        needsReceipt: true,
      },
    })),
    {
      name: 'errands.request',
      args: { id: `${ELSEWHERE}-errand`, householdId: home, kind: 'other', text: ELSEWHERE, handOver: 'door' },
    },
  ];
  const verdicts = await operate(
    communityId,
    orders.map((order, n) => ({ ...order, id: `${ELSEWHERE}-${n}` })),
  );
  const refused = verdicts.find((verdict) => verdict.outcome !== 'accepted');
  if (refused) throw new Error(`the other community could not be opened: ${JSON.stringify(refused)}`);
}
