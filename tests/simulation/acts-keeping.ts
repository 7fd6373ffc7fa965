import { anyPerson } from './acts-doing.ts';
import type { Recipes } from './acts-doing.ts';
import { clockOnly } from './acts-duty.ts';

/** Nobody comes to forget or erase but the community's clock: whoever tries is refused. */
export const keepingRecipes: Recipes = {
  'checkIn.forget': clockOnly((doing) => ({ entity: 'checkIn', ids: [`${anyPerson(doing)}/2026-11-22/morning`] })),
  'checkIn.erase': clockOnly((doing) => ({ entity: 'checkIn', ids: [`${anyPerson(doing)}/2026-11-22/morning`] })),
};
