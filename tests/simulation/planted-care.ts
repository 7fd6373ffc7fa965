import type { PlantedBug } from './planted.ts';

/** Bugs in how people are looked after: what was said, who is told of it, what a sweep found. */
export const careBugs: readonly PlantedBug[] = [
  {
    name: 'alertOpensNoFollowUp',
    edits: [
      {
        file: 'src/pillars/check-in/answer-for.ts',
        find: "if (isOfBefore && answer.level !== 'alert') return;",
        replace: "if (isOfBefore || answer.level === 'alert') return;",
      },
    ],
  },
  {
    name: 'milderAnswerWins',
    edits: [
      {
        file: 'src/pillars/check-in/effect.ts',
        find: "if (more < 0) return hasSeen || (!isEarlier && knows) ? 'holds' : 'kept';",
        replace: "if (more < 0) return 'holds';",
      },
    ],
  },
  {
    name: 'helperReadsYesterday',
    edits: [
      {
        file: 'src/pillars/check-in/scopes.server.ts',
        find: "if (until <= now || !powers.includes('check-in')) continue;",
        replace:
          "if (until <= now || !powers.includes('check-in')) continue; held.push({ scope: `household:${householdId}/check-in`, until });",
      },
    ],
  },
  {
    name: 'sweepLastArrivalWins',
    edits: [
      {
        file: 'src/pillars/sweep/rules.ts',
        find: 'finding: holding(findings)?.finding ?? finding.finding,',
        replace: 'finding: finding.finding,',
      },
    ],
  },
  {
    name: 'escalationTwice',
    edits: [
      {
        file: 'src/pillars/check-in/duty/mutations.ts',
        find: 'demand(isOverdue(alert, now) && alert.stage === args.stageBefore,',
        replace: 'demand(alert.stage !== undefined && now > 0,',
      },
      {
        file: 'src/pillars/check-in/duty/duty.server.ts',
        find: 'id: `checkIn.passOn/${alert.id}/${alert.stage}/${alert.raisedAt}/${turn.personId}`,',
        replace:
          'id: `checkIn.passOn/${alert.id}/${alert.stage}/${alert.raisedAt}/${turn.personId}/${(globalThis.passedOn = (globalThis.passedOn ?? 0) + 1)}`,',
      },
    ],
  },
];
