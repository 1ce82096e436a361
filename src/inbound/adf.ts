import { ADF_EXAMPLE } from '../adf/adf-example.ts'
import { AdfError, decodeXml, mendEntities, parseXml } from '../adf/adf-xml.ts'
import { localName } from '../domain/adf/element-cursor.ts'
import { readProspects } from '../domain/adf/read-prospects.ts'
import type { XmlElement } from '../domain/adf/xml.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import type { DocumentFormat, FormatFault } from './format.ts'

/**
 * How many e-mail addresses and phones a document may name. Each takes time to be read, and is a lock
 * while the leads are stored.
 */
const MAX_CONTACT_POINTS = 500

/** Where people write the month before the day. */
const MONTH_FIRST = ['US', 'PH', 'PR', 'GU']

/** How much longer the repair may make it: four characters an ampersand. */
const MAX_REPAIR_CHARACTERS = 40_000

/** ADF 1.0: each prospect is a lead. */
export const adf: DocumentFormat = {
  kind: 'document',
  mediaTypes: ['application/xml', 'text/xml', 'application/x-adf+xml'],
  description: 'An ADF document.',
  example: ADF_EXAMPLE,
  decode: decodeXml,
  parse(text: string, { country, currency, timeZone }) {
    const parsed = parseDocument(text)
    if ('fault' in parsed) return parsed
    const { root, isRepaired } = parsed
    if (countContactPoints(root) > MAX_CONTACT_POINTS) {
      return unreadable(
        `The document has more than ${MAX_CONTACT_POINTS} e-mail addresses and phones.`
      )
    }
    const contents = readProspects(root, {
      ...contactReading(country),
      defaultCurrency: currency,
      clock: { timeZone, isMonthFirst: MONTH_FIRST.includes(country) }
    })
    if (!isRepaired) return { contents }
    return {
      contents: contents.map((content) => ({
        ...content,
        unmapped: [...content.unmapped, REPAIRED]
      }))
    }
  }
}

/** What people read in a lead whose document was not well-formed, and so may not say what was meant. */
const REPAIRED = {
  path: 'document',
  text: 'repaired: it was not well-formed, and became so by escaping its ampersands and entities'
}

/** Strictly at first; what is malformed gets the one repair there is. */
function parseDocument(text: string): { root: XmlElement; isRepaired: boolean } | FormatFault {
  try {
    return { root: parseXml(text), isRepaired: false }
  } catch (error) {
    if (!(error instanceof AdfError)) throw error
    const root = error.kind === 'malformed' ? parseMended(text) : null
    return root === null ? unreadable(`${error.message}.`) : { root, isRepaired: true }
  }
}

/** Null where the repair changes nothing or does not help: then the first finding is the true one. */
function parseMended(text: string): XmlElement | null {
  const mended = mendEntities(text)
  if (mended === text || mended.length - text.length > MAX_REPAIR_CHARACTERS) return null
  try {
    return parseXml(mended)
  } catch (error) {
    if (error instanceof AdfError) return null
    throw error
  }
}

function countContactPoints(element: XmlElement): number {
  const own = ['email', 'phone'].includes(localName(element.name)) ? 1 : 0
  return element.children.reduce(
    (sum, child) => (typeof child === 'string' ? sum : sum + countContactPoints(child)),
    own
  )
}

function unreadable(detail: string): FormatFault {
  return { fault: 'unreadable', detail }
}
