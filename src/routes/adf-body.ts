import type { FastifyInstance } from 'fastify'

import { readProspects } from '../domain/adf/read-prospects.ts'
import type { LeadContent } from '../domain/lead.ts'
import { problems } from '../problems.ts'
import { AdfError, decodeXml, parseXml } from '../schemas/adf-xml.ts'
import { readEmail, readPhone } from '../schemas/contact-point.ts'

export const ADF_MEDIA_TYPES = ['application/xml', 'text/xml', 'application/x-adf+xml'] as const

/** How many prospects one document may hold: all are stored in one transaction. */
const MAX_PROSPECTS = 100

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
  const prospects = parse(text, (root) =>
    readProspects(root, {
      readEmail,
      readPhone: (raw, type, time) => readPhone(raw, country, type, time),
      defaultCurrency: currency
    })
  )
  if (prospects.length === 0) throw problems.invalidAdf('The document has no prospect.')
  if (prospects.length > MAX_PROSPECTS) {
    throw problems.invalidAdf(`The document has more than ${MAX_PROSPECTS} prospects.`)
  }
  return prospects.map(({ content }) => content)
}

function parse<T>(text: string, read: (root: ReturnType<typeof parseXml>) => T): T {
  try {
    return read(parseXml(text))
  } catch (error) {
    if (error instanceof AdfError) throw problems.invalidAdf(`${error.message}.`)
    throw error
  }
}
