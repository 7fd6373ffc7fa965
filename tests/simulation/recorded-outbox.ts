/** An entry as it lay in a phone's outbox. Its id, stream, number and time are given anew where it is replayed. */
export interface RecordedEntry {
  readonly name: string;
  readonly args: unknown;
  readonly state: 'unsent';
  readonly touches: readonly string[];
  readonly hidden?: boolean;
}

/**
 * The outbox of a phone of version 0.1.0 (commit 1c86d0c), read off its IndexedDB after somebody of the Li family had done
 * these things out of reach. Only ids are replaced by words in braces, which stand for those of where it is replayed. Names
 * and args are for ever: an entry here is never changed, and each must come to an end. Newer versions add theirs below.
 */
export const recordedOutbox: readonly RecordedEntry[] = [
  {
    name: 'checkIn.submit',
    args: {
      householdId: '{household}',
      day: '2026-11-22',
      slot: 'morning',
      entries: [
        {
          personId: '{li}',
          feels: 'well',
        },
        {
          personId: '{grandma}',
          feels: 'unwell',
          temperatureC: 37.8,
          symptoms: ['cough'],
          needs: ['medicine'],
        },
      ],
    },
    state: 'unsent',
    touches: ['checkIn#{li}/2026-11-22/morning', 'checkIn#{grandma}/2026-11-22/morning'],
    hidden: false,
  },
  {
    name: 'groupBuy.placeOrder',
    args: {
      groupBuyId: '{community}-round',
      householdId: '{household}',
      basedOn: null,
      lines: [
        {
          itemId: '{community}-round-greens',
          quantity: 1,
          ifShort: 'drop',
        },
      ],
    },
    state: 'unsent',
    touches: ['item#{community}-round-greens', 'order#{community}-round/{household}', 'groupBuy#{community}-round'],
    hidden: false,
  },
  {
    name: 'errands.request',
    args: {
      id: '{errand}',
      householdId: '{household}',
      personId: '{grandma}',
      kind: 'medicine',
      medicines: [
        {
          name: '苯磺酸氨氯地平',
          strength: '5mg*28片',
          quantity: 1,
        },
      ],
      packet: ['card'],
      handOver: 'inPerson',
    },
    state: 'unsent',
    touches: ['errand#{errand}'],
    hidden: false,
  },
  {
    name: 'notices.acknowledge',
    args: {
      noticeId: '{community}-notice',
      householdId: '{household}',
    },
    state: 'unsent',
    touches: ['receipt#{community}-notice/{household}'],
    hidden: false,
  },
  {
    name: 'people.setPresence',
    args: {
      personId: '{lele}',
      presence: 'withFamily',
      until: '2026-11-30',
    },
    state: 'unsent',
    touches: ['person#{lele}'],
    hidden: false,
  },
  {
    name: 'groupBuy.cancelOrder',
    args: {
      groupBuyId: '{community}-round',
      householdId: '{household}',
    },
    state: 'unsent',
    touches: ['item#{community}-round-greens', 'order#{community}-round/{household}', 'groupBuy#{community}-round'],
    hidden: false,
  },
];

/** Made up, not recorded: what a phone may still hold of a name that is no longer registered, and of fields that are gone. */
export const retiredEntries: readonly RecordedEntry[] = [
  { name: 'groupBuy.wordOfThen', args: { what: 'retired' }, state: 'unsent', touches: [], hidden: true },
  {
    name: 'notices.acknowledge',
    args: { noticeId: '{community}-notice', householdId: '{household}', fieldOfThen: 1 },
    state: 'unsent',
    touches: [],
    hidden: true,
  },
];
