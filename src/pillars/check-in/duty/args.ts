import * as v from 'valibot';
import { id, time, words } from '../../../people/schema.ts';
import { ROBOT_KINDS } from './schema.ts';

export const startDutyArgs = v.object({
  id,
  personId: id,
  /** Absent: the whole community. */
  grid: v.optional(words(20)),
  from: time,
  to: time,
});
export const endDutyArgs = v.object({ dutyId: id });
/** 交班: ends the shift, begins the next one's, and what is open goes along. */
export const handOverDutyArgs = v.object({ dutyId: id, nextId: id, toPersonId: id, to: time });
/** By the community's clock: an alert that nobody opened goes on. `stageBefore` says what it was when the clock looked. */
export const passOnArgs = v.object({
  followUpId: id,
  stageBefore: v.picklist(['onDuty', 'colleague', 'secretary']),
  stage: v.picklist(['colleague', 'secretary']),
  toPersonId: id,
});
/** Without kind and address: no robot any more. */
export const setRobotArgs = v.object({
  kind: v.optional(v.picklist(ROBOT_KINDS)),
  url: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500), v.url('checkIn.issues.robotUrl'))),
});
/** By the community's clock: the robot has been told. */
export const robotToldArgs = v.object({ followUpId: id, at: time });
