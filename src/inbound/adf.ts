import { xmlFromBase64 } from '../decoding/base64-text.ts'
import { adfOfMail } from '../decoding/mail-parts.ts'
import { decodeText } from '../decoding/decode-text.ts'
import type { DecodedText } from '../decoding/decode-text.ts'
import { fromQuotedPrintable } from '../decoding/quoted-printable.ts'
import { AdfError } from '../adf/adf-error.ts'
import { ADF_EXAMPLE } from '../adf/adf-example.ts'
import { readAdf } from '../adf/read-adf.ts'
import type { AdfDocument } from '../adf/read-adf.ts'
import { limitContent, limitUnmapped } from '../domain/adf/limits.ts'
import { isContactPoint } from '../domain/adf/read-contact.ts'
import { readProspects } from '../domain/adf/read-prospects.ts'
import type { ProspectReading } from '../domain/adf/read-prospects.ts'
import type { XmlElement } from '../domain/adf/xml.ts'
import type { LeadContent, UnmappedValue } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import { MAX_LEADS } from './format.ts'
import type { DocumentFormat, FormatFault } from './format.ts'
import { readCrowd, readUnreadable } from './unreadable-document.ts'

/**
 * How many e-mail addresses and phones a document may name. Each takes time to be read, and is a lock
 * while the leads are stored.
 */
const MAX_CONTACT_POINTS = 500

/** ADF 1.0: each prospect is a lead. A document that can't be read is one lead with its text. */
export const adf: DocumentFormat = {
  kind: 'document',
  mediaTypes: ['application/xml', 'text/xml', 'application/x-adf+xml'],
  description: 'An ADF document.',
  example: ADF_EXAMPLE,
  decode: decodeDocument,
  parse(document: DecodedText, { country, currency, timeZone, ownPoints }) {
    if (document.text.trim() === '') return unreadable('The document is empty.')
    const read = readOrNull(document)
    const reading: ProspectReading = {
      ...contactReading(country, ownPoints),
      defaultCurrency: currency,
      times: { timeZone, country }
    }
    if (read === 'too-complex') return { contents: [readCrowd(document)] }
    if (!read) return { contents: [readUnreadable(document, reading)] }
    if (read.prospects.length > MAX_LEADS) return { contents: [readCrowd(document)] }
    const elements = [...read.prospects, read.outside]
    if (elements.reduce((sum, one) => sum + countContactPoints(one), 0) > MAX_CONTACT_POINTS) {
      return { contents: [readCrowd(document)] }
    }
    const contents = readProspects(read, reading)
    return {
      contents: contents.map((content, index) =>
        withRepairs(limitContent(content), read, index === contents.length - 1)
      )
    }
  }
}

/** Mail software writes documents as quoted-printable or in base64, and some senders post its text. */
function decodeDocument(
  bytes: Buffer,
  charset: string | undefined,
  dealer: ReadingDealer
): DecodedText {
  const whole = xmlFromBase64(bytes) ?? adfOfMail(bytes)
  const plain = whole ?? fromQuotedPrintable(bytes)
  if (plain === null) return decodeText(bytes, charset, dealer)
  const { text, repairs } = decodeText(plain, charset, dealer)
  const encoding = whole ? 'base64' : 'quoted-printable'
  const told = { path: 'document', text: encoding, code: 'transfer_encoding' as const }
  return { text, repairs: [told, ...repairs] }
}

/** Null: it is kept as a document that can't be read, and so is one that is refused, as with a DOCTYPE. */
function readOrNull(document: DecodedText): AdfDocument | 'too-complex' | null {
  try {
    return readAdf(document)
  } catch (error) {
    if (error instanceof AdfError) return error.kind === 'too-complex' ? error.kind : null
    throw error
  }
}

/** Each lead says what was repaired in its document; the last one, whether the rest of it is missing. */
function withRepairs(
  content: LeadContent,
  { repairs, isCut }: AdfDocument,
  isLast: boolean
): LeadContent {
  const cut: UnmappedValue[] =
    isCut && isLast ? [{ path: 'document', text: '', code: 'cut_document' }] : []
  // What was repaired comes last, and is always told.
  return { ...content, unmapped: [...limitUnmapped(content.unmapped), ...repairs, ...cut] }
}

function countContactPoints(element: XmlElement): number {
  const own = isContactPoint(element.name) ? 1 : 0
  return element.children.reduce(
    (sum, child) => (typeof child === 'string' ? sum : sum + countContactPoints(child)),
    own
  )
}

function unreadable(detail: string): FormatFault {
  return { fault: 'unreadable', detail }
}
