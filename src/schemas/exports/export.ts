import { Type } from '@fastify/type-provider-typebox'

/** The forms an export is sent in; where a caller takes either, the first. */
export const EXPORT_MEDIA_TYPES = ['text/csv', 'application/x-ndjson'] as const

/** The response of an export, for `operation()`. */
export function exportResponse(
  what: 'leads' | 'clients',
  examples: { csv: string; ndjson: string }
) {
  return Type.Unsafe<string>({
    description: `All ${what} that the caller sees and the filters let through, oldest first.`,
    content: {
      'text/csv': {
        schema: {
          type: 'string',
          description:
            'UTF-8, RFC 4180: a header row, lines ending in CRLF, one line for each record.',
          examples: [examples.csv]
        }
      },
      'application/x-ndjson': {
        schema: {
          type: 'string',
          description: 'Each record on its own line, as the JSON that the list has.',
          examples: [examples.ndjson]
        }
      }
    }
  })
}
