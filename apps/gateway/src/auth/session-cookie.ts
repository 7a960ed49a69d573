import type { CookieOptions, Request } from 'express';

/** `__Host-` ties a cookie to TLS and this very host (RFC 6265bis §4.1.3.2); browsers refuse it on plain http. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-tallystick' : 'tallystick';
}

export function cookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/** How a request shows its session: scripts by a header, browsers by a cookie. */
export function tokenOf(request: Request, secure: boolean): { token: string; by: 'header' | 'cookie' } | null {
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer' && token !== '') return { token, by: 'header' };
  const wanted = `${cookieName(secure)}=`;
  const cookie = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(wanted));
  return cookie === undefined ? null : { token: cookie.trim().slice(wanted.length), by: 'cookie' };
}

/**
 * Whether a request that a browser made comes from another site. Second net behind SameSite: browsers send
 * Sec-Fetch-Site or Origin with every request that changes something, and pages cannot alter either.
 */
export function isCrossSite(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
