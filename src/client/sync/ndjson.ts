import { Failure } from './failure.ts';
import type { Patience } from './exchange.ts';

/**
 * Reads a body line by line as it comes; never more of it than the line on its way is held. Throws `Failure` where the
 * body is cut or is not JSON.
 */
export async function* readLines(body: ReadableStream<Uint8Array>, patience: Patience): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let parts: string[] = [];
  try {
    for (;;) {
      const { done, value } = await patience.wait(reader.read());
      patience.heard();
      let text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        parts.push(text.slice(0, end));
        const line = parts.join('');
        parts = [];
        text = text.slice(end + 1);
        if (line !== '') yield parse(line);
      }
      if (text !== '') parts.push(text);
      if (done) break;
    }
    const rest = parts.join('').trim();
    if (rest !== '') yield parse(rest);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('network');
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Failure('network');
  }
}
