import { createHash } from 'node:crypto'

import { asksForHtml, prefersJson } from '../../http/documents.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'

const STYLE = [
  ':root{color-scheme:light}',
  'body{margin:0;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#1c2330;background:#eef1f5;overflow-wrap:break-word}',
  'main{box-sizing:border-box;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 2.5rem;background:#fff;border-top:4px solid #0b4bb3}',
  '@media(min-width:46rem){main{margin:2.5rem auto;padding:2rem 2.5rem 2.5rem;border-radius:6px;box-shadow:0 1px 3px rgba(20,30,50,.16)}}',
  'h1{margin:0 0 .75rem;font-size:1.6rem;line-height:1.25}h2{margin:2rem 0 .5rem;font-size:1.15rem;line-height:1.3}',
  'p{margin:0 0 1rem}a{color:#0b4bb3}:focus-visible{outline:3px solid #0b4bb3;outline-offset:2px}',
  'label{display:block;margin:1rem 0 .3rem;font-weight:600}',
  'input,textarea{font:inherit;box-sizing:border-box;width:100%;padding:.6rem .75rem;border:1px solid #6b7483;border-radius:5px;color:inherit;background:#fff}',
  'textarea{display:block;resize:vertical}form{margin:0 0 1.5rem}',
  'button{font:inherit;font-weight:600;width:100%;margin-top:1.5rem;padding:.75rem 1.5rem;border:0;border-radius:5px;color:#fff;background:#0b4bb3;cursor:pointer}button:hover{background:#083a8c}',
  '@media(min-width:30rem){button{width:auto}}',
  'table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{padding:.45rem .6rem .45rem 0;border-bottom:1px solid #dfe3ea;text-align:left;vertical-align:top}',
  'tbody th{width:38%;font-weight:400;color:#4d5766}th+td{overflow-wrap:anywhere}.totals th{width:auto}.leads td:last-child{overflow-wrap:anywhere}thead th{color:#4d5766;font-weight:600}',
  '@media(max-width:30rem){body{background:#fff}.leads{font-size:.875rem}}',
  '.note{color:#4d5766;font-size:.9375rem}form .note{margin:1.5rem 0 -.25rem}.fault{padding:.75rem 1rem;border-left:4px solid #b3261e;background:#fdecea}',
  '.link{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:0 0 1rem;padding:1rem;border:1px solid #dfe3ea;border-radius:5px}.link>div{flex:1 1 15rem;min-width:0;overflow-wrap:anywhere}.link p{margin:0 0 .25rem}',
  '.number{text-align:right;font-variant-numeric:tabular-nums}svg{display:block;width:10rem;height:auto}'
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
export function wantsPage(request: Pick<FastifyRequest, 'headers'>): boolean {
  return asksForHtml(request)
}

/**
 * The same of an address that mails have: each client that opens a link there gets the page, also scanners and
 * those that name no type. JSON is for who names it.
 */
export function opensPage(request: Pick<FastifyRequest, 'headers'>): boolean {
  return !prefersJson(request)
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
