import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { UNDO_OBSTACLES } from '../../../domain/operations/operation.ts'
import { findOperation } from '../../../repositories/operations/operations.ts'
import { EXAMPLE_CHANGED_AT } from '../../../schemas/example-ids.ts'
import { OperationSchema, presentOperation } from '../../../schemas/operations/operation.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { undoOperation } from '../../../use-cases/operations/undo-operation.ts'
import type { UndoRefusal } from '../../../use-cases/operations/undo-operation.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne } from '../../../http/resources.ts'

/** Changes that can be undone as one. */
export const operationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
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
      summary: 'Undo an operation',
      description:
        'Restores the earlier assignee, status and client of the lead, deletes the client ' +
        'and the follow-up that the operation created, and moves the activities back. The ' +
        'problem `changed-since` means that later changes prevent the undo: records do not ' +
        'stand as the operation left them. A change that was undone is none. Its `changes` ' +
        'name what changed: ' +
        `${UNDO_OBSTACLES.map((name) => `\`${name}\``).join(', ')}. ` +
        'For an operation on many leads it has their ' +
        '`leadIds`; for an import at most 20 `leadIds` or `clientIds`.\n\nThe undo of a merge ' +
        'separates the clients also after later changes, which stay: docs/converting.md says what goes ' +
        'where.\n\nA worker undoes ' +
        'an import row by row: the response has the state `undoing`, and the import shows ' +
        'the progress. Records that changed meanwhile do not change back; the problems of ' +
        'the import name them. The response for an undone operation is `conflict`. Members ' +
        'without the grant `leads.unlink`, and keys without `admin`, undo only their own ' +
        'operations, and those that gave a lead to a client that they are responsible for.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 200: ref(OperationSchema, 'The operation, `undone` or `undoing`.') },
      shows: { 200: { state: 'undone', undoneAt: EXAMPLE_CHANGED_AT } },
      problems: ['changed-since', 'conflict']
    }),
    async (request) => {
      const principal = tenantOf(request)
      const undone = await undoOperation(db, {
        principal,
        actor: actorOf(principal),
        operationId: request.params.id,
        now: now(),
        mailDomain
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
      return problems.conflict('The operation was undone before.')
    case 'being-undone':
      return problems.conflict('The operation is being undone.')
    case 'changed-since':
      return problems.changedSince(refused.changes, refused.leadIds, refused.clientIds)
  }
}
