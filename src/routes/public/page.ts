import { createHash } from 'node:crypto'

import type { FastifyReply, FastifyRequest } from 'fastify'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'

const STYLE = [
  'body{font-family:sans-serif;max-width:40em;margin:2em auto;padding:0 1em;line-height:1.5;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}',
  'h1{font-size:1.6em;line-height:1.25}h2{font-size:1.2em;margin:1.6em 0 .4em}',
  'a{color:#0b4bb3}:focus-visible{outline:3px solid #0b4bb3;outline-offset:2px}',
  'label{display:block;margin:1em 0 .25em;font-weight:bold}',
  'input,textarea,select{font:inherit;box-sizing:border-box;width:100%;padding:.5em;border:1px solid #6b6b6b;border-radius:4px;color:inherit;background:#fff}',
  'button{font:inherit;margin-top:1.2em;padding:.6em 1.2em;border:0;border-radius:4px;color:#fff;background:#0b4bb3;cursor:pointer}',
  'table{border-collapse:collapse;width:100%}th,td{padding:.35em .5em;border-bottom:1px solid #d0d0d0;text-align:left;vertical-align:top}',
  'tbody th{width:35%;font-weight:normal;color:#4a4a4a}',
  '.note{color:#4a4a4a}.fault{padding:.6em .8em;border-left:4px solid #b3261e;background:#fdecea}.text{white-space:pre-wrap}svg{display:block;max-width:100%;height:auto}'
].join('')

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/**
 * Nothing but this one style, and forms to this very address. A form may lead on to `others`: browsers
 * ask the policy also for the page after it.
 */
export function pagePolicy(others: readonly (string | null)[] = []): string {
  const origins = others.flatMap((url) => (url === null ? [] : [new URL(url).origin]))
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    ["form-action 'self'", ...new Set(origins)].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}

/** A page for people who have no account: a title and lines of HTML. */
export function page(locale: Locale, title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    '<body><main>',
    ...body,
    '</main></body></html>',
    ''
  ].join('\n')
}

/** Sends a page. Its address is often a secret: no cache, referrer or search engine keeps it. */
export function sendPage(
  reply: FastifyReply,
  html: string,
  { status = 200, formTargets = [] }: { status?: number; formTargets?: (string | null)[] } = {}
): never {
  return reply
    .code(status)
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy(formTargets),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      vary: 'accept, accept-language'
    })
    .type('text/html; charset=utf-8')
    .send(html) as never
}

/** Whether the response is shown to a person: browsers name HTML, programs don't. */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.accept?.includes('text/html') === true
}

/** The first language of a reader that we speak, or `otherwise`. */
export function readerLocale(
  { headers }: Pick<FastifyRequest, 'headers'>,
  otherwise: Locale
): Locale {
  const wanted = (headers['accept-language'] ?? '').slice(0, 200).split(',').map(weighted)
  const spoken = wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => LOCALES.find((locale) => locale === language))
  return spoken.find((locale) => locale !== undefined) ?? otherwise
}

function weighted(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return { language: tag.split('-', 1)[0] ?? '', weight: Number.isNaN(weight) ? 0 : weight }
}

/** A link, with its text made harmless. */
export function anchor(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
}

/** A line of text as a paragraph. */
export function paragraph(text: string, kind: 'note' | 'fault' | null = null): string {
  const attributes =
    kind === null ? '' : kind === 'fault' ? ' class="fault" role="alert"' : ' class="note"'
  return `<p${attributes}>${escapeHtml(text)}</p>`
}

export function heading(text: string): string {
  return `<h1>${escapeHtml(text)}</h1>`
}
