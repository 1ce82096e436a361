import type { FastifyInstance } from 'fastify'

import { localName } from '../../../domain/adf/element-cursor.ts'
import { readProspects } from '../../../domain/adf/read-prospects.ts'
import type { XmlElement } from '../../../domain/adf/xml.ts'
import type { LeadContent } from '../../../domain/leads/lead.ts'
import { problems } from '../../../http/problems.ts'
import { AdfError, decodeXml, mendEntities, parseXml } from '../../../adf/adf-xml.ts'
import { readEmail, readPhone } from '../../../schemas/leads/contact-point.ts'

export const ADF_MEDIA_TYPES = ['application/xml', 'text/xml', 'application/x-adf+xml'] as const

/** How many prospects one document may hold: all are stored in one transaction. */
const MAX_PROSPECTS = 100

/**
 * How many e-mail addresses and phones it may name. Each takes time to be read, and is a lock while
 * the leads are stored.
 */
const MAX_CONTACT_POINTS = 500

/** How much longer the repair may make it: four characters an ampersand. */
const MAX_REPAIR_CHARACTERS = 40_000

/** How long an id with its source may be: it stands in an index. */
const MAX_EXTERNAL_ID = 500

/** Lets the routes of this scope take ADF: as text, because there is no schema for it. */
export function acceptAdf(scope: FastifyInstance): void {
  scope.addContentTypeParser<Buffer>(
    [...ADF_MEDIA_TYPES],
    { parseAs: 'buffer' },
    (request, body, done) => {
      const charset = /charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
      request.rawText = decodeXml(body, charset)
      done(null, request.rawText)
    }
  )
}

/** Each prospect of a document as a lead. */
export function readAdfLeads(
  text: string,
  { country, currency }: { country: string; currency: string }
): LeadContent[] {
  const { root, isRepaired } = parse(text)
  if (countContactPoints(root) > MAX_CONTACT_POINTS) {
    throw problems.invalidAdf(
      `The document has more than ${MAX_CONTACT_POINTS} e-mail addresses and phones.`
    )
  }
  const contents = readProspects(root, {
    readEmail,
    readPhone: (raw, type, time) => readPhone(raw, country, type, time),
    defaultCurrency: currency
  })
  const obstacle = findExcess(contents)
  if (obstacle !== null) throw problems.invalidAdf(obstacle)
  if (!isRepaired) return contents
  return contents.map((content) => ({ ...content, unmapped: [...content.unmapped, REPAIRED] }))
}

/** What people read in a lead whose document was not well-formed, and so may not say what was meant. */
const REPAIRED = {
  path: 'document',
  text: 'repaired: it was not well-formed, and became so by escaping its ampersands and entities'
}

/** Strictly at first; what is malformed gets the one repair there is. */
function parse(text: string): { root: XmlElement; isRepaired: boolean } {
  try {
    return { root: parseXml(text), isRepaired: false }
  } catch (error) {
    if (!(error instanceof AdfError)) throw error
    const root = error.kind === 'malformed' ? parseMended(text) : null
    if (root === null) throw problems.invalidAdf(`${error.message}.`)
    return { root, isRepaired: true }
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

/** What no document of a sender in good faith has, and the database should not be asked to hold. */
function findExcess(contents: readonly LeadContent[]): string | null {
  if (contents.length > MAX_PROSPECTS) {
    return `The document has more than ${MAX_PROSPECTS} prospects.`
  }
  const isLong = contents.some(({ externalId }) => (externalId ?? '').length > MAX_EXTERNAL_ID)
  return isLong ? `The id of a prospect is longer than ${MAX_EXTERNAL_ID} characters.` : null
}
