import type { Locale } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'
import { inertLine, inertText } from '../inert-text.ts'
import type { Row, Section } from './rows.ts'

/** A mail before it is text or HTML. The same document is written as both. */
export interface MailDocument {
  locale: Locale
  title: string
  /** Our own sentences, with the dealer's name in them. */
  paragraphs: string[]
  sections: Section[]
  link: { label: string; url: string } | null
  footer: string
}

/**
 * Everything but our own words passes through `inertText`. Lines after the first are indented, so
 * that a message can't pretend to be the next row or the next section.
 */
export function renderText({ paragraphs, sections, link, footer }: MailDocument): string {
  const blocks = [
    ...paragraphs.map(inertLine),
    ...sections.map(({ title, rows }) =>
      [`== ${inertLine(title)} ==`, ...rows.map(textRow)].join('\n')
    ),
    // The URL is ours; made inert it would not open.
    ...(link ? [`${inertLine(link.label)}: ${ownUrl(link.url)}`] : []),
    `--\n${inertLine(footer)}`
  ]
  return `${blocks.join('\n\n')}\n`
}

/**
 * One table per section, styled in place because mail clients drop style sheets. Nothing is
 * loaded from anywhere. Links are ours, or call or write to the person.
 */
export function renderHtml(document: MailDocument): string {
  const { locale, title, paragraphs, sections, link, footer } = document
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">',
    `<title>${escapeLine(title)}</title>`,
    '</head>',
    '<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.4;color:#1a1a1a;background:#ffffff">',
    ...paragraphs.map((text) => `<p style="margin:0 0 12px">${escapeLine(text)}</p>`),
    ...(link
      ? [
          `<p style="margin:0 0 12px"><a href="${escapeHtml(ownUrl(link.url))}" style="color:#0b57d0">${escapeLine(link.label)}</a></p>`
        ]
      : []),
    ...sections.flatMap(htmlSection),
    `<p style="margin:24px 0 0;font-size:12px;color:#5f6368">${escapeLine(footer)}</p>`,
    '</body>',
    '</html>',
    ''
  ].join('\n')
}

function textRow({ label, value, link }: Row): string {
  // A page has no other address in a text; a number and a mailbox are what the value says.
  const page = link && /^https?:/.test(link.url) ? ['', ownUrl(link.url)] : []
  const [first = '', ...more] = [...inertText(value).split('\n'), ...page.slice(1)]
  if (more.length === 0) return `${inertLine(label)}: ${first}`
  return [`${inertLine(label)}:`, ...[first, ...more].map((line) => `    ${line}`.trimEnd())].join(
    '\n'
  )
}

function htmlSection({ title, rows }: Section): string[] {
  return [
    `<h2 style="margin:20px 0 6px;font-size:16px">${escapeLine(title)}</h2>`,
    '<table style="border-collapse:collapse;width:100%;max-width:720px">',
    ...rows.map(htmlRow),
    '</table>'
  ]
}

/** `dir="auto"` isolates a value's direction: an Arabic name can't move what stands around it. */
function htmlRow(row: Row): string {
  const cell = 'padding:4px 8px;border-bottom:1px solid #e0e0e0;vertical-align:top;text-align:left'
  return (
    `<tr><th scope="row" dir="auto" style="${cell};width:35%;font-weight:normal;color:#5f6368">${escapeLine(row.label)}</th>` +
    `<td dir="auto" style="${cell};overflow-wrap:anywhere">${htmlValue(row, ' style="color:#0b57d0"')}</td></tr>`
  )
}

/** The value of a row as HTML. What it begins with may be a link. */
export function htmlValue({ value, link }: Row, attributes = ''): string {
  const text = inertText(value)
  const isLinked = link !== undefined && text.startsWith(link.text)
  const rest = escapeHtml(isLinked ? text.slice(link.text.length) : text).replaceAll('\n', '<br>\n')
  return isLinked
    ? `<a href="${escapeHtml(link.url)}"${attributes}>${escapeHtml(link.text)}</a>${rest}`
    : rest
}

/** Only an absolute web address of the caller's own making is worth a link. */
function ownUrl(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError('the link must be http(s)')
  return href
}

function escapeLine(text: string): string {
  return escapeHtml(inertLine(text))
}
