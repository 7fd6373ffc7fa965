import type { Slice } from '../domain/slice.ts';
import { copied } from '../domain/slice.ts';
import { grant, household, person } from './schema.ts';
import { visibility } from './visibility.ts';

/** Households, their people, duties, care grants, devices and slips: the ground that pillars stand on. */
export const people: Slice = {
  name: 'people',
  mutations: [],
  later: [
    {
      names: [
        'people.importRoster',
        'people.giveRole',
        'people.endRole',
        'people.issueSlip',
        'people.enrolDevice',
        'people.endDevice',
        'people.sayWho',
        'people.grantCare',
        'people.endGrant',
        'people.setPresence',
        'people.setGreeting',
        'people.setGuardian',
        'people.changeSettings',
      ],
      load: async () => (await import('./mutations.ts')).mutations,
    },
  ],
  visibility,
  copies: [copied(household, 'grid', person, 'householdId'), copied(household, 'grid', grant, 'householdId')],
};
