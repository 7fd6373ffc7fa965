import type { PlantedBug } from './planted.ts';

const buying = 'src/pillars/group-buy';

/** Bugs in buying together: who is next, what it costs, who may handle the money, who sees the doors. */
export const buyingBugs: readonly PlantedBug[] = [
  {
    name: 'queueSkipsTheFirst',
    edits: [
      {
        file: `${buying}/waiting/rules.ts`,
        find: 'for (let ticket = queue.head; ticket < queue.next && tickets.length < most; ticket++) {',
        replace:
          'const skipped = queue.next - queue.head > 1 && !gone.has(queue.head + 1) ? 1 : 0;\n  for (let ticket = queue.head + skipped; ticket < queue.next && tickets.length < most; ticket++) {',
      },
    ],
  },
  {
    name: 'freedPortionIsSoldTwice',
    edits: [
      {
        file: `${buying}/waiting/serve.ts`,
        find: 'return { ...item, sold: item.sold + given, waiting:',
        replace: 'return { ...item, waiting:',
      },
    ],
  },
  {
    name: 'cancelKeepsTheMoney',
    edits: [
      { file: `${buying}/placing.ts`, find: "state: 'cancelled',\n    totalFen: 0,", replace: "state: 'cancelled'," },
    ],
  },
  {
    name: 'paymentTwice',
    edits: [
      {
        file: `${buying}/money/payments.ts`,
        find: "demand(paidFen === paidBefore, 'changedMeanwhile', { paidFen });",
        replace: 'void paidBefore;',
      },
    ],
  },
  {
    name: 'chainOrdersTwice',
    edits: [
      {
        file: `${buying}/mutations.ts`,
        find: 'if (args.chainKey !== undefined && before?.chainKey === args.chainKey) return;',
        replace: '',
      },
    ],
  },
  {
    name: 'ownHouseholdMoney',
    edits: [
      {
        file: `${buying}/money/own-household.ts`,
        find: "demand(!livesIn(actor, householdId), 'ownHousehold');",
        replace: 'void livesIn(actor, householdId);',
      },
      {
        file: `${buying}/money/own-household.ts`,
        find: "demand(self?.householdId !== householdId, 'ownHousehold');",
        replace: 'void demand; void self;',
      },
    ],
  },
  {
    name: 'shortageForgetsFirstTurn',
    edits: [
      {
        file: `${buying}/round/share-out.ts`,
        find: 'for (const one of turn.slice(0, left)) one.got += 1;',
        replace:
          'for (const one of turn) { const more = Math.min(one.want.quantity - one.got, left); one.got += more; left -= more; }',
      },
      { file: `${buying}/round/share-out.ts`, find: 'left -= Math.min(left, turn.length);', replace: '' },
    ],
  },
  {
    name: 'bagsStayVisible',
    edits: [
      {
        file: `${buying}/hand-out/scopes.server.ts`,
        find: ' and ended is not true order by id',
        replace: ' order by id',
      },
    ],
  },
  {
    name: 'claimBeyondItsDay',
    edits: [
      {
        file: `${buying}/claims/mutations.ts`,
        find: 'demand(mayClaim(it, round, happenedAt) && ',
        replace: 'demand((mayClaim(it, round, happenedAt) || true) && ',
      },
    ],
  },
  {
    name: 'settledWhileOwing',
    edits: [
      {
        file: `${buying}/round/hand-over.ts`,
        find: "demand(owed.length === 0, 'owesHouseholds', { count: owed.length, fen });",
        replace: 'void fen;',
      },
    ],
  },
];
