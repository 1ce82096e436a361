import { Type } from '@fastify/type-provider-typebox'

/** The forms an export is sent in; where a caller takes either, the first. */
export const EXPORT_MEDIA_TYPES = ['text/csv', 'application/x-ndjson'] as const

/** The response of an export, for `operation()`. */
export function exportResponse(
  what: 'leads' | 'clients',
  examples: { csv: string; ndjson: string }
) {
  return Type.Unsafe<string>({
    description: `All ${what} that the caller sees and that pass the filters, oldest first.`,
    content: {
      'text/csv': {
        schema: {
          type: 'string',
          description: 'UTF-8 and RFC 4180: a header row, one row for each record, CRLF line ends.',
          examples: [examples.csv]
        }
      },
      'application/x-ndjson': {
        schema: {
          type: 'string',
          description: 'One record per line, as the same JSON object as in the list.',
          examples: [examples.ndjson]
        }
      }
    }
  })
}
