import { describe, expect, it, test } from 'vitest';
import type { Actor, RoleKind } from '../../domain/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import * as moves from './moves.ts';
import * as life from './rules.ts';
import * as way from './way.ts';
import type { Part } from './moves.ts';
import type { Errand, ErrandState, HandOver, PacketItem } from './schema.ts';

const rules = { ...life, ...moves, ...way };
const NOW = Date.UTC(2025, 10, 3, 2, 0);

function anErrand(changes: Partial<Errand> = {}): Errand {
  return {
    id: 'e1',
    householdId: 'h1',
    buildingId: 'b3',
    buildingName: '3栋',
    grid: '一格',
    unit: '2',
    floor: 5,
    door: '3-2-501',
    personId: 'wang',
    personName: '王秀兰',
    kind: 'medicine',
    medicines: [{ name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 2 }],
    packet: ['card', 'emptyBox'],
    handOver: 'inPerson',
    state: 'waiting',
    stateAt: NOW,
    requestedAt: NOW,
    steps: [{ state: 'waiting', at: NOW, by: 'wang', byName: '王秀兰' }],
    version: 1,
    ...changes,
  };
}

function anActor(personId: string | undefined, roles: RoleKind[] = [], households: string[] = []): Actor {
  return {
    kind: 'device',
    communityId: 'c',
    deviceId: 'd',
    personId,
    households,
    roles: roles.map((kind) => ({ kind, grid: kind === 'gridWorker' ? '一格' : undefined })),
    grants: [],
  };
}

const he = anActor('he', ['volunteer'], ['h9']);
const wang = anActor('wang', [], ['h1']);
const stranger = anActor('zhao', [], ['h2']);
const worker = anActor('lin', ['gridWorker'], ['h7']);
const clock: Actor = { ...anActor(undefined), kind: 'clock' };

