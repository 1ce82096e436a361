import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { findOperation } from '../../../repositories/operations/operations.ts'
import { OperationSchema, presentOperation } from '../../../schemas/operations/operation.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { undoOperation } from '../../../use-cases/operations/undo-operation.ts'
import type { UndoRefusal } from '../../../use-cases/operations/undo-operation.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne } from '../../../http/resources.ts'

/** Changes that can be taken back as one. */
export const operationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/operations/:id',
    operation({
      id: 'getOperation',
      tag: 'Operations',
      summary: 'Read an operation',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(OperationSchema, 'The operation.') }
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'operation',
        find: (tx, id, principal) => findOperation(tx, principal, id),
        present: presentOperation
      })
  )

  app.post(
    '/operations/:id/undo',
    operation({
      id: 'undoOperation',
      tag: 'Operations',
      summary: 'Take an operation back',
      description:
        'The lead stands again where it stood; the client and the follow-up that were made are removed; ' +
        'activities that went along come back. Answers `changed-since` where something was changed ' +
        'since, with `changes`: of `lead`, `assignee`, `status`, `client`, `client-leads`, ' +
        '`client-activities` and `activity` those that were; where it was about many leads, with their ' +
        '`leadIds` (of an import, 20 of them at most, or of its `clientIds`). An import is taken back by ' +
        'a worker, row by row: the answer says `undoing`, and the import shows how far it is; what is ' +
        'changed meanwhile is left as it is, and named among its problems. Once undone, an operation answers `conflict`. Members without the ' +
        'grant `leads.unlink`, and keys without `admin`, take back their own operations only.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 200: ref(OperationSchema, 'The operation, undone, or being undone.') },
      problems: ['changed-since', 'conflict']
    }),
    async (request) => {
      const principal = tenantOf(request)
      const undone = await undoOperation(db, {
        principal,
        actor: actorOf(principal),
        operationId: request.params.id,
        now: now()
      })
      if ('refusal' in undone) throw refuseUndo(undone)
      return presentOperation(undone)
    }
  )
}

function refuseUndo(refused: UndoRefusal): Problem {
  switch (refused.refusal) {
    case 'unknown-operation':
      return problems.notFound('operation')
    case 'not-theirs':
      return problems.forbidden('Another user did this. Undoing it needs the grant leads.unlink.')
    case 'undone-before':
      return problems.conflict('The operation was taken back before.')
    case 'being-undone':
      return problems.conflict('The operation is being taken back.')
    case 'changed-since':
      return problems.changedSince(refused.changes, refused.leadIds, refused.clientIds)
  }
}
