import type { Registry } from '../../src/domain/slice.ts';
import type { Server } from '../../src/server/create-server.ts';
import type { Database } from '../../src/server/database/database.ts';
import type { Log } from '../../src/server/log.ts';
import type { Operate } from '../../src/server/operate.ts';
import { testServer } from '../support/test-server.ts';
import type { Run } from './book.ts';
import { recordingRegistry } from './book.ts';
import type { SeededChance } from './chance.ts';
import { Life, worldOf } from './life.ts';
import type { Scheduler } from './scheduler.ts';
import { SimDatabase } from './sim-database.ts';
import type { DatabaseFault } from './sim-database.ts';

/** Everything that was committed, in the order of commits. */
export interface CommittedRuns {
  /** As of now: a server that is set back forgets what came after its backup. */
  runs: Run[];
  /** How mutations ever ended, also before the server was set back. */
  readonly ever: Map<string, Run['outcome']>;
}

/** The community's server as a process that can be killed and comes up again, over the one real database. */
export class SimServer {
  readonly book: CommittedRuns = { runs: [], ever: new Map() };
  /** Faults that wait for a transaction that writes. */
  readonly faults: DatabaseFault[] = [];
  readonly happened: DatabaseFault['kind'][] = [];
  private life = new Life();
  private running: Server | undefined;
  /** What runs in the transaction that is open. A community's writer opens one at a time. */
  private open: Run[] = [];

  constructor(
    private readonly db: Database,
    private readonly registry: Registry,
    private readonly scheduler: Scheduler,
    private readonly chance: SeededChance,
    private readonly log: Log,
  ) {}

  get isUp(): boolean {
    return this.running !== undefined;
  }

  /** The life of the running process: ends when it is killed. */
  get process(): Life {
    return this.life;
  }

  /** Lets the keeper open the community, before anything can go wrong: without virtual time, on the database itself. */
  async prepare(work: (operate: Operate) => Promise<void>): Promise<void> {
    const runs: Run[] = [];
    const registry = recordingRegistry(this.registry, (run) => void runs.push(run));
    const world = worldOf(this.scheduler, this.chance, new Life());
    await work(testServer(this.db, world, { log: this.log, registry }).operate);
    this.commit(runs);
  }

  start(): void {
    if (this.running !== undefined) return;
    const life = new Life();
    this.life = life;
    const recording = recordingRegistry(this.registry, (run) => void this.open.push(run));
    const db = new SimDatabase(this.db, this.scheduler, life, {
      begin: () => {
        const runs: Run[] = [];
        this.open = runs;
        return { committed: () => this.commit(runs) };
      },
      fault: () => this.faults.shift(),
      happened: (fault) => {
        this.happened.push(fault.kind);
        this.scheduler.trace(`server: ${fault.kind}`);
      },
      kill: () => this.kill(),
    });
    const world = worldOf(this.scheduler, this.chance, life);
    this.running = testServer(db, world, { log: this.log, registry: recording, newSecret: () => this.chance.newId() });
  }

  /** The power goes for the server alone; it is back after a while. @param downMs virtual ms */
  kill(downMs = 300 + this.chance.whole(3_000)): void {
    if (this.running === undefined) return;
    this.running = undefined;
    this.life.end();
    this.scheduler.trace('server: ended');
    this.scheduler.later(downMs, () => this.start());
  }

  /** The running server. Throws where it is down. */
  get current(): Server {
    if (this.running === undefined) throw new Error('the server is down');
    return this.running;
  }

  /** Writes something into the history's trace. */
  note(line: string): void {
    this.scheduler.trace(line);
  }

  private commit(runs: readonly Run[]): void {
    for (const run of runs) {
      this.book.runs.push(run);
      this.book.ever.set(run.id, run.outcome);
    }
  }
}
