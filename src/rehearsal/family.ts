import type { RosterInput } from '../people/args.ts';
import type { Need } from '../people/schema.ts';
import type { Chance } from './chance.ts';
import { givenName, surname } from './names.ts';
import type { Sex } from './names.ts';

type RosterPerson = RosterInput['households'][number]['persons'][number];

/** Years of birth are reckoned from here, not from today: the same seed gives the same people next year too. */
const YEAR = 2025;

/** Kinds of household and how many of a hundred doors have them. A tenth are elders living alone. */
const KINDS = [
  [11, elderAlone],
  [14, elderCouple],
  [35, parentsAndChildren],
  [14, threeGenerations],
  [8, youngCouple],
  [6, single],
  [12, grownChild],
] as const;

/** Makes the people behind a door: 2.8 of them on average. */
export function makeFamily(chance: Chance, phone: () => string): RosterPerson[] {
  let draw = chance.between(1, 100);
  const kind = KINDS.find(([share]) => (draw -= share) <= 0)?.[1] ?? elderCouple;
  return distinct(kind(new Cradle(chance, phone)));
}

/** Makes single persons. */
class Cradle {
  constructor(
    readonly chance: Chance,
    private readonly phone: () => string,
  ) {}

  person(family: string, sex: Sex, birthYear: number, needs: readonly Need[] = []): RosterPerson {
    const age = YEAR - birthYear;
    const hasPhone = age >= 14 && this.chance.happens(age > 75 ? 0.7 : 0.97);
    const ill = age >= 65 && this.chance.happens(0.45) ? (['chronic'] as const) : [];
    const stairs = age >= 80 && this.chance.happens(0.3) ? (['limitedMobility'] as const) : [];
    const other = this.chance.happens(0.008) ? (['disabled'] as const) : [];
    return {
      name: family + givenName(this.chance, sex, birthYear),
      birthYear,
      ...(hasPhone && { phone: this.phone() }),
      needs: [...new Set([...needs, ...ill, ...stairs, ...other])],
      ...(needs.includes('livesAlone') && { dailyGreeting: true }),
    };
  }

  /** A man and a woman of about one age, each with the own family's name. */
  couple(birthYear: number, family = surname(this.chance)): RosterPerson[] {
    const { chance } = this;
    const expecting = birthYear > YEAR - 38 && birthYear < YEAR - 23 && chance.happens(0.05);
    const wife = this.person(surname(chance), 'f', birthYear + chance.between(-2, 3), expecting ? ['pregnant'] : []);
    return [this.person(family, 'm', birthYear), wife];
  }

  child(family: string, birthYear: number): RosterPerson {
    return this.person(family, this.chance.happens(0.5) ? 'f' : 'm', birthYear);
  }

  born(youngest: number, oldest: number): number {
    return YEAR - this.chance.between(youngest, oldest);
  }
}

function elderAlone(of: Cradle): RosterPerson[] {
  const sex = of.chance.happens(0.72) ? 'f' : 'm';
  return [of.person(surname(of.chance), sex, of.born(66, 92), ['livesAlone'])];
}

function elderCouple(of: Cradle): RosterPerson[] {
  return of.couple(of.born(62, 86));
}

function youngCouple(of: Cradle): RosterPerson[] {
  return of.couple(of.born(24, 38));
}

function single(of: Cradle): RosterPerson[] {
  return [of.person(surname(of.chance), of.chance.happens(0.5) ? 'f' : 'm', of.born(22, 48))];
}

function parentsAndChildren(of: Cradle): RosterPerson[] {
  const family = surname(of.chance);
  const father = of.born(29, 48);
  const eldest = Math.min(father + of.chance.between(25, 31), YEAR - 1);
  const children = [of.child(family, eldest)];
  if (of.chance.happens(0.38)) children.push(of.child(family, Math.min(eldest + of.chance.between(2, 6), YEAR - 1)));
  return [...of.couple(father, family), ...children];
}

function threeGenerations(of: Cradle): RosterPerson[] {
  const family = surname(of.chance);
  const father = of.born(33, 45);
  const grandmother = of.person(surname(of.chance), 'f', father - of.chance.between(23, 30));
  const grandfather = of.chance.happens(0.55) ? [of.person(family, 'm', father - of.chance.between(25, 32))] : [];
  const child = of.child(family, Math.min(father + of.chance.between(26, 32), YEAR - 1));
  return [...of.couple(father, family), child, ...grandfather, grandmother];
}

function grownChild(of: Cradle): RosterPerson[] {
  const family = surname(of.chance);
  const father = of.born(50, 61);
  return [...of.couple(father, family), of.child(family, father + of.chance.between(25, 29))];
}

/** Two of one name and year behind one door would be one person: the later one is left out. */
function distinct(persons: readonly RosterPerson[]): RosterPerson[] {
  return persons.filter((one, at) => persons.findIndex((other) => other.name === one.name) === at);
}
