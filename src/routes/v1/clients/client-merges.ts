import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { MAX_MERGED } from '../../../domain/clients/merge.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { MergeClientsSchema, MergedClientsSchema } from '../../../schemas/clients/client-merge.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { mergeClients } from '../../../use-cases/clients/merge-clients.ts'
import type { MergeRefusal } from '../../../use-cases/clients/merge-clients.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** Two clients who turn out to be one person. */
export const clientMergeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/clients/:id/merge',
    operation({
      id: 'mergeClients',
      tag: 'Clients',
      summary: 'Make one client of two',
      description:
        'The client of the path stays. Leads, activities, opportunities and sales of the other become ' +
        'theirs; their e-mail addresses, phones and vehicles are added; what is empty is filled; what ' +
        'either refused stays refused. The other is found no more, and its id means the one that ' +
        'stays from now on: reading it answers that one, with its own `id` and `ETag`. Such an id ' +
        `can’t be merged again. Of each kind no more than ${MAX_MERGED} move. Asks for what unlinking ` +
        'asks for. `If-Match` and `ETag` are those of the client that stays.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MergeClientsSchema),
      answers: { 201: ref(MergedClientsSchema, 'The client as it is now.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { clientId: goneId, overwrite = false } = request.body
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const merged = await mergeClients(tx, {
          principal,
          actor: actorOf(principal),
          survivorId: request.params.id,
          goneId,
          overwrite,
          checkVersion: (version) => {
            checkVersion(request, version)
          },
          now: now()
        })
        if ('refusal' in merged) throw refuseMerge(merged)
        const { operationId, client } = merged
        const body = { operationId, client: presentClient(client) }
        return { body, location: `/v1/operations/${operationId}`, version: client.version }
      })
    }
  )
}

function refuseMerge(refused: MergeRefusal): Problem {
  switch (refused.refusal) {
    case 'unknown-client':
      return problems.notFound('client')
    case 'same-client':
      return problems.conflict('A client can’t be merged with itself.')
    case 'merged-before':
      return problems.conflict('One of them was merged before, and is another client by now.')
    case 'busy':
      return problems.conflict('A lead came to the client at this very moment: try again.')
    case 'too-many':
      return problems.conflict(`The client has more than ${MAX_MERGED} ${refused.kind}.`)
  }
}
