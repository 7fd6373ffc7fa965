import { entity } from '../../../domain/entity.ts';
import type { Row } from '../../../domain/entity.ts';

/** The longest shift. */
export const MAX_DUTY_HOURS = 72;

/** A shift 值班: who answers from when to when (epoch ms). Everybody reads it, with the number. */
export interface Duty extends Row {
  readonly personId: string;
  readonly personName: string;
  readonly phone?: string | null;
  /** The grid it is for; empty: the whole community. What shifts are looked up by. */
  readonly place: string;
  readonly from: number;
  readonly to: number;
  /** Ended early, or handed over. */
  readonly endedAt?: number | null;
}

export const ROBOT_KINDS = ['wecom', 'dingtalk', 'feishu'] as const;
export type RobotKind = (typeof ROBOT_KINDS)[number];

/** The group chat's robot. Its address is a secret and leaves the server only to be called. Id: the community's. */
export interface Robot extends Row {
  readonly kind: RobotKind;
  readonly url: string;
  readonly setByName?: string | null;
  readonly setAt: number;
}

/** What desks see of the robot: that there is one. */
export interface RobotCard extends Row {
  readonly kind: RobotKind;
  readonly setByName?: string | null;
  readonly setAt: number;
}

export const duty = entity<Duty>('duty', ['place', 'personId']);
export const robot = entity<Robot>('robot');
export const robotCard = entity<RobotCard>('robotCard');
