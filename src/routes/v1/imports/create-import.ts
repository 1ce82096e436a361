import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { DEFAULT_IMPORT_SOURCE } from '../../../domain/imports/default-settings.ts'
import { IMPORT_TARGETS } from '../../../domain/imports/import.ts'
import type { Import } from '../../../domain/imports/import.ts'
import type { FileCode } from '../../../domain/reasons/import-reasons.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { isEncoding } from '../../../imports/encoding.ts'
import { FileFault } from '../../../imports/file-fault.ts'
import type { FileReader } from '../../../imports/read-csv.ts'
import { readFile } from '../../../imports/read-file.ts'
import { SEPARATORS } from '../../../imports/separator.ts'
import type { SeparatorName } from '../../../imports/separator.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { FILE_FORMS } from '../../../schemas/imports/file-forms.ts'
import { ImportSchema, presentImport } from '../../../schemas/imports/import.ts'
import { closed, oneOf, ref, requiredText } from '../../../schemas/shared.ts'
import { beginImport, describeColumns } from '../../../use-cases/imports/begin-import.ts'
import {
  failImport,
  finishReceiving,
  receiveImport
} from '../../../use-cases/imports/receive-import.ts'
import type { ReceivedFile } from '../../../use-cases/imports/receive-import.ts'
import { createOnce, sendRepeat } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sentenceOf } from '../../../wording/reasons.ts'
import { Upload, acceptFiles, receiveBytes } from './upload.ts'

const UploadQuery = Type.Object(
  {
    target: Type.Optional(oneOf(IMPORT_TARGETS, 'What rows become. Default: leads.')),
    source: Type.Optional(
      requiredText(
        60,
        `A source’s key. Default: \`${DEFAULT_IMPORT_SOURCE}\` for leads, none for clients.`
      )
    ),
    name: Type.Optional(requiredText(200, 'The file’s name, to know it again by.')),
    encoding: Type.Optional(
      requiredText(40, 'A WHATWG name such as `windows-1250`, where the guess is wrong.')
    ),
    separator: Type.Optional(
      oneOf(Object.keys(SEPARATORS) as SeparatorName[], 'Of a CSV, where the guess is wrong.')
    ),
    sheet: Type.Optional(
      requiredText(
        100,
        'Of an XLSX: its name, or its number from 1. Default: the first that shows.'
      )
    )
  },
  closed
)
type Query = Static<typeof UploadQuery>

const DESCRIPTION = `The body is the file: CSV, NDJSON or XLSX, by its media type. CSV may have any
usual separator and encoding; both are guessed, or named. Its first row names the columns; so does an
XLSX's. NDJSON is one object a line, and its columns are the dotted names of what the objects hold
(\`contact.email\`, \`vehicles.0.make\`): exports come in again as they are.

Rows are stored as they come in, and nothing is made of them yet: the answer has the columns with
values of the first rows, and a guess of where each one goes. Rows that can't be read are kept with
the reason. At most 1,000,000 rows, 200 columns, 10,000 characters a cell.

Under an \`Idempotency-Key\`, the same address and media type count as the same request, whatever the
file; an upload that broke off or can't be read is not remembered, so it can be sent again.`

/** Files of many rows on their way in. */
export const createImportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  acceptFiles(app)
  const words = operation({
    id: 'createImport',
    tag: 'Imports',
    summary: 'Bring in a file of leads or clients',
    description: DESCRIPTION,
    access: access.tenant('admin', 'write'),
    files: FILE_FORMS,
    query: UploadQuery,
    answers: { 201: ref(ImportSchema, 'The import, with all rows stored.') },
    problems: ['unreadable-file', 'too-many-rows'],
    idempotent: true,
    versioned: true
  })
  app.post(
    '/imports',
    { ...words, config: { ...words.config, readsUpload: true } },
    async (request, reply) => await takeIn(options, request, reply, request.query)
  )
}

