import type { Server as HttpServer } from 'node:http';
import { serve } from '@hono/node-server';

export interface Listening {
  readonly port: number;
  /** Takes no new requests, gives the running ones a moment, then cuts what is still open (live connections). */
  stop(): Promise<void>;
}

/** Requests that are running when the server stops get this long. */
const GRACE_MS = 2_000;

/** Answers HTTP on the port. @throws where the port is taken */
export function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number, hostname: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (info) => resolve({ port: info.port, stop })) as HttpServer;
    server.once('error', reject);
    function stop(): Promise<void> {
      return new Promise((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(cut);
          done();
        });
        server.closeIdleConnections();
      });
    }
  });
}
