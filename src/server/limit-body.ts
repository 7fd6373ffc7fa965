import { createMiddleware } from 'hono/factory';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from './app-context.ts';
import { problem } from './problem.ts';

/**
 * Answers 413 to a body of more than so many bytes. A body that names its length is judged by that alone: looking at the
 * stream itself would cost every small push the slow way of reading it.
 * @param detail says it to people more closely
 */
export function limitBody(maxSize: number, detail?: string) {
  const said: Record<string, string> = detail === undefined ? {} : { detail };
  const counted = bodyLimit({ maxSize, onError: (c) => problem(c, 'tooLarge', said) });
  return createMiddleware<AppEnv>(async (c, next) => {
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(length) > maxSize ? problem(c, 'tooLarge', said) : next();
  });
}
