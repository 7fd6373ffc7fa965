/**
 * What phones of version 0.1 had in their outboxes, as it lay on their disks: what people did, days ago, with the fields
 * of then. `{household}` and `{community}` stand for the ids of where it is replayed. Names and args are for ever: an
 * entry here is never changed, and each must come to an end, if only to a refusal.
 */
export const recordedOutbox: readonly { readonly name: string; readonly args: unknown; readonly daysAgo: number }[] = [
  {
    name: 'notices.acknowledge',
    args: { noticeId: '{community}-notice', householdId: '{household}' },
    daysAgo: 20,
  },
  {
    name: 'groupBuy.placeOrder',
    args: {
      groupBuyId: '{community}-round',
      householdId: '{household}',
      lines: [{ itemId: '{community}-round-greens', quantity: 1, ifShort: 'drop' }],
    },
    daysAgo: 2,
  },
  { name: 'groupBuy.wordOfThen', args: { what: 'a name that is no longer registered' }, daysAgo: 2 },
  {
    name: 'checkIn.submit',
    args: { householdId: '{household}', day: '2026-11-02', slot: 'morning', entries: [] },
    daysAgo: 20,
  },
  {
    name: 'errands.request',
    args: {
      id: '{household}-old',
      householdId: '{household}',
      kind: 'other',
      text: '换灯泡',
      handOver: 'inPerson',
      fieldOfThen: 1,
    },
    daysAgo: 1,
  },
];
