import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import type { SettingsFault } from '../../../domain/imports/settings-faults.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { lockImport } from '../../../repositories/imports/import-state.ts'
import type { StoredImport } from '../../../repositories/imports/import-state.ts'
import { PatchImportSchema, readSettings } from '../../../schemas/imports/import-run.ts'
import { ImportSchema, presentImport } from '../../../schemas/imports/import.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { configureImport } from '../../../use-cases/imports/configure-import.ts'
import { cancelImport, checkImport, startImport } from '../../../use-cases/imports/start-import.ts'
import type { StepRefusal } from '../../../use-cases/imports/start-import.ts'
import { setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, idOf } from '../../../http/resources.ts'

/** What is done with the rows of a file: set, tried, started, stopped. */
export const importWorkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.patch(
    '/imports/:id',
    operation({
      id: 'updateImport',
      tag: 'Imports',
      summary: 'Change an import',
      description:
        'A JSON merge patch of its name and of what happens to its rows, as long as it is `ready`. ' +
        'Everything is checked at once and named by its place: columns and fields that are unknown or ' +
        'stand twice; leads without a source; no column for `contact.email` or `contact.phone`.\n\n' +
        'A row is known to be a record that is there by `matchBy`: a client by e-mail or phone (two ' +
        'clients for one row make it a bad one), a lead by your own id, or the newest open one by e-mail ' +
        'or phone. Then `onMatch` says what happens: `skip` leaves the record alone, `create` makes ' +
        'another, `update` fills what is empty in it; with `overwrite` what the row says wins. E-mails ' +
        'and phones are only ever added. Rows match what earlier rows of the file made. A lead’s own id ' +
        'is one lead’s: a row whose id is taken, and that must not be that lead, is bad.',
      access: access.tenant('admin', 'write'),
      params: IdParams,
      body: ref(PatchImportSchema),
      answers: { 200: ref(ImportSchema, 'The import as it is now.') },
      problems: ['conflict'],
      versioned: true,
      conditional: true
    }),
    async (request, reply) => {
      const { name, settings } = request.body
      const read = settings ? readSettings(settings) : {}
      if (!read) throw refuseSettings([{ pointer: '/placement/userId', message: 'is needed' }])
      return await changeOne(db, request, reply, {
        noun: 'import',
        lock: lockImport,
        change: async (tx, before, principal) => {
          const changed = await configureImport(tx, before, {
            actor: actorOf(principal),
            name,
            settings: read,
            fields: [...(name === undefined ? [] : ['name']), ...Object.keys(settings ?? {})],
            now: now()
          })
          if (changed === 'busy') throw refuseState(before.state)
          if ('faults' in changed) throw refuseSettings(changed.faults)
          return changed
        },
        present: presentImport
      })
    }
  )

  for (const { id, path, summary, description, step } of STEPS) {
    app.post(
      `/imports/:id/${path}`,
      operation({
        id,
        tag: 'Imports',
        summary,
        description,
        access: access.tenant('admin', 'write'),
        params: IdParams,
        answers: { 202: ref(ImportSchema, 'The import as it is now.') },
        problems: ['conflict', 'validation-failed'],
        versioned: true
      }),
      async (request: FastifyRequest, reply: FastifyReply) => {
        const principal = tenantOf(request)
        const call = { id: idOf(request), actor: actorOf(principal), now: now() }
        const outcome = await db.transaction(principal.dealerId, (tx) => step(tx, call))
        if (!outcome) throw problems.notFound('import')
        if ('wrongState' in outcome) throw refuseState(outcome.wrongState)
        if ('faults' in outcome) throw refuseSettings(outcome.faults)
        setVersion(reply, outcome.version)
        return await reply.code(202).send(presentImport(outcome, localeOf(request)))
      }
    )
  }
}

type Step = (
  tx: Transaction,
  call: Parameters<typeof startImport>[1]
) => Promise<StoredImport | StepRefusal | null>

const STEPS: { id: string; path: string; summary: string; description: string; step: Step }[] = [
  {
    id: 'checkImport',
    path: 'check',
    summary: 'Try an import',
    description:
      'A dry run: a worker goes through all rows and makes nothing. `check` then has what would become ' +
      'of them, the problems what is wrong; rows of the file are seen as matches of each other too. ' +
      'Afterwards the import is `ready` again.',
    step: checkImport
  },
  {
    id: 'startImport',
    path: 'start',
    summary: 'Start an import',
    description:
      'A worker makes what the rows say, batch by batch; whatever crashes, it goes on from where it was, ' +
      'and no row is taken twice. Leads are placed, scored, matched and marked as repeats as captured ' +
      'ones are, and received when the file says they were sent; nobody is mailed or called, and no ' +
      'response limit runs. `operationId` takes all of it back.',
    step: startImport
  },
  {
    id: 'cancelImport',
    path: 'cancel',
    summary: 'Cancel an import',
    description:
      'A dry run ends, and the import is `ready` again. A run stops; what was made until then stays, and ' +
      'can be taken back by its operation.',
    step: cancelImport
  }
]

function refuseState(state: StoredImport['state']): Problem {
  return problems.conflict(`The import is ${state}.`)
}

function refuseSettings(faults: readonly SettingsFault[]): Problem {
  return problems.validation(
    faults.map(({ pointer, message }) => ({ pointer: `/settings${pointer}`, message }))
  )
}
