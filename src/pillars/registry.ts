import { gather } from '../domain/registry.ts';
import { people } from '../people/slice.ts';
import { checkIn } from './check-in/slice.ts';
import { errands } from './errands/slice.ts';
import { groupBuy } from './group-buy/slice.ts';
import { notices } from './notices/slice.ts';
import { sweeps } from './sweep/slice.ts';

/** Everything that phone and server share, in the order in which screens list it. A new pillar adds its line here. */
export const registry = gather([people, checkIn, groupBuy, errands, notices, sweeps]);
