import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { DUPLICATE_STATES, MAX_COUNTED, comparisonOf } from '../../../domain/matching/duplicate.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { idOf, read, sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { countUncompared } from '../../../repositories/matching/duplicate-writes.ts'
import {
  countOpenDuplicates,
  findDuplicate,
  listDuplicates
} from '../../../repositories/matching/duplicates.ts'
import { EXAMPLE_USER, EXAMPLE_CHANGED_AT } from '../../../schemas/example-ids.ts'
import { MergedClientsSchema, presentMergedClients } from '../../../schemas/clients/client-merge.ts'
import {
  DuplicateCountsSchema,
  DuplicatePageSchema,
  DuplicateSchema,
  MergeDuplicateSchema,
  UpdateDuplicateSchema,
  presentDuplicate
} from '../../../schemas/matching/duplicate.ts'
import { NamedList } from '../../../schemas/named.ts'
import { Id, IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { mergeClients } from '../../../use-cases/clients/merge-clients.ts'
import { decideDuplicate } from '../../../use-cases/matching/decide-duplicate.ts'

const DuplicateQuery = Type.Object(
  {
    ...pageQuery,
    state: Type.Optional(oneOf(DUPLICATE_STATES, 'Default: `open`.')),
    assignee: Type.Optional(NamedList('user', 'The user who is to decide.')),
    client: Type.Optional(Id('One of the two clients.'))
  },
  closed
)

/** Clients who may be one person, for review. */
export const duplicateRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.get(
    '/duplicates',
    operation({
      id: 'listDuplicates',
      tag: 'Clients',
      summary: 'List clients who may be one person',
      description:
        'Pairs of clients, best first. The service compares each client with the others within minutes after ' +
        'it is created or changed, and all clients after a change of the weights or of the dealer’s ' +
        '`matchingPolicy`. Members see pairs of clients that they both see.',
      access: access.tenant('member', 'read'),
      query: DuplicateQuery,
      responses: { 200: ref(DuplicatePageSchema, 'A page of pairs.') },
      paged: true
    }),
    async (request, reply) => {
      const { state = 'open', assignee, client } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) =>
          listDuplicates(tx, principal, { state, assignee, client }, page),
        present: presentDuplicate,
        defaultSort: '-score'
      })
    }
  )

  app.get(
    '/duplicates/counts',
    operation({
      id: 'getDuplicateCounts',
      tag: 'Clients',
      summary: 'Count clients who may be one person',
      description:
        'The open pairs that the caller sees, and the progress: how many clients of the dealer are still to be ' +
        'compared.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(DuplicateCountsSchema, 'The numbers.') }
    }),
    async (request) =>
      await read(db, request, async (tx, principal) => {
        const dealer = await findDealer(tx)
        if (!dealer) throw new Error('the dealer of a caller was not found')
        const comparison = comparisonOf(dealer.settings.matchingPolicy)
        const toCompare = await countUncompared(tx, { comparison, limit: MAX_COUNTED })
        return { ...(await countOpenDuplicates(tx, principal)), toCompare }
      })
  )

  app.get(
    '/duplicates/:id',
    operation({
      id: 'getDuplicate',
      tag: 'Clients',
      summary: 'Read a pair of clients who may be one person',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(DuplicateSchema, 'The pair.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'duplicate',
        find: (tx, id, principal) => findDuplicate(tx, principal, id),
        present: presentDuplicate
      })
  )

  app.patch(
    '/duplicates/:id',
    operation({
      id: 'updateDuplicate',
      tag: 'Clients',
      summary: 'Decide that two clients are different people, or assign the decision',
      description:
        'The decision is kept, also when one of the clients is merged into another. To say that they are one ' +
        'person, merge them: `POST /v1/duplicates/{id}/merge`.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(UpdateDuplicateSchema),
      responses: { 200: ref(DuplicateSchema, 'The changed pair.') },
      shows: { 200: { decidedBy: EXAMPLE_USER, decidedAt: EXAMPLE_CHANGED_AT } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { state, assigneeId } = request.body
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          decideDuplicate(db, { ...command, duplicateId: request.params.id, state, assigneeId }),
        present: presentDuplicate
      })
    }
  )

  app.post(
    '/duplicates/:id/merge',
    operation({
      id: 'mergeDuplicate',
      tag: 'Clients',
      summary: 'Merge two clients who are one person',
      description:
        'The same as `POST /v1/clients/{id}/merge` with the two clients. `If-Match` and `ETag` refer to the ' +
        'remaining client.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MergeDuplicateSchema),
      responses: { 201: ref(MergedClientsSchema, 'The remaining client.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { survivorId: wantedId, overwrite = false, fields = {} } = request.body
      const pair = await read(db, request, (tx, principal) =>
        findDuplicate(tx, principal, idOf(request))
      )
      if (!pair) throw problems.notFound('duplicate')
      const [older, younger] = pair.clients.map(({ id }) => id)
      const survivorId = wantedId ?? older
      const goneId = survivorId === older ? younger : older
      if (
        survivorId === undefined ||
        goneId === undefined ||
        ![older, younger].includes(survivorId)
      ) {
        throw problems.validation([
          { pointer: '/survivorId', message: 'is not one of the two clients' }
        ])
      }
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          mergeClients(db, {
            ...command,
            ...{ survivorId, goneId, mailDomain },
            choices: { overwrite, fields }
          }),
        ...presentMergedClients
      })
    }
  )
}
