import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { problems } from '../../../http/problems.ts'
import type { ImportSettings } from '../../../domain/imports/import.ts'
import { EXAMPLE_CHANGED_AT, EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import { PatchImportSchema, readSettings } from '../../../schemas/imports/import-run.ts'
import type { SettingsPatch } from '../../../schemas/imports/import-run.ts'
import { ImportSchema, presentImport } from '../../../schemas/imports/import.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { cancelImport } from '../../../use-cases/imports/cancel-import.ts'
import { changeImport } from '../../../use-cases/imports/change-import.ts'
import { checkImport } from '../../../use-cases/imports/check-import.ts'
import { startImport } from '../../../use-cases/imports/start-import.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendChanged } from '../../../http/resources.ts'
import { fileProblem } from './file-problem.ts'
import { openFile, readEncodingName } from './open-file.ts'

/** Imports are set up, checked, started and cancelled. */
export const importWorkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.patch(
    '/imports/:id',
    operation({
      id: 'updateImport',
      tag: 'Imports',
      summary: 'Change an import',
      description:
        'A JSON merge patch of the name and the settings of an import that is `ready`. The response names ' +
        'each fault: columns and fields that are unknown or repeated, leads without a source, and a ' +
        'missing column for `contact.email` or `contact.phone`.\n\n' +
        'After a change of `encoding`, `separator`, `headerRow` or `sheet`, the uploaded file is read again: ' +
        'rows, columns, guesses and `encodingGuess` are new, and what was mapped by hand stays where the ' +
        'column still exists. A file of more than 64 MiB, compressed, or one with passwords or card numbers is not kept: it ' +
        'must be uploaded again.\n\n' +
        '`matchBy` finds the record that a row matches: a client by e-mail or phone, a lead by your own ' +
        'id or the newest open lead by e-mail or phone. A row that matches two clients is faulty. ' +
        '`onMatch` says what then happens. `skip` leaves the record unchanged. `create` creates another. ' +
        '`update` fills its empty fields, and with `overwrite` the values of the row replace the values ' +
        'of the record. E-mail addresses and phone numbers are only added. Rows also match the records ' +
        'of earlier rows. Your own id belongs to one lead: a row with the id of another person’s lead ' +
        'becomes a lead without it.',
      access: access.tenant('admin', 'write'),
      params: IdParams,
      body: ref(PatchImportSchema),
      responses: { 200: ref(ImportSchema, 'The changed import.') },
      problems: ['conflict', 'unreadable-file', 'too-many-rows'],
      versioned: true,
      conditional: true
    }),
    async (request, reply) => {
      const { name, settings = {} } = request.body
      const importId = request.params.id
      const read = settingsOf(settings)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeImport(db, {
            ...command,
            importId,
            name,
            settings: read,
            fields: [...(name === undefined ? [] : ['name']), ...Object.keys(settings)],
            open: openFile
          }).catch((error: unknown) => {
            throw fileProblem(error, importId)
          }),
        present: presentImport
      })
    }
  )

  for (const { id, path, summary, description, run, shows } of STEPS) {
    app.post(
      `/imports/:id/${path}`,
      operation({
        id,
        tag: 'Imports',
        summary,
        description,
        access: access.tenant('admin', 'write'),
        params: IdParams,
        responses: { 202: ref(ImportSchema, 'The changed import.') },
        shows: { 202: shows },
        problems: ['conflict', 'validation-failed'],
        versioned: true
      }),
      async (request: FastifyRequest, reply: FastifyReply) => {
        const importId = idOf(request)
        void reply.code(202)
        return await sendChanged(request, reply, {
          now,
          change: (command) => run(db, { ...command, importId, mailDomain }),
          present: presentImport
        })
      }
    )
  }
}

/** The settings of a patch; a placement without what it needs and an unknown encoding are refused. */
function settingsOf(patch: SettingsPatch): Partial<ImportSettings> {
  const read = readSettings(patch)
  if (!read) {
    const pointer = '/settings/placement/userId'
    throw problems.validation([{ pointer, message: 'is required' }])
  }
  const encoding = readEncodingName(read.encoding ?? null, '/settings/encoding')
  return read.encoding === undefined ? read : { ...read, encoding }
}

interface Step {
  id: string
  path: string
  summary: string
  description: string
  run: typeof startImport
  /** What the example of the response has after the step. */
  shows: object
}

const STEPS: Step[] = [
  {
    id: 'checkImport',
    path: 'check',
    summary: 'Check an import',
    description:
      'A dry run: a worker processes all rows and creates nothing. `check` has the counts, ' +
      'and the problems name the faulty rows. Rows also match earlier rows of the file. ' +
      'After the dry run the import is `ready` again.',
    run: checkImport,
    shows: { state: 'checking', startedAt: EXAMPLE_CHANGED_AT }
  },
  {
    id: 'startImport',
    path: 'start',
    summary: 'Start an import',
    description:
      'A worker creates and changes records, batch by batch. After a crash it continues with the next row, ' +
      'and no row is imported twice. Leads are assigned, scored, matched and marked as duplicates like ' +
      'captured leads. They are received at the time that the file gives. No mail is sent at once, and no response ' +
      'limit begins; the responsible user of new clients is notified of them in the daily digest. `operationId` undoes the whole run.',
    run: startImport,
    shows: {
      state: 'running',
      operationId: EXAMPLE_IDS.importOperation,
      startedAt: EXAMPLE_CHANGED_AT
    }
  },
  {
    id: 'cancelImport',
    path: 'cancel',
    summary: 'Cancel an import',
    description:
      'Cancels a dry run: the import is `ready` again. Or stops a run: the records that it ' +
      'created or changed remain, and its operation undoes them.',
    run: cancelImport,
    shows: {
      state: 'cancelled',
      operationId: EXAMPLE_IDS.importOperation,
      startedAt: EXAMPLE_CHANGED_AT,
      finishedAt: EXAMPLE_CHANGED_AT
    }
  }
]
