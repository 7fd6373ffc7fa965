import * as v from 'valibot';
import type { Environment } from '../environment.ts';
import { Failure, failureOf, isContent } from './failure.ts';

const TIMEOUT_MS = 30_000;

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON, but for text and bytes, which go as they are. */
  readonly body?: unknown;
  /** Whom the phone takes itself for: should the browser's cookie say otherwise, the server answers `wrongDevice`. */
  readonly deviceId?: string;
  readonly signal?: AbortSignal;
  /** Ms without a sign of life. */
  readonly timeoutMs?: number;
}

/** Gives up when nothing has been heard for a while: a phone in a lift hears neither an answer nor an error. */
export class Patience {
  private readonly controller = new AbortController();
  private readonly giveUp = (): void => this.controller.abort();
  private cancel: () => void = () => {};

  constructor(
    private readonly environment: Pick<Environment, 'world'>,
    private readonly ms: number,
    private readonly outer?: AbortSignal,
  ) {
    if (outer?.aborted === true) this.giveUp();
    outer?.addEventListener('abort', this.giveUp);
    this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A sign of life: waits as long again. */
  heard(): void {
    this.cancel();
    this.cancel = this.environment.world.after(this.ms, this.giveUp);
  }

  /** Rejects when patience ends before the promise. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal.aborted) {
      // Nobody waits for it any more, whichever way it ends.
      promise.catch(() => {});
      throw new Failure('network');
    }
    return new Promise<T>((resolve, reject) => {
      const giveUp = () => reject(new Failure('network'));
      signal.addEventListener('abort', giveUp, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    });
  }

  end(): void {
    this.cancel();
    this.outer?.removeEventListener('abort', this.giveUp);
  }
}

/** Sends a request. @returns the answer, if the server gave one that is not a problem; throws `Failure` otherwise */
export async function request(environment: Environment, exchange: Exchange, patience: Patience): Promise<Response> {
  const { method, path, body, deviceId } = exchange;
  const isBytes = body instanceof ArrayBuffer;
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['X-Requested-By'] = 'shouwang';
  if (deviceId !== undefined) headers['X-Device'] = deviceId;
  if (body !== undefined) headers['Content-Type'] = isBytes ? 'application/octet-stream' : 'application/json';
  const init: RequestInit = { method, headers, signal: patience.signal, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = isBytes || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await patience.wait(environment.fetch(environment.baseUrl + path, init)).catch(() => undefined);
  if (response === undefined) throw new Failure('network');
  if (!response.ok) throw await patience.wait(failureOf(response));
  patience.heard();
  return response;
}

/** Asks for JSON of a shape. What is not of this shape did not come from the server. */
export async function askJson<S extends v.GenericSchema>(
  environment: Environment,
  exchange: Exchange,
  shape: S,
): Promise<v.InferOutput<S>> {
  const patience = new Patience(environment, exchange.timeoutMs ?? TIMEOUT_MS, exchange.signal);
  try {
    const response = await request(environment, exchange, patience);
    if (!isContent(response, 'application/json')) throw new Failure('network');
    const answer = v.safeParse(shape, await patience.wait(response.json()).catch(() => undefined));
    if (!answer.success) throw new Failure('network');
    return answer.output;
  } finally {
    patience.end();
  }
}
