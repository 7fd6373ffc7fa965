import { retract, sign, submit } from './mutations.ts';
import { household } from '../../people/schema.ts';
import { copied } from '../../domain/slice.ts';
import { checkIn as answer, lifeSign } from './schema.ts';
import { robotCard } from './duty/schema.ts';
import { dutyVisibility } from './duty/visibility.ts';
import { call, followUp, followUpCard } from './follow-up/schema.ts';
import { followUpVisibility } from './follow-up/visibility.ts';
import { observation, reading } from './observation/schema.ts';
import { observationVisibility } from './observation/visibility.ts';
import { visibility } from './visibility.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Slice } from '../../domain/slice.ts';

/** 报平安: the day's answer about everybody at home. */
export const checkIn: Slice = {
  name: 'check-in',
  mutations: [submit, retract, sign],
  later: [
    {
      names: ['checkIn.seeFollowUp', 'checkIn.closeFollowUp', 'checkIn.takeCall', 'checkIn.recordCall'],
      load: async () => (await import('./follow-up/mutations.ts')).followUpMutations,
    },
    {
      names: ['checkIn.forget', 'checkIn.erase'],
      load: async () => (await import('./keeping/mutations.ts')).keepingMutations,
    },
    {
      names: [
        'checkIn.startDuty',
        'checkIn.endDuty',
        'checkIn.handOverDuty',
        'checkIn.passOn',
        'checkIn.setRobot',
        'checkIn.robotTold',
      ],
      load: async () => (await import('./duty/mutations.ts')).dutyMutations,
    },
    {
      names: ['checkIn.startObservation', 'checkIn.takeReading', 'checkIn.endObservation', 'checkIn.missReading'],
      load: async () => (await import('./observation/mutations.ts')).observationMutations,
    },
  ],
  visibility: [...visibility, ...followUpVisibility, ...dutyVisibility, ...observationVisibility],
  projections: [followUpCard as unknown as Entity, robotCard as unknown as Entity],
  copies: [
    copied(household, 'grid', answer, 'householdId'),
    copied(household, 'grid', lifeSign, 'householdId'),
    copied(household, 'grid', followUp, 'householdId'),
    copied(household, 'grid', call, 'householdId'),
    copied(household, 'grid', observation, 'householdId'),
    copied(household, 'grid', reading, 'householdId'),
  ],
};
