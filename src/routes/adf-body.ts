import type { FastifyInstance } from 'fastify'

import { readProspects } from '../domain/adf/read-prospects.ts'
import type { LeadContent } from '../domain/lead.ts'
import { problems } from '../problems.ts'
import { AdfError, decodeXml, mendEntities, parseXml } from '../schemas/adf-xml.ts'
import { readEmail, readPhone } from '../schemas/contact-point.ts'

export const ADF_MEDIA_TYPES = ['application/xml', 'text/xml', 'application/x-adf+xml'] as const

/** How many prospects one document may hold: all are stored in one transaction. */
const MAX_PROSPECTS = 100

/** How many e-mail addresses and phones it may name: each is a lock while its leads are stored. */
const MAX_CONTACT_POINTS = 500

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
  const prospects = readProspects(root, {
    readEmail,
    readPhone: (raw, type, time) => readPhone(raw, country, type, time),
    defaultCurrency: currency
  })
  const contents = prospects.map(({ content }) => content)
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
function parse(text: string): { root: ReturnType<typeof parseXml>; isRepaired: boolean } {
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
function parseMended(text: string): ReturnType<typeof parseXml> | null {
  const mended = mendEntities(text)
  if (mended === text) return null
  try {
    return parseXml(mended)
  } catch (error) {
    if (error instanceof AdfError) return null
    throw error
  }
}

/** What no document of a sender in good faith has, and the database should not be asked to hold. */
function findExcess(contents: readonly LeadContent[]): string | null {
  if (contents.length > MAX_PROSPECTS) {
    return `The document has more than ${MAX_PROSPECTS} prospects.`
  }
  const points = contents.flatMap(({ contact }) => [...contact.emails, ...contact.phones])
  if (points.length > MAX_CONTACT_POINTS) {
    return `The document has more than ${MAX_CONTACT_POINTS} e-mail addresses and phones.`
  }
  const isLong = contents.some(({ externalId }) => (externalId ?? '').length > MAX_EXTERNAL_ID)
  return isLong ? `The id of a prospect is longer than ${MAX_EXTERNAL_ID} characters.` : null
}
