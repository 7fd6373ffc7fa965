import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono, MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-context.ts';

/**
 * The built phone app. Hashed assets are kept for ever by browsers; everything else is asked for each time. A missing asset
 * is a real 404, any other path is the app's own (its router says what is not there).
 * @param folder of the client build, relative to the working folder
 */
export function filesRoute(root: Hono<AppEnv>, folder: string): void {
  const serve = (path?: string): MiddlewareHandler<AppEnv> => {
    const find = serveStatic<AppEnv>({ root: folder, path, precompressed: true });
    return async (c, next) => {
      const answer = await find(c, next);
      if (!(answer instanceof Response)) return;
      const isHashed = path === undefined && c.req.path.startsWith('/assets/');
      answer.headers.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      // Also of what is sent unpacked: a cache on the way must not give the one for the other.
      answer.headers.set('Vary', 'Accept-Encoding');
      return answer;
    };
  };
  const page = serve('index.html');
  root.use('*', serve());
  root.get('*', async (c, next) => {
    const isPage = c.req.header('accept')?.includes('text/html') === true && !/\.[a-z0-9]+$/i.test(c.req.path);
    return (isPage ? await page(c, next) : undefined) ?? c.text('404', 404);
  });
}

/** The client build's folder, relative to the working folder, as the static file handler wants it. */
export function clientFolder(): string {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  return relative(process.cwd(), join(root, 'dist/client')) || '.';
}