function codeOf(act: () => void): string {
  try {
    act();
    return 'yes';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('the way of an errand', () => {
  const cases: [from: ErrandState, to: ErrandState, by: Part, may: boolean][] = [
    ['waiting', 'claimed', 'volunteer', true],
    ['waiting', 'claimed', 'household', false],
    ['waiting', 'collected', 'volunteer', false],
    ['claimed', 'claimed', 'volunteer', false],
    ['claimed', 'collected', 'claimer', true],
    ['claimed', 'collected', 'volunteer', false],
    ['claimed', 'waiting', 'claimer', true],
    ['claimed', 'waiting', 'clock', true],
    ['claimed', 'waiting', 'household', false],
    ['collected', 'waiting', 'claimer', false],
    ['collected', 'waiting', 'clock', false],
    ['collected', 'bought', 'claimer', true],
    ['bought', 'handedOver', 'claimer', true],
    ['bought', 'handedOver', 'household', false],
    ['bought', 'cancelled', 'household', false],
    ['collected', 'cancelled', 'household', false],
    ['claimed', 'cancelled', 'household', true],
    ['waiting', 'cancelled', 'household', true],
    ['waiting', 'cancelled', 'claimer', false],
    ['cannotBuy', 'waiting', 'household', true],
    ['cannotBuy', 'cancelled', 'household', true],
    ['cannotBuy', 'bought', 'claimer', false],
    ['handedOver', 'closed', 'household', true],
    ['handedOver', 'closed', 'claimer', true],
    ['handedOver', 'closed', 'clock', true],
    ['handedOver', 'closed', 'volunteer', false],
    ['closed', 'waiting', 'household', false],
    ['cancelled', 'claimed', 'volunteer', false],
  ];
  test.each(cases)('%s → %s by %s: %s', (from, to, by, may) => {
    expect(rules.mayMove(from, to, by)).toBe(may);
  });
});

describe('who may take which step', () => {
  const claimed = anErrand({ state: 'claimed', claimedBy: 'he', leaseUntil: NOW + 1 });
  const cases: [name: string, errand: Errand, to: ErrandState, actor: Actor, answer: string][] = [
    ['the household cancels what waits', anErrand(), 'cancelled', wang, 'yes'],
    ['a neighbour learns nothing', anErrand(), 'cancelled', stranger, 'notFound'],
    ['the desk cancels for a household', anErrand(), 'cancelled', worker, 'yes'],
    ['too late once the card is gone', anErrand({ state: 'collected' }), 'cancelled', wang, 'wrongStep'],
    ['the claimer collects', claimed, 'collected', he, 'yes'],
    ['another volunteer does not', claimed, 'collected', anActor('lu', ['volunteer']), 'notAllowed'],
    ['the household cannot say it was bought', claimed, 'bought', wang, 'notAllowed'],
    ['handing over comes after buying', claimed, 'closed', he, 'wrongStep'],
    ['the clock gives back', claimed, 'waiting', clock, 'yes'],
  ];
  test.each(cases)('%s', (_name, errand, to, actor, answer) => {
    expect(codeOf(() => rules.demandMove(errand, to, actor, NOW))).toBe(answer);
  });

  test('a packet that was named must be collected, and what is bought must be bought', () => {
    expect(codeOf(() => rules.demandInOrder(claimed, 'bought'))).toBe('wrongStep');
    expect(codeOf(() => rules.demandInOrder({ ...claimed, packet: [] }, 'bought'))).toBe('yes');
    expect(codeOf(() => rules.demandInOrder({ ...claimed, packet: [] }, 'handedOver'))).toBe('wrongStep');
    expect(codeOf(() => rules.demandInOrder({ ...claimed, packet: [], kind: 'parcel' }, 'handedOver'))).toBe('yes');
    expect(codeOf(() => rules.demandInOrder({ ...claimed, state: 'collected' }, 'handedOver'))).toBe('wrongStep');
  });
});

describe('claiming', () => {
  const cases: [name: string, errand: Errand, actor: Actor, held: number, answer: string][] = [
    ['a volunteer takes what waits', anErrand(), he, 0, 'yes'],
    ['a resident who is no volunteer does not', anErrand(), stranger, 0, 'notAllowed'],
    ['a device that nobody has named does not', anErrand(), anActor(undefined, ['volunteer']), 0, 'notAllowed'],
    ['the second comes too late', anErrand({ state: 'claimed', leaseUntil: NOW + 1 }), he, 0, 'alreadyClaimed'],
    ['an idle claim may be taken over', anErrand({ state: 'claimed', leaseUntil: NOW }), he, 0, 'yes'],
    ['never once the packet is collected', anErrand({ state: 'collected' }), he, 0, 'alreadyClaimed'],
    ['cancelled meanwhile', anErrand({ state: 'cancelled' }), he, 0, 'closed'],
    ['the last one in hand', anErrand(), he, rules.MAX_CLAIMS - 1, 'yes'],
    ['one too many', anErrand(), he, rules.MAX_CLAIMS, 'tooManyClaims'],
  ];
  test.each(cases)('%s', (_name, errand, actor, held, answer) => {
    expect(codeOf(() => rules.demandClaim(errand, actor, held, NOW))).toBe(answer);
  });
});

describe('from hand to hand', () => {
  const cases: [how: HandOver, kind: Errand['kind'], packet: PacketItem[], answer: string][] = [
    ['door', 'medicine', [], 'notInPerson'],
    ['door', 'groceries', ['cash'], 'notInPerson'],
    ['door', 'bill', ['card'], 'notInPerson'],
    ['door', 'parcel', [], 'yes'],
    ['inPerson', 'medicine', ['card', 'cash'], 'yes'],
    ['callFirst', 'medicine', ['card'], 'yes'],
  ];
  test.each(cases)('%s, %s with %j: %s', (how, kind, packet, answer) => {
    expect(codeOf(() => rules.demandHandOver(how, kind, packet))).toBe(answer);
  });

  it('counts the packet: what is neither there nor said to be missing', () => {
    expect(rules.uncounted(['card', 'cash'], ['card'], [])).toEqual(['cash']);
    expect(rules.uncounted(['card', 'cash'], ['card'], ['cash'])).toEqual([]);
    expect(rules.uncounted([], ['card'], [])).toEqual([]);
  });
});

describe('never a substitute', () => {
  const wanted = [
    { name: '缬沙坦', strength: '80mg*7粒', quantity: 1 },
    { name: '二甲双胍', strength: '0.5g*20片', quantity: 1 },
  ];
  const right = wanted.map(({ name, strength }) => ({ name, strength }));
  test.each([
    ['everything ticked', right, 0],
    ['one not ticked', right.slice(1), 1],
    ['another strength', [right[1], { name: '缬沙坦', strength: '160mg*7粒' }], 2],
    ['another medicine on top', [...right, { name: '氯沙坦钾', strength: '50mg*7片' }], 1],
  ])('%s', (_name, checked, wrong) => {
    expect(rules.mismatches(wanted, checked as typeof right)).toHaveLength(wrong);
  });
});

describe('the same open need', () => {
  const open = [anErrand(), anErrand({ id: 'e2', kind: 'other', text: '换灯泡', medicines: undefined })];
  const amlodipine = [{ name: '苯磺酸氨氯地平' }];
  test.each([
    ['the same medicine for the same person', { kind: 'medicine', personId: 'wang', medicines: amlodipine }, 'e1'],
    ['another medicine', { kind: 'medicine', personId: 'wang', medicines: [{ name: '缬沙坦' }] }, undefined],
    ['for somebody else', { kind: 'medicine', personId: 'li', medicines: amlodipine }, undefined],
    ['another kind', { kind: 'parcel' }, undefined],
    ['the same words', { kind: 'other', text: '换灯泡 ' }, 'e2'],
    ['other words', { kind: 'other', text: '修水龙头' }, undefined],
  ] as [string, moves.Need, string | undefined][])('%s', (_name, need, id) => {
    expect(rules.sameOpenNeed(open, need)?.id).toBe(id);
  });

  it('is over when it was closed', () => {
    expect(
      rules.sameOpenNeed([anErrand({ state: 'closed' })], { kind: 'medicine', medicines: amlodipine }),
    ).toBeUndefined();
  });
});

describe('what people follow', () => {
  const marks = (errand: Errand) => rules.stepsOf(errand).map((it) => `${it.state} ${it.mark}`);
  it('shows what is still to come', () => {
    expect(marks(anErrand())).toEqual([
      'waiting now',
      'claimed next',
      'collected next',
      'bought next',
      'handedOver next',
    ]);
    expect(marks(anErrand({ kind: 'parcel', packet: [] }))).toEqual(['waiting now', 'claimed next', 'handedOver next']);
  });
  it('stands still when it is over', () => {
    const steps = [...anErrand().steps, { state: 'cancelled' as const, at: NOW }];
    expect(marks(anErrand({ state: 'cancelled', steps }))).toEqual(['waiting done', 'cancelled done']);
  });
});
