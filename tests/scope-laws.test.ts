import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../src/domain/day.ts';
import { deskScope, errandScope, householdScope } from '../src/domain/scope.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** Li's household asks for a medicine. @returns the errand's id */
async function askForMedicine(li: HttpDevice): Promise<string> {
  const id = town.world.newId();
  const verdict = await li.act('errands.request', {
    id,
    householdId: homes.li,
    personId: people.grandma,
    kind: 'medicine',
    medicines: [{ name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 1 }],
    packet: ['card', 'emptyBox'],
    handOver: 'inPerson',
  });
  expect(verdict).toMatchObject({ outcome: 'accepted' });
  return id;
}

describe('what a phone holds', () => {
  it('is its own household’s and the community’s, nothing else', async () => {
    const [li, wang] = [await town.device('li'), await town.device('wang')];
    await askForMedicine(li);
    await wang.pull();
    expect(wang.held('household').map((row) => row.id)).toEqual([homes.wang]);
    expect(wang.held('person').map((row) => row.id)).toEqual([people.wang]);
    expect(wang.held('errand')).toEqual([]);
    expect(wang.held('errandCard')).toEqual([]);
    expect(wang.held('building')).toHaveLength(2);
    expect(wang.held('slip')).toEqual([]);
  });

  it('for a volunteer is the pool: building and kind, no door, no name, no medicine', async () => {
    const [li, he] = [await town.device('li'), await town.device('he')];
    const id = await askForMedicine(li);
    await he.pull();
    const card = he.held('errandCard').find((row) => row.id === id);
    expect(card).toMatchObject({ buildingName: '3栋', kind: 'medicine' });
    expect(JSON.stringify(card)).not.toMatch(/402|赵桂芳|氨氯地平|1700000/);
    expect(he.held('errand')).toEqual([]);
  });

  it('grows with a claim and shrinks again when the errand is closed; the other volunteer loses the card', async () => {
    const [li, he, zhou] = [await town.device('li'), await town.device('he'), await town.device('zhou')];
    const id = await askForMedicine(li);
    await Promise.all([he.pull(), zhou.pull()]);
    expect(await he.act('errands.claim', { errandId: id })).toMatchObject({ outcome: 'accepted' });
    expect(await zhou.act('errands.claim', { errandId: id })).toMatchObject({
      outcome: 'refused',
      code: 'alreadyClaimed',
    });
    await Promise.all([he.pull(), zhou.pull()]);
    expect(zhou.held('errandCard').map((row) => row.id)).not.toContain(id);
    expect(zhou.held('errand')).toEqual([]);
    expect(he.held('errand')).toMatchObject([{ id, door: '3-1-402' }]);
    expect(he.scopes()).toContain(errandScope(id));

    await he.act('errands.release', { errandId: id });
    const pulled = await he.pull();
    expect(pulled.dropped).toContain(errandScope(id));
    expect(he.held('errand')).toEqual([]);
    expect(he.held('errandCard').map((row) => row.id)).toContain(id);
  });

  it('a row in two scopes stays until the last one goes', async () => {
    const secretary = await town.device('secretary');
    await secretary.pull();
    const home = householdScope(homes.wang);
    const desk = deskScope('一格');
    const wang = await town.device('wang');
    await wang.pull();
    expect([...wang.rows.keys()]).toContain(`${home}|person|${people.wang}`);
    expect([...secretary.rows.keys()]).toContain(`${desk}|person|${people.wang}`);
    expect([...secretary.rows.keys()]).not.toContain(`${home}|person|${people.wang}`);
  });

  it('a helper holds the household for as long as the grant runs, and its end is told in advance', async () => {
    const [wang, he] = [await town.device('wang'), await town.device('he')];
    const until = town.world.now() + 30 * DAY_MS;
    const grant = { id: town.world.newId(), householdId: homes.wang, helperId: people.he, powers: ['check-in'], until };
    expect(await wang.act('people.grantCare', grant)).toMatchObject({ outcome: 'accepted' });
    const pulled = await he.pull();
    expect(pulled.until[householdScope(homes.wang)]).toBe(until);
    expect(he.held('person').map((row) => row.id)).toContain(people.wang);
    expect(he.scopes()).not.toContain(householdScope(homes.wang, 'orders'));

    expect(await wang.act('people.endGrant', { grantId: grant.id })).toMatchObject({ outcome: 'accepted' });
    expect((await he.pull()).dropped).toContain(householdScope(homes.wang));
    expect(he.held('person').map((row) => row.id)).not.toContain(people.wang);
  });

  it('a grid worker sees only the doors of the own grid; the secretary sees all', async () => {
    const [tian, secretary] = [await town.device('tian'), await town.device('secretary')];
    await Promise.all([tian.pull(), secretary.pull()]);
    const doors = (device: HttpDevice) =>
      device
        .held<{ id: string; door: string }>('household')
        .map((row) => row.door)
        .sort();
    expect(doors(tian)).toEqual(['3-1-402', '3-2-501']);
    expect(doors(secretary)).toEqual(['1-1-101', '1-1-201', '1-1-602', '3-1-402', '3-2-501']);
  });
});

