import type { ErrandKind, HandOver, Medicine, PacketItem } from '../schema.ts';

/** What is typed for one medicine. */
export interface MedicineDraft {
  readonly name: string;
  readonly strength: string;
  readonly quantity: number;
  /** Taken over from what was bought before: then 药和用法没变吧 is asked. */
  readonly refill: boolean;
  readonly unchanged: '' | 'same' | 'changed';
}

/** A half-filled request, as it is kept on the phone. */
export interface RequestDraft {
  /** Person id; empty while nobody else than the one filled in was chosen. */
  whom: string;
  medicines: MedicineDraft[];
  text: string;
  neededBy: string;
  packet: string[];
  handOver: string;
}

export type NeededBy = 'today' | 'tomorrow' | 'anyDay';

export const emptyMedicine: MedicineDraft = { name: '', strength: '', quantity: 1, refill: false, unchanged: '' };

/** @param text what the request says from the start */
export function emptyRequest(kind: ErrandKind, text = ''): RequestDraft {
  return {
    whom: '',
    medicines: kind === 'medicine' ? [emptyMedicine] : [],
    text,
    neededBy: 'anyDay' satisfies NeededBy,
    packet: [] satisfies PacketItem[],
    handOver: 'inPerson' satisfies HandOver,
  };
}

/** What still has to be put right: the field's id and the key of its text under `errands.form.errors`. */
export function errorsOf(kind: ErrandKind, draft: RequestDraft): readonly { field: string; key: string }[] {
  const errors: { field: string; key: string }[] = [];
  if (kind !== 'medicine' && draft.text.trim() === '') errors.push({ field: 'text', key: 'text' });
  draft.medicines.forEach((medicine, index) => {
    if (medicine.name.trim() === '') errors.push({ field: `name-${index}`, key: 'name' });
    if (medicine.strength.trim() === '') errors.push({ field: `strength-${index}`, key: 'strength' });
    if (medicine.refill && medicine.unchanged === '') errors.push({ field: `unchanged-${index}`, key: 'unchanged' });
  });
  return errors;
}

/** The medicines as they are asked for. */
export function medicinesOf(draft: RequestDraft): Medicine[] {
  return draft.medicines.map(({ name, strength, quantity }) => ({
    name: name.trim(),
    strength: strength.trim(),
    quantity,
  }));
}
