import { isFoundInText } from '../../../domain/contacts/reached-by-text.ts'
import type { LeadContent } from '../../../domain/leads/lead.ts'
import { documentFault } from '../../../domain/leads/quarantine.ts'
import type { ReadingDealer } from '../../../domain/leads/reading-dealer.ts'
import type { PostedBody, PostedDocument } from '../../../http/bodies/body-kinds.ts'
import type { ReadLead } from '../../../http/lead-body.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { adf } from '../../../inbound/adf.ts'
import { adfInFields, adfInJson, adfInText } from '../../../inbound/embedded-adf.ts'
import type { AdfDirections, EmbeddedAdf } from '../../../inbound/embedded-adf.ts'
import { MAX_LEADS } from '../../../inbound/format.ts'
import type { FormatFault } from '../../../inbound/format.ts'
import type { BodyReading, CaptureRequest } from './capture-request.ts'
import { boundSource, directAll } from './lead-directions.ts'
import { ownPointsAt } from './own-points.ts'

/** The leads of a document. */
export async function readPostedDocument(
  request: CaptureRequest,
  posted: PostedDocument,
  reading: BodyReading
) {
  const { text, parsed } = await readDocument(posted.format, posted, reading)
  request.rawText = text
  request.rawType = posted.mediaType
  if ('fault' in parsed) throw refuseBody(parsed)
  const source = boundSource(reading.principal) ?? { key: request.query.source ?? DOCUMENT_SOURCE }
  const leads = parsed.contents.map((content) => ({ content, ...NO_DIRECTIONS, source }))
  return { kind: posted.kind, leads, isList: true }
}

async function readDocument(
  format: PostedDocument['format'],
  document: Pick<PostedDocument, 'bytes' | 'charset'>,
  { documents, dealer, principal, db }: BodyReading
) {
  const read = (by: ReadingDealer) => documents.read(format, document, by)
  const first = await read(dealer)
  // Only what was found in a text costs the question whose it is.
  const isFound = !('fault' in first.parsed) && first.parsed.contents.some(isFoundInText)
  return isFound
    ? await read({ ...dealer, ownPoints: await ownPointsAt(db, principal.dealerId) })
    : first
}

/**
 * The leads of documents that stand in members of a body: the payload stays the whole body, and what is beside a
 * document is told. Null: there is none that can be read.
 */
export async function readEmbedded(
  { query }: CaptureRequest,
  posted: Exclude<PostedBody, PostedDocument>,
  reading: BodyReading
) {
  const read: ReadLead<AdfDirections>[] = []
  for (const { text, directions, told } of embeddedIn(posted)) {
    const document = { bytes: Buffer.from(text), charset: 'utf-8' }
    const { parsed } = await readDocument(adf, document, reading)
    if ('fault' in parsed || parsed.contents.every(isUnread)) return null
    for (const content of parsed.contents) {
      const unmapped = [...told, ...content.unmapped]
      read.push({ body: directions, content: { ...content, unmapped } })
    }
  }
  if (read.length === 0 || read.length > MAX_LEADS) return null
  const source = query.source ?? DOCUMENT_SOURCE
  const leads = await directAll(reading, read, { pointers: [], source })
  return { kind: 'embedded' as const, leads, isList: leads.length > 1 }
}

/** None where one of several leads has no document. */
function embeddedIn(posted: Exclude<PostedBody, PostedDocument>): EmbeddedAdf[] {
  switch (posted.kind) {
    case 'json':
      return [adfInJson(posted.value, posted.pointer) ?? []].flat()
    case 'several': {
      const all = posted.items.map(({ value, pointer }) => adfInJson(value, pointer))
      return all.every((one) => one !== null) ? all : []
    }
    case 'form':
      return [adfInFields(posted.fields) ?? []].flat()
    case 'unreadable':
      return [adfInText(posted.document.text) ?? []].flat()
  }
}

function isUnread(content: LeadContent): boolean {
  return documentFault(content) === 'unreadable_document'
}

/** The source of documents that name none. */
const DOCUMENT_SOURCE = 'portal'

const NO_DIRECTIONS = { referralCode: null, assigneeId: null, pointer: '' }

function refuseBody(fault: FormatFault): Problem {
  switch (fault.fault) {
    case 'unreachable':
      return problems.unreachableContact()
    case 'unreadable':
      return problems.invalidDocument(fault.detail)
  }
}
