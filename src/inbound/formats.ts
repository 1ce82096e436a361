import type { LeadContent } from '../domain/leads/lead.ts'
import { adf } from './adf.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { MAX_LEADS, TOO_MANY_LEADS } from './format.ts'
import type { DocumentFormat, Format, FormatFault, ParsedBody } from './format.ts'
import { leadJson } from './lead-json.ts'

/** The formats of documents, each with any number of leads. */
export const DOCUMENT_FORMATS: readonly DocumentFormat[] = [adf]

/** Every format of a lead. */
export const FORMATS: readonly Format[] = [leadJson, ...DOCUMENT_FORMATS]

/** The format of a media type; parameters such as a charset don't count. */
export function formatOf(contentType: string): Format | null {
  const [mediaType = ''] = contentType.split(';', 1)
  return (
    FORMATS.find(({ mediaTypes }) => mediaTypes.includes(mediaType.trim().toLowerCase())) ?? null
  )
}

/** The leads of a body, unless they are more than the database should be asked to hold. */
export function parseBody(
  format: Format,
  body: unknown,
  dealer: ReadingDealer
): ParsedBody | FormatFault {
  const parsed = format.parse(body, dealer)
  const detail = 'fault' in parsed ? null : findExcess(parsed.contents)
  return detail === null ? parsed : { fault: 'unreadable', detail }
}

function findExcess(contents: readonly LeadContent[]): string | null {
  return contents.length > MAX_LEADS ? TOO_MANY_LEADS : null
}