describe('moving to another grid', () => {
  it('takes people, answers and errands along: the old desk loses them, the new one gains them', async () => {
    const [tian, wang] = [await town.device('tian'), await town.device('wang')];
    const sick = { personId: people.wang, feels: 'unwell', symptoms: ['fever'] };
    await wang.act('checkIn.submit', { householdId: homes.wang, day: '2026-11-22', slot: 'morning', entries: [sick] });
    const id = town.world.newId();
    await wang.act('errands.request', {
      id,
      householdId: homes.wang,
      kind: 'parcel',
      text: '取快递',
      handOver: 'door',
    });
    await tian.pull();
    const ofWang = () =>
      [...tian.held('checkIn'), ...tian.held('errand')].filter((row) => JSON.stringify(row).includes(homes.wang));
    expect(ofWang()).toHaveLength(2);
    expect(tian.held('person').map((row) => row.id)).toContain(people.wang);
    const { roster } = await import('./support/town-roster.ts');
    const moved = {
      ...roster,
      households: roster.households.map((h) => (h.room === '501' ? { ...h, grid: '二格' } : h)),
    };
    const order = { id: town.world.newId(), name: 'people.importRoster', args: moved };
    expect(await town.server.operate(town.communityId, [order])).toMatchObject([{ outcome: 'accepted' }]);
    await tian.pull();
    expect(tian.held('person').map((row) => row.id)).not.toContain(people.wang);
    expect(tian.held('household').map((row) => row.id)).not.toContain(homes.wang);
    expect(ofWang()).toEqual([]);
    const secretary = await town.device('secretary');
    await secretary.pull();
    expect(secretary.held('errand').find((row) => row.id === id)).toMatchObject({ grid: '二格' });
  });
});

describe('asking for what is not yours', () => {
  it('gets the same 404 as for what is not there', async () => {
    const li = await town.device('li');
    const answers = await Promise.all(
      [
        '/api/desk/coverage',
        '/api/desk/group-buys/nothing/totals',
        '/api/desk/no-such-view',
        '/api/public/c-nothing',
      ].map(async (path) => {
        const response = await li.request(path);
        return { status: response.status, body: await response.json() };
      }),
    );
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404]);
    for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
  });

  it('an order for another household is refused without saying whether it exists', async () => {
    const li = await town.device('li');
    const words = [];
    for (const householdId of [homes.wang, 'h-nobody']) {
      const verdict = await li.act('checkIn.submit', {
        householdId,
        day: '2026-11-22',
        slot: 'morning',
        entries: [{ personId: people.wang, feels: 'well' }],
      });
      words.push(verdict.code);
    }
    expect(words[0]).toBe(words[1]);
  });
});
