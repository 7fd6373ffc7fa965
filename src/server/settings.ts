import { resolve } from 'node:path';

/** Where and how the server runs, from the environment. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Holds the embedded database, the slips' key, printed pages and `rehearsal.json`. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** How people reach it: goes into links and slips. */
  readonly baseUrl: string;
  readonly production: boolean;
  /** Makes the rehearsal community: the same seed, the same community. */
  readonly seed: number;
}

/** @throws an Error in plain words where a setting makes no sense */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = Number(env.PORT ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is "${env.PORT}", not a port number`);
  const host = env.HOST || '127.0.0.1';
  const shownHost = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return {
    port,
    host,
    dataFolder: resolve(env.SHOUWANG_DATA || './data'),
    databaseUrl: env.DATABASE_URL || undefined,
    baseUrl: (env.SHOUWANG_URL || `http://${shownHost}:${port}`).replace(/\/+$/, ''),
    production: env.NODE_ENV === 'production',
    seed: Number(env.SHOUWANG_SEED ?? 2020) || 2020,
  };
}
