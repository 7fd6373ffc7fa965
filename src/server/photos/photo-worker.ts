import { serverWorld } from '../server-world.ts';
import { encodePhoto } from './encode-photo.ts';
import type { EncoderAnswer, EncoderOrder } from './photo-encoder.ts';

// A process of its own, started by `PhotoEncoder`: whatever a picture does to it, the server goes on.

const mostMemory = Number(process.argv[2]);
/** Unpacking runs on a thread beside this one: looking at the memory is not held up by it. */
const LOOK_MS = 25;

function look(): void {
  if (process.memoryUsage.rss() > mostMemory) process.kill(process.pid, 'SIGKILL');
  serverWorld.after(LOOK_MS, look);
}

async function encode({ bytes }: EncoderOrder): Promise<EncoderAnswer> {
  try {
    return { photo: await encodePhoto(bytes) };
  } catch {
    return {};
  }
}

// The server is gone.
process.on('disconnect', () => process.exit());
// Ctrl-C goes to the server's whole group; when it is over, the server says.
process.on('SIGINT', () => undefined);
process.on('message', (order: EncoderOrder) => void encode(order).then((answer) => process.send?.(answer)));
look();
