import type { AsyncCommand } from 'fast-check';
import type { History } from './history.ts';

/** What the shrinking of a failure need not know: everything is in the history. */
export type Model = Record<string, never>;

/** Something that happens in a history: a person does something, or something goes wrong. It says in words what it is. */
export abstract class Deed implements AsyncCommand<Model, History, true> {
  /** What came of it, for the story that a failure tells. */
  private came = '';

  protected abstract readonly words: string;

  /** Does it. @returns what came of it, where that is worth a word */
  protected abstract happen(history: History): Promise<string | undefined | void>;

  check(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async run(_model: Model, history: History): Promise<void> {
    history.scheduler.trace(`— ${this.words}`);
    this.came = (await this.happen(history)) ?? '';
    await history.afterDeed();
  }

  toString(): string {
    return this.came === '' ? this.words : `${this.words}: ${this.came}`;
  }
}
