import type { Server as HttpServer } from 'node:http';
import { serve } from '@hono/node-server';
import { setApiHeaders } from './security-headers.ts';
import type { World } from '../domain/world.ts';

export interface Listening {
  readonly port: number;
  /** Takes no new requests, gives the running ones a moment, then cuts what is still open (live connections). */
  stop(): Promise<void>;
}

/** Requests that are running when the server stops get this long. */
const GRACE_MS = 2_000;

/** Answers HTTP on the port. @throws where the port is taken */
export function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  port: number,
  hostname: string,
  world: Pick<World, 'after'>,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (info) => resolve({ port: info.port, stop })) as HttpServer;
    server.prependListener('request', setApiHeaders);
    server.once('error', reject);
    function stop(): Promise<void> {
      return new Promise((done) => {
        const callOff = world.after(GRACE_MS, () => server.closeAllConnections());
        server.close(() => {
          callOff();
          done();
        });
        server.closeIdleConnections();
      });
    }
  });
}
