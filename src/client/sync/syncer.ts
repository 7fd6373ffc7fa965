import { shallowRef } from 'vue';
import type { PageEvent } from '../environment.ts';
import type { SyncContext } from './context.ts';
import { Failure } from './failure.ts';
import { Loop } from './loop.ts';
import type { Outcome } from './loop.ts';
import { OneSender } from './one-sender.ts';
import { receive } from './receive.ts';
import { drain } from './send.ts';

/** `fine`: it goes on by itself. `signInAgain`: everything is kept, nobody is signed in. `ended`: this device is over. `tooOld`: a newer version is needed. */
export type SyncState = 'fine' | 'signInAgain' | 'ended' | 'tooOld';

/** While nothing else says when to ask: ms between two pulls. */
const ASK_EVERY_MS = 60_000;
/** Wake-ups of many phones are spread over so many ms. */
const SPREAD_MS = 300;

/** Keeps phone and server in step: sends what is unsent, pulls what changed, one tab of the device at a time. */
export class Syncer {
  readonly state = shallowRef<SyncState>('fine');
  /** Exchanges under way. */
  readonly busy = shallowRef(0);
  /** Something that came could not be written, as the phone is full; until a pull is written whole. */
  readonly full = shallowRef(false);
  /** Whether the last exchange reached the server; before the first one, whether the page thinks it could. */
  readonly online;
  private readonly sender: Loop;
  private readonly receiver: Loop;
  /** After the acts that name them: a line of words is through where a picture is not. The row says meanwhile that one is coming. */
  private readonly pictures: Loop;
  private readonly oneSender: OneSender;
  private readonly stops: (() => void)[] = [];
  private closeLive: (() => void) | undefined;
  private cancelAsking: (() => void) | undefined;
  private cancelReopening: (() => void) | undefined;
  private persistAsked = false;
  private hasOffered = false;
  private isAutomatic = false;

  /** @param ended called when the server has ended this device */
  constructor(
    private readonly context: SyncContext,
    private readonly ended: () => Promise<void>,
  ) {
    const { environment, deviceId } = context;
    this.online = shallowRef(environment.page?.online() ?? true);
    const hooks = {
      began: () => void (this.busy.value += 1),
      ended: (outcome: Outcome) => this.stepEnded(outcome),
      hopeless: (failure: Failure) => failure.kind === 'signIn' || failure.kind === 'ended',
    };
    this.sender = new Loop(environment.world, (signal) => this.send(signal), hooks);
    this.receiver = new Loop(environment.world, (signal) => this.receive(signal), hooks);
    this.pictures = new Loop(environment.world, (signal) => this.sendPictures(signal), {
      ...hooks,
      // That a picture does not get through says nothing of words.
      ended: (outcome) => this.stepEnded(isCut(outcome) ? 'silent' : outcome),
    });
    this.oneSender = new OneSender(environment, `shouwang-sender-${deviceId}`, {
      lead: () => this.lead(),
      follow: () => this.follow(),
    });
  }

  /** Goes on by itself from now on. */
  start(): void {
    this.isAutomatic = true;
    const { page } = this.context.environment;
    if (page !== undefined) this.stops.push(page.listen((event) => this.pageSays(event)));
    if (page?.visible() ?? true) void this.oneSender.takeOver();
    else this.oneSender.queue();
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.oneSender.stop();
    this.follow();
  }

  /** Something new waits in the outbox. If there was no room, there is some again. */
  wakeSender(): void {
    this.sender.wake(this.full.value);
  }

  /** A picture waits to be sent. */
  wakePhotos(): void {
    this.pictures.wake(this.full.value);
  }

  /** Sends and pulls now. Resolves when both have been tried. */
  async syncNow(): Promise<void> {
    if (this.state.value === 'ended') return;
    if (this.isAutomatic) await this.oneSender.takeOver();
    this.sender.start();
    this.receiver.start();
    this.pictures.start();
    this.sender.wake(true);
    await this.sender.idle();
    this.pictures.wake(true);
    this.receiver.wake(true);
    while (this.sender.isRunning || this.receiver.isRunning || this.pictures.isRunning) {
      await this.receiver.idle();
      await this.sender.idle();
      await this.pictures.idle();
    }
    if (!this.isAutomatic) this.follow();
  }

