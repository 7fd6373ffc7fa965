import { retract, submit } from './mutations.ts';
import { household } from '../../people/schema.ts';
import { copied } from '../../domain/slice.ts';
import { checkIn as answer } from './schema.ts';
import { visibility } from './visibility.ts';
import type { Slice } from '../../domain/slice.ts';

/** 报平安: the day's answer about everybody at home. */
export const checkIn: Slice = {
  name: 'check-in',
  mutations: [submit, retract],
  visibility,
  copies: [copied(household, 'grid', answer, 'householdId')],
};
