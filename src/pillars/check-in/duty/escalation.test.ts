import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../domain/day.ts';
import type { FollowUp, Pass } from '../follow-up/schema.ts';
import { handedOver, isOverdue, nextTurn, passedOn } from './escalation.ts';
import type { Colleague } from './escalation.ts';

const alert: FollowUp = {
  id: 'p/2026-11-22',
  personId: 'p',
  personName: '王秀兰',
  householdId: 'h',
  grid: '一格',
  door: '3-2-501',
  day: '2026-11-22',
  level: 'alert',
  reasons: ['alert'],
  openedAt: 1000,
  raisedAt: 1000,
  stage: 'onDuty',
  passes: [],
  contacts: [],
};
const worker = (personId: string, grid?: string): Colleague => ({ personId, kind: 'gridWorker', grid });
const secretary = (personId: string): Colleague => ({ personId, kind: 'secretary', grid: null });
const heldBy = (personId: string): Partial<FollowUp> => ({ assignedTo: personId, assignedName: personId });

describe('an alert', () => {
  it('waits fifteen minutes with each, as long as nobody has opened or closed it', () => {
    const due = 1000 + 15 * MINUTE_MS;
    expect(isOverdue(alert, due - 1)).toBe(false);
    expect(isOverdue(alert, due)).toBe(true);
    expect(isOverdue({ ...alert, seenAt: 2000 }, due)).toBe(false);
    expect(isOverdue({ ...alert, closedAt: 2000 }, due)).toBe(false);
    expect(isOverdue({ ...alert, level: 'watch' }, due)).toBe(false);
  });

  it.each<[string, Partial<FollowUp>, readonly Colleague[], unknown]>([
    [
      'to a colleague of the same grid before others',
      heldBy('a'),
      [worker('a', '一格'), worker('b', '二格'), worker('c', '一格'), worker('d')],
      { stage: 'colleague', personId: 'c' },
    ],
    [
      'to a colleague of the whole community before those of other grids',
      heldBy('a'),
      [worker('a', '一格'), worker('b', '二格'), worker('d')],
      { stage: 'colleague', personId: 'd' },
    ],
    [
      'to another grid’s',
      heldBy('a'),
      [worker('a', '一格'), worker('b', '二格')],
      { stage: 'colleague', personId: 'b' },
    ],
    [
      'past the own worker, where nobody was on duty: their desk has had it',
      {},
      [worker('a', '一格'), worker('b', '二格')],
      { stage: 'colleague', personId: 'b' },
    ],
    [
      'past those of the whole community, where the grid has no worker of its own',
      {},
      [worker('a'), worker('b', '二格')],
      { stage: 'colleague', personId: 'b' },
    ],
    [
      'to the secretary, where there is no colleague',
      heldBy('a'),
      [worker('a', '一格'), secretary('s')],
      { stage: 'secretary', personId: 's' },
    ],
    [
      'from the colleague to the secretary, even where more colleagues are left',
      { ...heldBy('b'), stage: 'colleague' },
      [worker('a', '一格'), worker('b', '一格'), worker('c', '一格'), secretary('s')],
      { stage: 'secretary', personId: 's' },
    ],
    [
      'from a secretary on duty to a colleague',
      heldBy('s'),
      [worker('b', '二格'), secretary('s')],
      { stage: 'colleague', personId: 'b' },
    ],
    ['nowhere, where only they are left', heldBy('s'), [secretary('s')], undefined],
    [
      'nowhere from the secretary',
      { ...heldBy('s'), stage: 'secretary' },
      [worker('b'), secretary('s'), secretary('t')],
      undefined,
    ],
  ])('goes %s', (_where, more, staff, turn) => {
    expect(nextTurn({ ...alert, ...more }, staff)).toEqual(turn);
    expect(nextTurn({ ...alert, ...more }, [...staff].reverse())).toEqual(turn);
  });

  it('goes on from colleague to colleague where there is no secretary, to nobody twice', () => {
    const staff = ['a', 'b', 'c'].map((id) => worker(id, '一格'));
    let waiting: FollowUp = {
      ...alert,
      ...heldBy('a'),
      passes: [{ at: 1000, to: 'a', toName: 'a', because: 'opened' }],
    };
    const had: string[] = [];
    for (let now = 2000; ; now += 1000) {
      const turn = nextTurn(waiting, staff);
      if (turn === undefined) break;
      had.push(turn.personId);
      waiting = passedOn(waiting, { ...turn, name: turn.personId }, now);
    }
    expect(had).toEqual(['b', 'c']);
  });

  it('that nobody opens comes to a secretary where there is one, in any staff, and never to the same person again', () => {
    const grids = fc.constantFrom('一格', '二格', undefined);
    const workers = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(
        workers,
        fc.array(grids, { minLength: 5, maxLength: 5 }),
        fc.option(fc.constantFrom('a', 'b', 's')),
        (ids, of, held) => {
          const staff = [...ids.map((id, i) => worker(id, of[i])), secretary('s')];
          let waiting: FollowUp = { ...alert, ...(held === null ? {} : heldBy(held)) };
          const had = [waiting.assignedTo];
          for (let now = 2000; now < 2020; now++) {
            const turn = nextTurn(waiting, staff);
            if (turn === undefined) break;
            had.push(turn.personId);
            waiting = passedOn(waiting, { ...turn, name: turn.personId }, now);
          }
          expect(had).toContain('s');
          expect(had.length).toBeLessThanOrEqual(3);
          const colleagues = had.filter((id) => id !== 's');
          expect(new Set(colleagues).size).toBe(colleagues.length);
        },
      ),
    );
  });

  it('raised anew asks everybody anew', () => {
    const passes: Pass[] = [
      { at: 1000, to: 'a', toName: 'a', because: 'opened' },
      { at: 2000, to: 'b', toName: 'b', because: 'unseen' },
      { at: 9000, to: 'a', toName: 'a', because: 'opened' },
    ];
    const again = { ...alert, ...heldBy('a'), raisedAt: 9000, passes };
    expect(nextTurn(again, [worker('a', '一格'), worker('b', '一格'), secretary('s')])).toEqual({
      stage: 'colleague',
      personId: 'b',
    });
  });

  it('passed on counts anew, says whose it was, and may be told to the robot again', () => {
    const next = passedOn(
      { ...alert, ...heldBy('a'), robotAt: 5 },
      { stage: 'colleague', personId: 'b', name: '小周' },
      9000,
    );
    expect(next).toMatchObject({
      stage: 'colleague',
      assignedTo: 'b',
      assignedName: '小周',
      raisedAt: 9000,
      robotAt: null,
    });
    expect(next.openedAt).toBe(1000);
    expect(next.passes).toEqual([{ at: 9000, to: 'b', toName: '小周', because: 'unseen' }]);
  });

  it('handed over unseen begins with the next one, and comes back to the giver only last; seen it stays seen', () => {
    const given = {
      ...alert,
      ...heldBy('a'),
      stage: 'colleague',
      passes: [{ at: 1000, to: 'a', toName: 'a', because: 'unseen' }],
    } as const;
    const unseen = handedOver(given, { personId: 'b', name: 'b' }, 9000);
    expect(unseen).toMatchObject({ stage: 'onDuty', raisedAt: 9000, assignedTo: 'b', robotAt: null });
    expect(nextTurn(unseen, [worker('a', '一格'), worker('b', '一格'), secretary('s')])).toEqual({
      stage: 'secretary',
      personId: 's',
    });
    const seen = handedOver({ ...given, seenAt: 2000, seenBy: 'a' }, { personId: 'b', name: 'b' }, 9000);
    expect(seen).toMatchObject({ stage: 'colleague', raisedAt: 1000, assignedTo: 'b', seenAt: 2000, seenBy: 'a' });
  });
});
