import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { ComposedMail } from '../build-message.ts'
import { inertLine, shorten } from '../inert-text.ts'
import { wordingFor } from '../wording/wording.ts'

interface AdfMailInput {
  dealer: Dealer
  lead: { id: string }
  sourceName: string
  /** The whole document, in ASCII (numeric character references for the rest). */
  adf: string
}

const SUBJECT_LIMIT = 140

/**
 * Puts a lead's ADF document where the dealer's CRM looks for it.
 *
 * As a body it is the only thing there: no greeting, no HTML, no signature. Receivers feed the
 * body to an XML parser, and those that fail make a lead without name or phone of the whole mail.
 * Pure ASCII, because some of them read every mail as if it were.
 */
export function composeAdfMail({ dealer, lead, sourceName, adf }: AdfMailInput): ComposedMail {
  if (!/^[\t\n\r\x20-\x7e]*$/.test(adf)) throw new TypeError('the ADF document must be ASCII text')

  const subject = subjectFor(dealer, { dealer: dealer.name, source: sourceName, id: lead.id })
  const attachment = {
    filename: `lead-${lead.id.replace(/[^A-Za-z0-9-]/g, '')}.xml`,
    contentType: 'application/xml',
    content: adf
  }
  switch (dealer.settings.adfPlacement) {
    case 'body':
      return { subject, text: adf, isDocument: true }
    case 'attachment':
      return {
        subject,
        text: `${wordingFor(dealer.locale).adfAttached}\n`,
        attachments: [attachment]
      }
    case 'both':
      return { subject, text: adf, isDocument: true, attachments: [attachment] }
  }
}

/** One pass: a source named `{id}` stays so. An unknown placeholder stays too, for the dealer to see. */
function subjectFor({ settings }: Dealer, values: Record<'dealer' | 'source' | 'id', string>) {
  const filled = settings.adfSubject.replace(
    /\{(dealer|source|id)\}/g,
    (_, name: keyof typeof values) => values[name]
  )
  return shorten(inertLine(filled), SUBJECT_LIMIT)
}
