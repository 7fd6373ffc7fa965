import type { Slice } from '../domain/slice.ts';
import { copied } from '../domain/slice.ts';
import { mutations } from './mutations.ts';
import { grant, household, person } from './schema.ts';
import { visibility } from './visibility.ts';

/** Households, their people, duties, care grants, devices and slips: the ground that pillars stand on. */
export const people: Slice = {
  name: 'people',
  mutations,
  visibility,
  copies: [copied(household, 'grid', person, 'householdId'), copied(household, 'grid', grant, 'householdId')],
};
