import type { Item, Queue } from '../schema.ts';

/** The item's queue; of an item for which nobody ever waited, an empty one. */
export function queueOf(item: Item): Queue {
  return item.queue ?? { next: 1, head: 1, gone: [] };
}

/** @returns the place of who holds the ticket, from 1 */
export function placeInQueue(queue: Queue, ticket: number): number {
  return 1 + (ticket - queue.head) - queue.gone.filter((gone) => gone < ticket).length;
}

/** Somebody joins at the end. @returns the queue, and the ticket that they hold */
export function joined(queue: Queue): { readonly queue: Queue; readonly ticket: number } {
  return { queue: { ...queue, next: queue.next + 1 }, ticket: queue.next };
}

/** Whoever holds the ticket no longer waits: served, or gone of their own will. Those behind move up. */
export function without(queue: Queue, ticket: number): Queue {
  const gone = new Set([...queue.gone, ticket]);
  let { head } = queue;
  while (gone.delete(head)) head++;
  return { ...queue, head, gone: [...gone].sort((a, b) => a - b) };
}

/** The tickets of the next so many who wait, in their order. */
export function upcoming(queue: Queue, most: number): number[] {
  const gone = new Set(queue.gone);
  const tickets: number[] = [];
  for (let ticket = queue.head; ticket < queue.next && tickets.length < most; ticket++) {
    if (!gone.has(ticket)) tickets.push(ticket);
  }
  return tickets;
}

/** Nobody waits any more; tickets are never given twice. */
export function emptied(queue: Queue): Queue {
  return { next: queue.next, head: queue.next, gone: [] };
}
