import { createHash } from 'node:crypto'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'

const STYLE =
  'body{font-family:sans-serif;max-width:32em;margin:4em auto;padding:0 1em;line-height:1.5}' +
  'button{font:inherit;padding:.6em 1em}'

/** Nothing but this one style and a form to this very address. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** A page for people who have no account: a title and lines of HTML. */
export function page(locale: Locale, title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    '<body>',
    ...body,
    '</body></html>',
    ''
  ].join('\n')
}
