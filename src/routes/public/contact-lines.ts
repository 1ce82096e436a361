import type { Dealer } from '../../domain/dealers/dealer.ts'
import { escapeHtml } from '../../escape-html.ts'
import { callRow, mailRow } from '../../mail/sections/contact-rows.ts'
import { htmlValue } from '../../mail/sections/render-sections.ts'
import { paragraph } from './page.ts'

/** How a dealer is reached. */
export type DealerContact = Pick<Dealer, 'name' | 'email' | 'phone'>

/** The dealer whom a page tells its reader to ask: the name, with e-mail and phone where there are some. */
export function contactLines({ name, email, phone }: DealerContact): string[] {
  const rows = [...mailRow(name, email), ...callRow(name, phone)]
  if (rows.length === 0) return [paragraph(name)]
  return rows.map((row) => `<p>${escapeHtml(name)}: ${htmlValue(row)}</p>`)
}
