import { MINUTE_MS } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { USUAL_HOURS } from '../pillars/sweep/schema.ts';
import type { AnswerArgs } from '../pillars/sweep/args.ts';
import { phoneOfDuty, phonesOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { chanceOf } from './chance.ts';
import type { Town } from './town.ts';

const HOUR_MS = 60 * MINUTE_MS;
const BEGAN_HOURS_AGO = 26;
/** Share of doors at which somebody has been so far, and of these where nobody opened. */
const BEEN = 0.46;
const NOBODY = 0.12;

/** A sweep that began yesterday and is not half through: who asks, and what was found door by door. */
export function sweepActs(town: Town, seed: number, now: number): { readonly start: Act; readonly answers: Act[] } {
  const chance = chanceOf(seed, 'sweep');
  const sweepId = naturalId('r', town.communityId, 'sweep');
  const began = now - BEGAN_HOURS_AGO * HOUR_MS;
  const start: Act = {
    as: phoneOfDuty(town, 'secretary'),
    order: {
      id: naturalId('r', sweepId, 'start'),
      name: 'sweep.start',
      args: {
        id: sweepId,
        title: '流感入户摸底',
        question: '这三天家里有没有人发烧',
        deadline: began + USUAL_HOURS * HOUR_MS,
      },
      happenedAt: began,
    },
  };
  const volunteers = phonesOfDuty(town, 'volunteer');
  const answers = town.homes.flatMap((home): Act[] => {
    const [been, came, when, byVolunteer] = [chance.next(), chance.next(), chance.next(), chance.next()];
    if (been >= BEEN) return [];
    const worker = phoneOfDuty(town, 'gridWorker', home.grid);
    const as = byVolunteer < 0.3 ? (volunteers[Math.floor(byVolunteer * volunteers.length)] ?? worker) : worker;
    const args = { sweepId, householdId: home.id, ...findingOf(home.residents.length, came) };
    const happenedAt = Math.floor(began + (0.05 + 0.9 * when) * (now - began));
    return [{ as, order: { id: naturalId('r', sweepId, home.id), name: 'sweep.answer', args, happenedAt } }];
  });
  return { start, answers };
}

function findingOf(people: number, came: number): Pick<AnswerArgs, 'finding' | 'people' | 'yes'> {
  if (people === 0) return { finding: 'empty' };
  if (came < NOBODY) return { finding: 'nobody' };
  return { finding: came < 0.8 ? 'met' : 'phoned', people, yes: came > 0.96 };
}
