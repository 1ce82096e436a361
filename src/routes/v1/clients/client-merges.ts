import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { MAX_MERGED } from '../../../domain/clients/merge.ts'
import {
  MergeClientsSchema,
  MergedClientsSchema,
  presentMergedClients
} from '../../../schemas/clients/client-merge.ts'
import { MergePreviewSchema, presentMergePreview } from '../../../schemas/clients/merge-preview.ts'
import { EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { mergeClients } from '../../../use-cases/clients/merge-clients.ts'
import { previewMerge } from '../../../use-cases/clients/preview-merge.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, sendCreated } from '../../../http/resources.ts'

/** Merges of clients, and their previews. */
export const clientMergeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/clients/:id/merge-preview',
    operation({
      id: 'previewMerge',
      tag: 'Clients',
      summary: 'Preview a merge',
      description:
        'Changes nothing. The response lists the fields in which the clients differ, with a proposal for each, and ' +
        'counts the records that would move. Choices in `fields` count, as in `POST /v1/clients/{id}/merge`.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MergeClientsSchema),
      responses: { 200: ref(MergePreviewSchema, 'The preview.') },
      problems: ['conflict']
    }),
    async (request) => {
      const { clientId: goneId, overwrite = false, fields = {} } = request.body
      const survivorId = request.params.id
      const choices = { overwrite, fields }
      const command = { principal: tenantOf(request), survivorId, goneId, choices }
      return presentMergePreview(accept(await previewMerge(db, command)))
    }
  )

  app.post(
    '/clients/:id/merge',
    operation({
      id: 'mergeClients',
      tag: 'Clients',
      summary: 'Merge a client into another',
      description:
        'The client in the path remains. It gets the leads, activities, opportunities and ' +
        'sales of the merged client. E-mail addresses, phone numbers and vehicles are ' +
        'added, and empty fields are filled. A purpose that either client refused stays ' +
        'refused. An undo (`POST /v1/operations/{id}/undo`) separates the clients at any time. A request for the id of the merged client then returns the remaining ' +
        'client, with its `id` and `ETag`. A merged client can’t be merged again. At most ' +
        `${MAX_MERGED} records of each kind move. \`If-Match\` and \`ETag\` refer to the ` +
        'remaining client.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MergeClientsSchema),
      responses: { 201: ref(MergedClientsSchema, 'The remaining client.') },
      shows: { 201: { client: { id: EXAMPLE_IDS.client } } },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { clientId: goneId, overwrite = false, fields = {} } = request.body
      const survivorId = request.params.id
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