  private async send(signal: AbortSignal): Promise<boolean> {
    const answered = await drain(this.context, signal);
    if (answered) this.receiver.wake(this.full.value);
    return answered;
  }

  /** What sends them is loaded with the first that waits. */
  private async sendPictures(signal: AbortSignal): Promise<boolean> {
    const { photos } = this.context.database;
    if ((await photos.where('state').equals('waiting').count()) === 0) return false;
    const { sendPhotos } = await import('../photos/send-photos.ts');
    return sendPhotos(this.context, signal);
  }

  private async receive(signal: AbortSignal): Promise<boolean> {
    const { persist } = this.context.environment;
    const { uncovered, offeredAgain } = await receive(this.context, signal);
    this.full.value = false;
    this.pictures.wake();
    if (uncovered) this.receiver.wake();
    // A server that forgets every time would be offered everything every time: then not so fast.
    if (offeredAgain && this.hasOffered) throw new Failure('busy');
    this.hasOffered = offeredAgain;
    if (offeredAgain) this.sender.wake();
    if (!this.persistAsked) void persist?.().catch(() => false);
    this.persistAsked = true;
    return true;
  }

  private stepEnded(outcome: Outcome): void {
    this.busy.value -= 1;
    if (outcome === 'silent' || this.state.value === 'ended') return;
    this.online.value = outcome === 'heard' || outcome.kind !== 'network';
    if (outcome === 'heard') this.heard();
    else if (outcome.kind === 'full') this.full.value = true;
    else if (outcome.kind === 'tooOld') this.state.value = 'tooOld';
    else if (outcome.kind === 'signIn') this.state.value = 'signInAgain';
    else if (outcome.kind === 'ended') {
      this.state.value = 'ended';
      this.stop();
      void this.ended();
    }
  }

  /** The session is good, perhaps again: whichever of the two had given up goes on with the other. */
  private heard(): void {
    const wasOver = this.state.value === 'signInAgain';
    this.state.value = 'fine';
    if (wasOver && this.oneSender.leads) this.beginAnew();
  }

  private beginAnew(): void {
    for (const loop of [this.sender, this.receiver, this.pictures]) {
      loop.start();
      loop.wake(true);
    }
  }

  private lead(): void {
    this.beginAnew();
    this.listen();
    this.askAgain();
  }

  private follow(): void {
    this.sender.stop();
    this.receiver.stop();
    this.pictures.stop();
    this.stopListening();
    this.cancelAsking?.();
  }

  private pageSays(event: PageEvent): void {
    if (event === 'offline') this.online.value = false;
    if (event === 'hidden') this.stopListening();
    if (event === 'visible') void this.oneSender.takeOver();
    if (event !== 'online' && event !== 'visible') return;
    if (!this.oneSender.leads) return;
    this.beginAnew();
    this.listen();
  }

  private askAgain(): void {
    const { world } = this.context.environment;
    this.cancelAsking?.();
    this.cancelAsking = world.after(ASK_EVERY_MS * (0.75 + world.random() / 2), () => {
      // Behind a live stream this is the safety net; a page that nobody looks at does not ask.
      if (this.context.environment.page?.visible() ?? true) {
        // Also where it had given up: another tab may have signed in again.
        this.receiver.start();
        this.receiver.wake();
      }
      this.askAgain();
    });
  }

  private listen(): void {
    const { openLive, baseUrl, page, world } = this.context.environment;
    if (openLive === undefined || this.closeLive !== undefined || page?.visible() === false) return;
    this.cancelReopening?.();
    const pullSoon = (impatient: boolean) =>
      void world.after(world.random() * SPREAD_MS, () => {
        this.receiver.wake(impatient);
        this.sender.wake(impatient);
      });
    this.closeLive = openLive(`${baseUrl}/api/live`, {
      opened: () => pullSoon(true),
      changed: () => pullSoon(false),
      closed: () => {
        this.stopListening();
        this.cancelReopening = world.after((1 + world.random()) * 5_000, () => {
          if (this.oneSender.leads && this.state.value === 'fine') this.listen();
        });
      },
    });
  }

  private stopListening(): void {
    this.cancelReopening?.();
    this.closeLive?.();
    this.closeLive = undefined;
  }
}

function isCut(outcome: Outcome): boolean {
  return outcome instanceof Failure && outcome.kind === 'network';
}
