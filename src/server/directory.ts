import type { Actor } from '../domain/actor.ts';
import type { HeldScope } from '../domain/scope.ts';
import type { JoinAnswer } from '../sync/wire.ts';
import type { Sql } from './database/database.ts';

/** What the platform must know about people. `people/server.ts` implements it; the composition root wires it. */
export interface Directory {
  /** Entities that an actor's rights rest on: a change of one ends a batch, so that the next mutation meets fresh actors. */
  readonly restsOn: readonly string[];
  /**
   * Enrols a device by a slip of the community (through the mutation `people.enrolDevice`, like everything).
   * @param slip `formerDeviceIds`: what the phone provably was before; it goes on as the first where the slip is of the same
   *   household or person, so that what it had not sent still goes out under the identity that queued it.
   *   `forgottenDeviceId`: what it says it was, where no such device exists (any more): it is enrolled under that id
   * @returns undefined where the slip does not exist or has ended
   */
  join(slip: {
    communityId: string;
    slipId: string;
    deviceId: string;
    deviceName: string;
    formerDeviceIds: readonly string[];
    forgottenDeviceId?: string;
  }): Promise<JoinAnswer | undefined>;
  /** Whether the community has a device of that id, living or ended. */
  knowsDevice(communityId: string, deviceId: string): Promise<boolean>;
  /** The living devices that were enrolled by this slip, or another one of the same household or person. */
  devicesOf(communityId: string, slipId: string): Promise<readonly { id: string; name: string }[]>;
  /** Who stands behind these devices now. A device that is unknown or has ended is missing from the map. One query for all. */
  actorsOf(
    sql: Sql,
    communityId: string,
    deviceIds: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, Actor>>;
  /** The scopes that an actor holds by belonging, role and grant (slices add theirs through `scopesFor`). */
  scopesOf(sql: Sql, actor: Actor, now: number): Promise<readonly HeldScope[]>;
  /** The community's name and whether it is a rehearsal; undefined where there is none. */
  communityOf(sql: Sql, communityId: string): Promise<{ id: string; name: string; rehearsal: boolean } | undefined>;
}
