import { createHash } from 'node:crypto';

const realImmediate = globalThis.setImmediate;

interface Event {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
  over: boolean;
}

/** Virtual ms that a step of a phone's storage takes: enough for the clock to go on while somebody polls. */
const TASK_MS = 0.02;

/**
 * The only source of "later" of a simulated history. Code under test asks for it through its World; what libraries ask
 * the platform for (IndexedDB's tasks, Dexie's timers) is led here by `rule`. One event runs at a time, and everything
 * that follows from it before the next: the same seed gives the same history, event by event.
 */
export class Scheduler {
  /** Virtual time, epoch ms, with fractions. */
  now: number;
  /** Events run so far. */
  steps = 0;
  private readonly events: Event[] = [];
  private readonly real = new Set<Promise<unknown>>();
  private readonly hash = createHash('sha256');
  private readonly alarms: { readonly step: number; readonly run: () => void }[] = [];
  private order = 0;
  /** Everything said to `trace`, where it is wanted for reading. */
  readonly lines: string[] | undefined;

  constructor(start: number, { keepTrace = false } = {}) {
    this.now = start;
    this.lines = keepTrace ? [] : undefined;
  }

  /** Calls `run` after so many virtual ms; the returned function calls it off. */
  later(ms: number, run: () => void): () => void {
    const event = { due: this.now + Math.max(0, ms), order: this.order++, run, over: false };
    push(this.events, event);
    return () => void (event.over = true);
  }

  /** Work of the real world (a query) that everything else waits for, so that its speed does not matter. */
  outside<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => {},
      () => {},
    );
    this.real.add(settled);
    void settled.then(() => this.real.delete(settled));
    return work;
  }

  /** Writes down what happened. The hash over all of it is the history's. */
  trace(line: string): void {
    const whole = `${(this.now % 1e8).toFixed(2)} ${line}\n`;
    this.hash.update(whole);
    this.lines?.push(whole);
  }

  /** @returns the hash of the trace so far */
  digest(): string {
    return this.hash.copy().digest('hex');
  }

  /** Runs the next event and all that follows from it at once. @returns false where nothing is left */
  async step(): Promise<boolean> {
    let event = pop(this.events);
    while (event?.over === true) event = pop(this.events);
    if (event === undefined) return false;
    this.now = Math.max(this.now, event.due);
    this.steps += 1;
    event.run();
    await this.settle();
    await this.ring();
    return true;
  }

  /** Calls `run` after so many more events: at any place of whatever goes on. */
  afterSteps(steps: number, run: () => void): void {
    this.alarms.push({ step: this.steps + Math.max(1, steps), run });
  }

  private async ring(): Promise<void> {
    for (let at = this.alarms.length - 1; at >= 0; at--) {
      const alarm = this.alarms[at]!;
      if (alarm.step > this.steps) continue;
      this.alarms.splice(at, 1);
      alarm.run();
      await this.settle();
    }
  }

  /** Lets so many virtual ms pass. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    while ((this.next() ?? Infinity) <= end) await this.step();
    this.now = Math.max(this.now, end);
  }

  /**
   * Runs on until the promise has settled, `limitMs` of virtual time at most.
   * @returns its value; undefined where the time was up. Rejects as it does.
   */
  async until<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
    const end = this.now + limitMs;
    let state: 'open' | 'done' = 'open';
    const done = () => void (state = 'done');
    promise.then(done, done);
    await this.settle();
    while ((state as string) === 'open' && (this.next() ?? Infinity) <= end) await this.step();
    return (state as string) === 'done' ? promise : undefined;
  }

  /** Waits until nothing moves any more without a further event. */
  async settle(): Promise<void> {
    do {
      while (this.real.size > 0) await Promise.all(this.real);
      await new Promise((resolve) => realImmediate(resolve));
    } while (this.real.size > 0);
  }

  private next(): number | undefined {
    while (this.events[0]?.over === true) pop(this.events);
    return this.events[0]?.due;
  }

  /**
   * Leads the platform's own ways to say "later" here, as libraries use them.
   * @returns a function that gives them back
   */
  rule(): () => void {
    const { setImmediate, setTimeout, clearTimeout } = globalThis;
    const { warn } = console;
    // Dexie says aloud what is usual here: one tab deletes what another still has open.
    console.warn = (...words: unknown[]) => this.trace(`warning: ${words.join(' ')}`);
    const handles = new WeakMap<object, () => void>();
    const timer = (ms: number, run: () => void): object => {
      const handle = { ref: () => handle, unref: () => handle, hasRef: () => true };
      handles.set(handle, this.later(ms, run));
      return handle;
    };
    Object.assign(globalThis, {
      setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => timer(TASK_MS, () => run(...args)),
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        timer(Math.max(TASK_MS, ms), () => run(...args)),
      clearTimeout: (handle: object | undefined) => {
        const cancel = handle === undefined || handle === null ? undefined : handles.get(handle);
        if (cancel) cancel();
        else clearTimeout(handle as never);
      },
    });
    return () => {
      Object.assign(globalThis, { setImmediate, setTimeout, clearTimeout });
      console.warn = warn;
    };
  }
}

/** A binary heap by (due, order). */
function push(heap: Event[], event: Event): void {
  heap.push(event);
  for (let at = heap.length - 1; at > 0;) {
    const up = (at - 1) >> 1;
    if (!before(heap[at]!, heap[up]!)) break;
    [heap[at], heap[up]] = [heap[up]!, heap[at]!];
    at = up;
  }
}

function pop(heap: Event[]): Event | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return top;
  heap[0] = last;
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
    }
    if (least === at) return top;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}

function before(one: Event, other: Event): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
