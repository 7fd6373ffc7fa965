import type { Registry } from '../../src/domain/slice.ts';
import type { Server } from '../../src/server/create-server.ts';
import type { Database } from '../../src/server/database/database.ts';
import type { Log } from '../../src/server/log.ts';
import type { Operate } from '../../src/server/operate.ts';
import type { Post } from '../../src/server/slice.ts';
import { nobodyThere, testServer } from '../support/test-server.ts';
import type { Run } from './book.ts';
import { recordingRegistry } from './book.ts';
import type { SeededChance } from './chance.ts';
import { communityClock } from './community-clock.ts';
import { Life, worldOf } from './life.ts';
import type { Scheduler } from './scheduler.ts';
import { ClockRow, SimDatabase } from './sim-database.ts';
import type { DatabaseFault } from './sim-database.ts';

/** Everything that was committed, in the order of commits. */
export interface CommittedRuns {
  /** As of now: a server that is set back forgets what came after its backup. */
  runs: Run[];
  /** How mutations ever ended, also before the server was set back. */
  readonly ever: Map<string, Run['outcome']>;
}

/** One running process: its server, and its community clock. */
interface Process {
  readonly server: Server;
  readonly look: (communityId: string) => Promise<number>;
}

/** The community's server as a process that can be killed and comes up again, over the one real database. */
export class SimServer {
  readonly book: CommittedRuns = { runs: [], ever: new Map() };
  /** Faults that wait for a transaction that writes. */
  readonly faults: DatabaseFault[] = [];
  readonly happened: DatabaseFault['kind'][] = [];
  private life = new Life();
  private running: Process | undefined;
  /** A second server over the same database, for what two of them do at once; made when it is first asked for. */
  private second: Process | undefined;
  private clockRow = new ClockRow();

  constructor(
    private readonly db: Database,
    private readonly registry: Registry,
    private readonly scheduler: Scheduler,
    private readonly chance: SeededChance,
    private readonly log: Log,
    private readonly post: Post = nobodyThere,
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
    this.life = new Life();
    this.clockRow = new ClockRow();
    this.running = this.boot();
  }

  /** The power goes for the server alone; it is back after a while. @param downMs virtual ms */
  kill(downMs = 300 + this.chance.whole(3_000)): void {
    if (this.running === undefined) return;
    this.running = undefined;
    this.second = undefined;
    this.life.end();
    this.scheduler.trace('server: ended');
    this.scheduler.later(downMs, () => this.start());
  }

  /** The running server. Throws where it is down. */
  get current(): Server {
    if (this.running === undefined) throw new Error('the server is down');
    return this.running.server;
  }

  /**
   * Lets the community's clock look: on the one server, or on two of them at the same moment.
   * @returns how many things changed; it never settles where the servers end meanwhile
   */
  async clockLooks(communityId: string, servers: 1 | 2): Promise<number> {
    const { running } = this;
    if (running === undefined) return 0;
    if (servers === 2) this.second ??= this.boot();
    const both = servers === 2 ? [running, this.second!] : [running];
    const changed = await Promise.all(both.map(({ look }) => look(communityId)));
    return changed.reduce((sum, one) => sum + one, 0);
  }

  /** Writes something into the history's trace. */
  note(line: string): void {
    this.scheduler.trace(line);
  }

  private boot(): Process {
    const { life, scheduler, log, post } = this;
    // What runs in the transaction that is open. A community's writer opens one at a time.
    let open: Run[] = [];
    const registry = recordingRegistry(this.registry, (run) => void open.push(run));
    const hooks = {
      begin: () => {
        const runs: Run[] = [];
        open = runs;
        return { committed: () => this.commit(runs) };
      },
      fault: () => this.faults.shift(),
      happened: (fault: DatabaseFault) => {
        this.happened.push(fault.kind);
        scheduler.trace(`server: ${fault.kind}`);
      },
      kill: () => this.kill(),
    };
    const db = new SimDatabase(this.db, scheduler, life, hooks, this.clockRow);
    const world = worldOf(scheduler, this.chance, life);
    const server = testServer(db, world, { log, post, registry, newSecret: () => this.chance.newId() });
    const { operate } = server;
    return { server, look: communityClock({ db, operate, post, now: () => world.now() }) };
  }

  private commit(runs: readonly Run[]): void {
    for (const run of runs) {
      this.book.runs.push(run);
      this.book.ever.set(run.id, run.outcome);
    }
  }
}
