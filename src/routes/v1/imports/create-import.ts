import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { DEFAULT_IMPORT_SOURCE } from '../../../domain/imports/default-settings.ts'
import { IMPORT_TARGETS } from '../../../domain/imports/import.ts'
import type { Import } from '../../../domain/imports/import.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { isMeaninglessLabel } from '../../../decoding/decode-text.ts'
import { encodingName } from '../../../decoding/decoders.ts'
import { problems } from '../../../http/problems.ts'
import { IN_QUERY, queryPointer } from '../../../http/request-parts.ts'
import { FILE_FORMS, FILE_TYPES } from '../../../schemas/imports/file-forms.ts'
import { uploadSettings } from '../../../schemas/imports/file-settings.ts'
import { ImportSchema, presentImport } from '../../../schemas/imports/import.ts'
import { Named } from '../../../schemas/named.ts'
import { closed, oneOf, ref, requiredText } from '../../../schemas/shared.ts'
import type { CreateCommand } from '../../../use-cases/command.ts'
import type { Created } from '../../../use-cases/write.ts'
import { beginImport } from '../../../use-cases/imports/begin-import.ts'
import { finishImport } from '../../../use-cases/imports/finish-import.ts'
import { keepFile } from '../../../use-cases/imports/keep-file.ts'
import { receiveImport } from '../../../use-cases/imports/receive-import.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendCreated } from '../../../http/resources.ts'
import { endsUpload, fileProblem } from './file-problem.ts'
import { openFile, readEncodingName } from './open-file.ts'
import { Upload, acceptFiles, receiveBytes } from './upload.ts'

const UploadQuery = Type.Object(
  {
    target: Type.Optional(
      oneOf(IMPORT_TARGETS, 'The kind of record to create from each row. Default: leads.')
    ),
    source: Type.Optional(
      Named('source', `Default: \`${DEFAULT_IMPORT_SOURCE}\` for leads, none for clients.`)
    ),
    name: Type.Optional(requiredText(200, 'The name of the file.')),
    ...uploadSettings
  },
  closed
)
type Query = Static<typeof UploadQuery>

const DESCRIPTION = `The body is the file: CSV, NDJSON or XLSX
(\`${Object.keys(FILE_FORMS).join('`, `')}\`). The bytes decide about the format: each of them can be sent under
another type, such as \`application/octet-stream\`, \`application/vnd.ms-excel\` or \`text/plain\`. A table of HTML and a
file in GZIP are read too. The problem of another file says what it is and what to do. The service guesses
the separator and the encoding of a CSV, unless the request has them. The column names of a CSV or XLSX are in the first row that
looks like names, or in \`headerRow\`; \`header\` has that row and the rows above it. A line of NDJSON is
one object, and its columns are the dotted paths of its fields (\`contact.email\`, \`vehicles.0.make\`),
as in exports. \`Content-Encoding\` can be \`gzip\`, \`deflate\` or \`br\`; the limit of the size applies to the
file without it.

The rows are stored, and no record is created yet. The response has the columns with values of the first
rows, and a guess of the field of each column. Unreadable rows are stored with the reason. At most
1,000,000 rows, 200 columns, and 1,000,000 characters a row.

With an \`Idempotency-Key\`, a request with the same address and media type is a repeat, even with
another file. An upload that was interrupted or can’t be read can be sent again.`

/** Files with leads or clients are uploaded. */
export const createImportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  acceptFiles(app)
  const contract = operation({
    id: 'createImport',
    tag: 'Imports',
    summary: 'Upload a file of leads or clients',
    description: DESCRIPTION,
    access: access.tenant('admin', 'write'),
    files: FILE_FORMS,
    query: UploadQuery,
    responses: { 201: ref(ImportSchema, 'The import, with all rows stored.') },
    problems: ['unreadable-file', 'too-many-rows'],
    idempotent: true,
    versioned: true
  })
  app.post(
    '/imports',
    {
      ...contract,
      config: {
        ...contract.config,
        mediaTypes: FILE_TYPES,
        offeredTypes: Object.keys(FILE_FORMS),
        readsUpload: true
      }
    },
    async (request, reply) =>
      await sendCreated(request, reply, {
        now: options.now,
        create: (command) => receive(options, { request, reply, query: request.query, command }),
        present: presentImport,
        location: ({ id }) => `/v1/imports/${id}`,
        base: IN_QUERY
      })
  )
}

/** Stores the file of the request as an import. */
async function receive(
  { db, now, importMaxBytes, requestTimeoutSeconds }: RouteOptions,
  {
    request,
    reply,
    query,
    command
  }: { request: FastifyRequest; reply: FastifyReply; query: Query; command: CreateCommand<Import> }
): Promise<Created<Import> | Refusal> {
  const { body: upload } = request
  if (!(upload instanceof Upload)) throw problems.unsupportedMediaType('Send a file as the body.')
  const { format } = upload
  const { target = 'leads', name = `import.${format}`, source: sourceId = null } = query
  const fileSettings = {
    encoding: readEncoding(query, request),
    separator: query.separator ?? null,
    headerRow: query.headerRow ?? null,
    sheet: query.sheet ?? null
  }
  const started = await beginImport(db, {
    ...command,
    target,
    format,
    name,
    sourceId,
    fileSettings
  })
  if (isRefusal(started) || 'replay' in started) return started
  const { begun, origin } = started
  const { bytes, count } = receiveBytes(request, upload, {
    maxBytes: importMaxBytes,
    silentSeconds: requestTimeoutSeconds
  })
  const { dealerId } = command.principal
  const kept = keepFile(db, { dealerId, importId: begun.id }, bytes)
  const reader = openFile(kept.bytes, fileSettings, { format, origin })
  const coming = { dealerId, begun, reader, countBytes: count, now }
  const file = await receiveImport(db, coming).catch((error: unknown) => {
    // The rest of the upload is not read.
    if (endsUpload(error)) void reply.header('connection', 'close')
    throw fileProblem(error, begun.id)
  })
  const isTooLarge = kept.isTooLarge()
  return await finishImport(db, { ...command, begun, reader, file, isTooLarge, now: now() })
}

/** The encoding that the query gives, or else the media type. */
function readEncoding({ encoding }: Query, request: FastifyRequest): string | null {
  if (encoding !== undefined) return readEncodingName(encoding, queryPointer('encoding'))
  const { 'content-type': mediaType = '' } = request.headers
  const charset = /charset="?([\w-]+)/i.exec(mediaType)?.[1]
  return charset === undefined || isMeaninglessLabel(charset) ? null : encodingName(charset)
}
