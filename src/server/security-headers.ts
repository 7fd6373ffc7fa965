import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    mediaSrc: ["'self'", 'blob:'],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: ['self'], microphone: ['self'], geolocation: [] },
  strictTransportSecurity: 'max-age=31536000',
});

/** What keeps pages of other sites, and what a page of ours was tricked into loading, from doing harm. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  if (!c.req.path.startsWith('/api/')) return pageHeaders(c, next);
  // Set ahead, not on the finished answer: that would make each small answer a full Response object.
  c.header('Cache-Control', 'no-store');
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Strict-Transport-Security', 'max-age=31536000');
  await next();
};
