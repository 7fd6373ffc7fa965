import type { Actor } from '../domain/actor.ts';
import type { Order } from '../server/operate.ts';
import type { Home, Resident, Town } from './town.ts';

/** Something that somebody of the rehearsal does, through the same mutations as everybody. */
export interface Act {
  readonly as: Actor;
  readonly order: Order;
}

/** The phone of a household: of nobody in particular, or of one of its residents with what duties they hold. */
export function phoneOf(town: Town, home: Home, who?: Resident): Actor {
  return {
    kind: 'device',
    communityId: town.communityId,
    deviceId: `rehearsal-${who?.id ?? home.id}`,
    ...(who && { personId: who.id }),
    households: [home.id],
    roles: who?.duties ?? [],
    grants: [],
  };
}

/** Everybody who holds this duty (for the grid, where one is named), with their phones, in the order of their doors. */
export function phonesOfDuty(town: Town, kind: Resident['duties'][number]['kind'], grid?: string): Actor[] {
  return town.homes.flatMap((home) =>
    home.residents
      .filter((who) => who.duties.some((duty) => duty.kind === kind && (grid === undefined || duty.grid === grid)))
      .map((who) => phoneOf(town, home, who)),
  );
}

/** The one who holds the duty. Throws where nobody does. */
export function phoneOfDuty(town: Town, kind: Resident['duties'][number]['kind'], grid?: string): Actor {
  const [phone] = phonesOfDuty(town, kind, grid);
  if (!phone) throw new Error(`nobody is ${kind} ${grid ?? ''}`);
  return phone;
}
