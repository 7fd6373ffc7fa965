import * as v from 'valibot';
import type { AppRequest } from '../app-context.ts';
import { problem } from '../problem.ts';

/** @returns the parsed body, or the problem to answer with: 400 where it is not the shape, without echoing what was sent */
export async function readBody<S extends v.GenericSchema>(
  c: AppRequest,
  schema: S,
): Promise<{ body: v.InferOutput<S> } | { answer: Response }> {
  let json: unknown;
  try {
    json = await c.req.json();
  } catch {
    return { answer: problem(c, 'malformed') };
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return { body: parsed.output };
  const at = parsed.issues.slice(0, 5).map((issue) => v.getDotPath(issue) ?? '');
  return { answer: problem(c, 'malformed', { at }) };
}
