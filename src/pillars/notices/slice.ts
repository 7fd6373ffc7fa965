import { acknowledge, publish, withdraw } from './mutations.ts';
import { visibility } from './visibility.ts';
import type { Slice } from '../../domain/slice.ts';

export const notices: Slice = { name: 'notices', mutations: [publish, acknowledge, withdraw], visibility };
