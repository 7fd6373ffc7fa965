import { isStaffOf, isSystem } from '../../domain/actor.ts';
import { buildingScope, gridScope } from '../../domain/scope.ts';
import { mayPublish } from './rules.ts';
import { noticeTable, receiptTable } from './tables.ts';
import type { Actor } from '../../domain/actor.ts';
import type { HeldScope } from '../../domain/scope.ts';
import type { Database } from '../../server/database/database.ts';
import type { ServerSlice } from '../../server/slice.ts';
import type { ReceiptCoverage } from './schema.ts';

export const server: ServerSlice = {
  tables: { notice: noticeTable, receipt: receiptTable },

  /** Who writes notices reads them all: staff hold every building and grid of the community, as long as their duty lasts. */
  async scopesFor(actor, db, now) {
    if (isSystem(actor) || !isStaffOf(actor, now)) return [];
    const places = await db.query<{ place: string; is_grid: boolean }>(
      `select id as place, false as is_grid from building where community_id = $1
       union all select distinct grid, true from household where community_id = $1
       order by is_grid, place`,
      [actor.communityId],
    );
    const until = dutyEnds(actor);
    return places.map(({ place, is_grid }): HeldScope => ({
      scope: is_grid ? gridScope(place) : buildingScope(place),
      ...(until !== undefined && { until }),
    }));
  },

  routes(app, { db, world }) {
    app.get('/notices/:id/receipts', async (c) => {
      const actor = c.get('actor');
      const now = world.now();
      if (!isStaffOf(actor, now)) return c.notFound();
      const id = c.req.param('id');
      const [told] = await db.query<{ scope: string }>('select scope from notice where community_id = $1 and id = $2', [
        actor.communityId,
        id,
      ]);
      if (told === undefined || !mayPublish(actor, told.scope, now)) return c.notFound();
      return c.json(await coverage(db, actor, now, id, told.scope));
    });
  },
};

/** When the last of the actor's duties at a desk ends (epoch ms); undefined where one has no end. */
function dutyEnds(actor: Actor): number | undefined {
  const duties = actor.roles.filter(({ kind }) => kind === 'gridWorker' || kind === 'secretary');
  const ends = duties.flatMap(({ until }) => until ?? []);
  return ends.length < duties.length ? undefined : Math.max(...ends);
}

/** Doors that were told and doors that took note, by building: of the whole audience, or as much of it as the actor's desk answers for. */
async function coverage(
  db: Database,
  actor: Actor,
  now: number,
  noticeId: string,
  scope: string,
): Promise<ReceiptCoverage> {
  const buildings = await db.query<ReceiptCoverage['buildings'][number]>(
    `select h.building_id as "buildingId", h.building_name as name, count(*)::int as doors, count(r.id)::int as noted
       from household h
       left join receipt r on r.community_id = $1 and r.household_id = h.id and r.notice_id = $2
      where h.community_id = $1 and not h.vacant
        and ($3 in ('public', 'community') or $3 = 'grid:' || h.grid or $3 = 'building:' || h.building_id)
        and ($4::text[] is null or h.grid = any($4::text[]))
      group by h.building_id, h.building_name
      order by length(h.building_name), h.building_name`,
    [actor.communityId, noticeId, scope, desksOf(actor, now)],
  );
  const sum = (field: 'doors' | 'noted'): number => buildings.reduce((total, building) => total + building[field], 0);
  return { doors: sum('doors'), noted: sum('noted'), buildings };
}

/** The grids whose doors the actor may count; null for all of them. */
function desksOf(actor: Actor, now: number): readonly string[] | null {
  const duties = actor.roles.filter((role) => role.kind === 'gridWorker' || role.kind === 'secretary');
  const inForce = duties.filter((role) => role.until == null || now < role.until);
  if (inForce.some((role) => role.kind === 'secretary' || role.grid == null)) return null;
  return inForce.flatMap((role) => role.grid ?? []);
}
