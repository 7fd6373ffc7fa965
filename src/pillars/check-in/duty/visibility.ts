import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { communityScope } from '../../../domain/scope.ts';
import { staffScope } from '../../../people/visibility.ts';
import { duty, robot, robotCard } from './schema.ts';
import type { Robot, RobotCard } from './schema.ts';

/** Who is on duty is everybody's to know, offline too. The robot's address is a secret: desks see only that there is one. */
export const dutyVisibility: readonly Visibility[] = [
  visible(duty, (row) => inScopes(duty, row, communityScope)),
  visible(robot, (row) => inScopes(robotCard, cardOf(row), staffScope)),
];

/** What desks see of the robot. */
export function cardOf({ id, kind, setByName, setAt }: Robot): RobotCard {
  return { id, kind, setByName, setAt };
}
