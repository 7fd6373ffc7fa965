import { liveQuery } from 'dexie';
import { shallowRef } from 'vue';

/** What is shown live of one phone's database. */
export class LiveQueries {
  /** How many wait for their first answer: while there are some, a screen is still filling. */
  readonly unanswered = shallowRef(0);
  /** Settles once the last act is shown as unsent. */
  private acted: Promise<unknown> = Promise.resolve();

  /** An act is being queued: no row shows before the outbox that changed it, or it would read 小区已收到 for a moment. */
  after(act: Promise<unknown>): void {
    this.acted = act.catch(() => {});
  }

  /**
   * Shows what a query gives, now and after each change, until the returned function is called. It falls silent when the
   * connection to the database is reopened.
   */
  watch<T>(query: () => Promise<T>, show: (value: T) => void): () => void {
    let isOver = false;
    let isAnswered = false;
    const answered = (): void => {
      if (!isAnswered) this.unanswered.value -= 1;
      isAnswered = true;
    };
    this.unanswered.value += 1;
    const next = (value: T) =>
      void this.acted.then(() => {
        if (!isOver) show(value);
        answered();
      });
    // An async function, so that Dexie knows to keep its zone over native awaits.
    const subscription = liveQuery(async () => query()).subscribe({ next, error: () => {} });
    return () => {
      isOver = true;
      answered();
      subscription.unsubscribe();
    };
  }
}
