import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf } from '../domain/day.ts';
import { slipIdOf } from '../people/natural-id.ts';
import type { Database } from '../server/database/database.ts';
import type { Operate, Order } from '../server/operate.ts';
import { storePhoto } from '../server/photos/photo-store.ts';
import { codeFor, keepCodes, printedCode, readSlipKey, signInLink } from '../server/slip-codes.ts';
import { phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import type { CastKey } from './cast.ts';
import { checkInActs } from './check-ins.ts';
import { dutyActs } from './duty-acts.ts';
import { errandActs } from './errand-acts.ts';
import { followUpActs } from './follow-up-acts.ts';
import { noticeActs } from './notice-acts.ts';
import { observationActs } from './observation-acts.ts';
import { payCodeId, payCodePicture } from './pictures.ts';
import { peopleActs } from './people-acts.ts';
import { roundActs } from './rounds.ts';
import { sweepActs } from './sweep-acts.ts';
import { makeTown, TOWN_NAME } from './town.ts';
import type { Town } from './town.ts';

export interface RehearsalRequest {
  readonly db: Database;
  readonly operate: Operate;
  readonly dataFolder: string;
  readonly baseUrl: string;
  /** Epoch ms. */
  readonly now: number;
  /** The same seed gives the same community. */
  readonly seed: number;
  /** Takes each line that the keeper of the machine should read. */
  readonly out: (line: string) => void;
}

/** A line of rehearsal.json: somebody to try things out as. */
export interface RehearsalLink {
  readonly key: CastKey;
  readonly name: string;
  readonly role: string;
  /** Id of the household that the link's phone belongs to, and how people say its door. */
  readonly household: string;
  readonly door: string;
  /** `ABCD-EFGH` */
  readonly code: string;
  readonly link: string;
}

interface CastSlip {
  readonly slipId: string;
  readonly owner: { readonly householdId: string } | { readonly personId: string };
  readonly code: string;
  readonly link: RehearsalLink;
}

/**
 * Fills an empty database with a synthetic community and writes `<dataFolder>/rehearsal.json`. Where this rehearsal stands
 * already, only its links are written anew (the address may have changed). Where a real community stands, nothing is done.
 * The caller keeps it out of production.
 * @returns the links; none where nothing was done
 */
export async function fillRehearsal(request: RehearsalRequest): Promise<RehearsalLink[]> {
  const { db, operate, dataFolder, baseUrl, now, seed, out } = request;
  const town = makeTown(seed, dayOf(now));
  const others = await db.query('select 1 from community where community_id <> $1 limit 1', [town.communityId]);
  if (others.length > 0) return [];

  const slips = castSlips(town, await readSlipKey(dataFolder), baseUrl);
  // Slips come last: a community that has them is complete, one that has none was cut off and is filled again.
  const issued = await db.query('select 1 from slip where community_id = $1 limit 1', [town.communityId]);
  if (issued.length === 0) {
    await storePhoto({ db }, phoneOfDuty(town, 'organiser'), payCodeId(town), payCodePicture(), now);
    await fill(town, operate, seed, now);
    await keepCodes(db, town.communityId, slips);
    await apply(operate, town, slips.map(issueSlip));
    const people = town.homes.reduce((sum, home) => sum + home.residents.length, 0);
    out(`演练小区“${TOWN_NAME}”建好了：${town.homes.length} 户，${people} 人，都是编出来的。`);
  }
  const links = slips.map((slip) => slip.link);
  await writeFile(join(dataFolder, 'rehearsal.json'), `${JSON.stringify(links, null, 2)}\n`, { mode: 0o600 });
  return links;
}

async function fill(town: Town, operate: Operate, seed: number, now: number): Promise<void> {
  await apply(operate, town, [{ id: `rehearsal/${seed}`, name: 'people.importRoster', args: town.roster }]);
  const { notices, receipts } = noticeActs(town, seed, now);
  const rounds = roundActs(town, seed, now);
  const [requests = [], ...steps] = errandActs(town, seed, now);
  const said = checkInActs(town, seed, now);
  const { start: sweep, answers } = sweepActs(town, seed, now);
  // Whoever is on duty gets what comes of the answers; what came of that comes after them.
  await applyAll(operate, town, [...peopleActs(town, now), ...dutyActs(town, now)]);
  await applyAll(operate, town, [...notices, ...requests, ...said, sweep]);
  await applyAll(operate, town, [...receipts, ...answers, ...followUpActs(town, said, now)]);
  await applyAll(operate, town, observationActs(town, now));
  for (const step of [...steps, ...rounds]) await applyAll(operate, town, step);
}

/** Each act under its own actor. They are handed over at once: the server commits them in groups. */
async function applyAll(operate: Operate, town: Town, acts: readonly Act[]): Promise<void> {
  await Promise.all(acts.map(({ as, order }) => apply(operate, town, [order], as)));
}

async function apply(operate: Operate, town: Town, orders: readonly Order[], as?: Act['as']): Promise<void> {
  const verdicts = await operate(town.communityId, orders, as);
  for (const { id, outcome, code, details } of verdicts) {
    // A fill that was cut off has done this before, perhaps on another day.
    if (outcome !== 'refused' || code === 'idReused' || code === 'alreadyThere') continue;
    const name = orders.find((order) => order.id === id)?.name;
    throw new Error(`rehearsal: ${name} ${id} was refused: ${code} ${JSON.stringify(details ?? {})}`);
  }
}

function castSlips(town: Town, key: Uint8Array, baseUrl: string): CastSlip[] {
  return town.homes.flatMap((home): CastSlip[] => {
    const first = home.residents[0];
    if (home.cast?.key === undefined || !first) return [];
    const { key: castKey, slip, role } = home.cast;
    const owner = slip === 'person' ? { personId: first.id } : { householdId: home.id };
    const slipId = slipIdOf(town.communityId, slip === 'person' ? first.id : home.id);
    const code = codeFor(key, slipId);
    const link: RehearsalLink = {
      key: castKey,
      name: first.name,
      role: role ?? '',
      household: home.id,
      door: home.door,
      code: printedCode(code),
      link: signInLink(baseUrl, code),
    };
    return [{ slipId, owner, code, link }];
  });
}

function issueSlip({ slipId, owner }: CastSlip): Order {
  return { id: `rehearsal/${slipId}`, name: 'people.issueSlip', args: { id: slipId, ...owner } };
}
