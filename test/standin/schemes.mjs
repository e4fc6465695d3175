/**
 * @file An application's own schemes. Chromium opens no page of a scheme that it does not know, so that `app://cutline/x` is
 * `https://cutline.app.standin/x` for it; the application sees its own address only.
 */

/** @type {Map<string, object>} */
export const schemes = new Map();
/** @typedef {Map<string, (request: Request) => Response | Promise<Response>>} SchemeHandlers */
/** Of the default session; others have their own. @type {SchemeHandlers} */
export const schemeHandlers = new Map();

/** @param {string} url */
export function toChromium(url) {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return schemes.has(scheme) ? `https://${host}.${scheme}.standin${pathname}${search}${hash}` : url;
}

/** @param {string} url */
export function fromChromium(url) {
  const parsed = URL.parse(url);
  const [, host, scheme] = /^(.*)\.([a-z]+)\.standin$/.exec(parsed?.host ?? '') ?? [];
  return parsed && host && scheme
    ? `${scheme}://${host}${parsed.pathname}${parsed.search}${parsed.hash}`
    : url;
}