async function takeIn(
  options: RouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  query: Query
): Promise<never> {
  const { db, now, importMaxBytes, requestTimeoutSeconds } = options
  const principal = tenantOf(request)
  const { body: upload } = request
  if (!(upload instanceof Upload)) throw problems.unsupportedMediaType('Send a file as the body.')
  const encoding = readEncoding(query, request)
  const repeat = await sendRepeat({ db, now, principal }, request, reply)
  if (repeat) return repeat.sent
  const coming = {
    target: query.target ?? 'leads',
    format: upload.format,
    name: query.name ?? `import.${upload.format}`,
    source: query.source ?? null
  }
  const actor = actorOf(principal)
  const opened = await db.transaction(principal.dealerId, (tx) =>
    beginImport(tx, coming, { actor, now: now() })
  )
  if (!opened) throw problems.validation([{ pointer: '/querystring/source', message: NO_SOURCE }])
  const { bytes, count } = receiveBytes(request, upload.stream, {
    maxBytes: importMaxBytes,
    silentSeconds: requestTimeoutSeconds
  })
  const reader = readFile(bytes, {
    format: upload.format,
    encoding,
    separator: query.separator === undefined ? null : SEPARATORS[query.separator],
    sheet: query.sheet ?? null,
    origin: opened.origin
  })
  const storing = { reader, countBytes: count, now }
  const file = await receiveImport(db, principal.dealerId, opened.begun, storing).catch(
    (error: unknown) => {
      throw toProblem(error, opened.begun.id, reply)
    }
  )
  return await makeReady(options, request, reply, { begun: opened.begun, reader, file })
}

const NO_SOURCE = 'is no active source of this dealer; name another'

/** Of two under one key, or where the key turns out to stand for something else, the import fails. */
async function makeReady(
  { db, now }: RouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { begun, reader, file }: { begun: Import; reader: FileReader; file: ReceivedFile }
): Promise<never> {
  const principal = tenantOf(request)
  const { rows, bytes, samples } = file
  const { reading } = reader
  const giveUp = () =>
    failImport(db, principal.dealerId, begun, {
      fault: because('superseded_by_request'),
      bytes,
      now: now()
    })
  try {
    const sent = await createOnce({ db, now, principal }, request, reply, async (tx) => {
      const described = await describeColumns(tx, begun, reader.columns, samples)
      const change = { rows, bytes, reading, ...described }
      const ready = await finishReceiving(tx, begun.id, change, now())
      const location = `/v1/imports/${ready.id}`
      return { body: presentImport(ready, localeOf(request)), location, version: ready.version }
    })
    if (reply.hasHeader('idempotent-replayed')) await giveUp()
    return sent
  } catch (error) {
    await giveUp()
    throw error
  }
}

/** What the sender says of the encoding: by the address, else with the media type. */
function readEncoding({ encoding }: Query, request: FastifyRequest): string | null {
  if (encoding !== undefined && !isEncoding(encoding)) {
    const message = 'is no encoding that is known here'
    throw problems.validation([{ pointer: '/querystring/encoding', message }])
  }
  if (encoding !== undefined) return encoding.toLowerCase()
  const { 'content-type': mediaType = '' } = request.headers
  const charset = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  return charset !== undefined && isEncoding(charset) ? charset.toLowerCase() : null
}

function toProblem(error: unknown, importId: string, reply: FastifyReply): unknown {
  if (!(error instanceof FileFault)) return error
  const detail = sentenceOf(error.reason, 'en')
  const { code } = error.reason
  if (code === 'too_many_rows') return problems.tooManyRows(detail, importId)
  if (code !== 'file_too_large' && !BROKEN_OFF.includes(code)) {
    return problems.unreadableFile(detail, importId)
  }
  // What is still to come is not waited for.
  void reply.header('connection', 'close')
  return code === 'file_too_large' ? problems.payloadTooLarge(detail) : problems.badRequest(detail)
}

/** The file did not come in as a whole. */
const BROKEN_OFF: readonly FileCode[] = [
  'upload_stalled',
  'upload_interrupted',
  'import_being_removed'
]
