import { DAY_MS } from '../domain/day.ts';
import { lifeOf } from './round-life.ts';
import { makeRound } from './round-orders.ts';
import { naturalId } from '../people/natural-id.ts';
import { payCodeId } from './pictures.ts';
import { phoneOfDuty } from './act.ts';
import { PLANS } from './round-plans.ts';
import type { Act } from './act.ts';
import type { Town } from './town.ts';

/**
 * The group buys of the last days, step by step: everybody's first step, everybody's second, and so on. A round in every state
 * of its life, two of them open.
 */
export function roundActs(town: Town, seed: number, now: number): Act[][] {
  const rounds = PLANS.map((plan) => makeRound(town, seed, plan, now));
  const lives = rounds.map((round) => [[round.open], round.orders.map(({ act }) => act), ...lifeOf(town, round)]);
  const longest = Math.max(...lives.map((life) => life.length));
  const steps = Array.from({ length: longest }, (_, step) => lives.flatMap((life) => life[step] ?? []));
  return [...payCode(town, now), ...steps];
}

/** The organiser's collection code: proposed, and compared by the secretary, ten days ago. */
function payCode(town: Town, now: number): Act[][] {
  const organiser = phoneOfDuty(town, 'organiser');
  const revision = naturalId('r', town.communityId, 'pay code');
  const payee =
    town.homes.flatMap(({ residents }) => residents).find(({ id }) => id === organiser.personId)?.name ?? '';
  const happenedAt = now - 10 * DAY_MS;
  const propose = { payee, channel: 'wechat', photoId: payCodeId(town) };
  const decide = { codeId: organiser.personId, revision, confirm: true };
  const confirmed = naturalId('r', revision, 'confirmed');
  return [
    [{ as: organiser, order: { id: revision, name: 'groupBuy.proposeCode', args: propose, happenedAt } }],
    [
      {
        as: phoneOfDuty(town, 'secretary'),
        order: { id: confirmed, name: 'groupBuy.decideCode', args: decide, happenedAt: happenedAt + 3_600_000 },
      },
    ],
  ];
}
