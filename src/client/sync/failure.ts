import type { Problem, ProblemType } from '../../sync/wire.ts';

/**
 * Why an exchange with the server came to nothing, as far as the phone acts differently on it.
 * `network`: no answer, or not the server's (a hotel's sign-in page); `busy`: it asks to come later;
 * `signIn`: the session is over, everything stays; `ended`: this device is over; `tooOld`: another version is needed;
 * `newStream`: the order is broken; `tooMuch`: send less at once; `wrongCode` and `notFound`: it knows no such thing;
 * `notPicture`, `tooManyPixels`: it will never have this picture; `full`: it answered, and the phone has no room to write that down.
 */
export type FailureKind =
  | 'network'
  | 'busy'
  | 'signIn'
  | 'ended'
  | 'tooOld'
  | 'newStream'
  | 'tooMuch'
  | 'wrongCode'
  | 'notFound'
  | 'notPicture'
  | 'tooManyPixels'
  | 'full';

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = 'Failure';
  }
}

const KINDS: Partial<Record<ProblemType, FailureKind>> = {
  expired: 'signIn',
  wrongDevice: 'signIn',
  ended: 'ended',
  protocol: 'tooOld',
  gap: 'newStream',
  wrongStream: 'newStream',
  malformed: 'tooMuch',
  tooLarge: 'tooMuch',
  tooMany: 'busy',
  busy: 'busy',
  diskFull: 'busy',
  wrongCode: 'wrongCode',
  notFound: 'notFound',
  notPicture: 'notPicture',
  tooManyPixels: 'tooManyPixels',
};

/** Decides by the problem's type, else by the status, never by text. A page of somebody in between is a failed network. */
export async function failureOf(response: Response): Promise<Failure> {
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  const type = await problemType(response);
  const kind = type === undefined ? undefined : KINDS[type];
  if (kind !== undefined) return new Failure(kind, retryAfterMs);
  if (response.status === 413) return new Failure('tooMuch');
  if (response.status === 429 || response.status === 503) return new Failure('busy', retryAfterMs);
  return new Failure('network', retryAfterMs);
}

async function problemType(response: Response): Promise<ProblemType | undefined> {
  if (!isContent(response, 'application/problem+json')) return undefined;
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return problem.status === response.status ? problem.type : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the answer says that it is of this media type. */
export function isContent(response: Response, type: string): boolean {
  return response.headers.get('content-type')?.startsWith(type) ?? false;
}

/** Only seconds: a date would be read by a clock that may be wrong. */
function retryAfter(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : undefined;
}
