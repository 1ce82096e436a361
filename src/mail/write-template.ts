import { chooseWording } from '../domain/auto-responses/template.ts'
import type { TemplateContent, WrittenTemplate } from '../domain/auto-responses/template.ts'
import { templateFacts } from '../domain/auto-responses/template-facts.ts'
import type { TemplateContext } from '../domain/auto-responses/template-facts.ts'
import type { TemplateFacts } from '../domain/auto-responses/template-variables.ts'
import { localeOfLanguage } from '../domain/dealers/dealer.ts'
import type { Dealer } from '../domain/dealers/dealer.ts'
import { escapeHtml } from '../escape-html.ts'
import { renderWording } from '../liquid/render-wording.ts'
import type { BrokenLimit } from '../liquid/render-wording.ts'
import { createFormats } from './sections/formats.ts'
import { inertLine, inertText, shorten } from './inert-text.ts'
import { wordingFor } from './wording/wording.ts'

/** The maximum length of a header's text, in graphemes. */
const SUBJECT_LIMIT = 200

/**
 * Writes a mail by a dealer's template, in the first of the wanted languages it has. The way out of
 * such mails stands in each of them: where the template leaves it out, as a last line.
 */
export function writeTemplate(
  content: TemplateContent,
  context: TemplateContext & { dealer: Dealer },
  wanted: readonly (string | null)[]
): WrittenTemplate | BrokenLimit {
  const { dealer, unsubscribeUrl } = context
  const { language, wording } = chooseWording(content, [...wanted, dealer.locale])
  const rendered = renderWording(wording, factsIn(language, context))
  if ('limit' in rendered) return rendered
  const { subject, text, html } = rendered
  const label = wordingFor(localeOfLanguage(language) ?? dealer.locale).unsubscribe
  return {
    language,
    subject: shorten(inertLine(subject), SUBJECT_LIMIT) || inertLine(dealer.name),
    text: withTextLink(text.replace(/\r\n?/g, '\n'), label, unsubscribeUrl),
    html: html === null ? null : withHtmlLink(html, label, unsubscribeUrl)
  }
}

/** The values of a template, written as its language does. */
export function factsIn(
  language: string,
  context: TemplateContext & { dealer: Dealer }
): TemplateFacts {
  const formats = createFormats(language, context.dealer)
  return templateFacts(context, { ...formats, line: inertLine, lines: inertText })
}

function withTextLink(text: string, label: string, url: string): string {
  return text.includes(url) ? text : `${text.trimEnd()}\n\n--\n${label}: ${url}\n`
}

function withHtmlLink(html: string, label: string, url: string): string {
  const address = escapeHtml(url)
  if (html.includes(address)) return html
  const line = `<p style="font-size:12px"><a href="${address}">${escapeHtml(label)}</a></p>\n`
  const end = html.search(/<\/body\s*>/i)
  return end < 0 ? `${html}\n${line}` : html.slice(0, end) + line + html.slice(end)
}
