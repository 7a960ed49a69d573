import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import { static as serveStatic } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '../config/config';

/*
 * Scripts come from files of our own only: an injected one does not run (X21, X41). Styles may be inline, because the
 * UI's library writes them at run time.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers that every answer carries. */
export function securityHeaders(config: Config) {
  return (_: Request, response: Response, next: NextFunction): void => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      ...(config.secure && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
    });
    next();
  };
}

/** Answers of the API hold business data: no cache keeps them unless the route says otherwise. */
export function noStore(_: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Serves the built UI; every address outside the API that is no file gets its page, which routes by itself. */
export function serveUi(app: NestExpressApplication, config: Config): void {
  const page = path.join(config.adminDist, 'index.html');
  if (!existsSync(page)) return;
  app.use(
    serveStatic(config.adminDist, {
      index: false,
      // Built files carry a hash in their name, so they never change.
      setHeaders: (response: Response, file: string) => {
        const built = path.relative(config.adminDist, file).startsWith(`assets${path.sep}`);
        response.setHeader('Cache-Control', built ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    const asksForPage = (request.method === 'GET' || request.method === 'HEAD') && request.accepts('html') !== false;
    if (!asksForPage || /^\/api(\/|$)/.test(request.path) || path.extname(request.path) !== '') {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
}
