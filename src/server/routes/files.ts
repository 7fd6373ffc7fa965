import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { AppEnv } from '../app-context.ts';

/**
 * The built phone app. Hashed assets are kept for ever by browsers; everything else is asked for each time. A missing asset
 * is a real 404, any other path is the app's own (its router says what is not there).
 * @param folder of the client build, relative to the working folder
 */
export function filesRoute(root: Hono<AppEnv>, folder: string): void {
  root.use(
    '*',
    serveStatic({
      root: folder,
      precompressed: true,
      onFound: (path, c) => {
        c.header('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  root.get('*', async (c, next) => {
    const isPage = c.req.header('accept')?.includes('text/html') === true && !/\.[a-z0-9]+$/i.test(c.req.path);
    if (!isPage) return c.text('404', 404);
    c.header('Cache-Control', 'no-cache');
    return (
      (await serveStatic({ root: folder, path: 'index.html', precompressed: true })(c, next)) ?? c.text('404', 404)
    );
  });
}

/** The client build's folder, relative to the working folder, as the static file handler wants it. */
export function clientFolder(): string {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  return relative(process.cwd(), join(root, 'dist/client')) || '.';
}
