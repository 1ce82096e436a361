import { Type } from '@fastify/type-provider-typebox'

import type { Client } from '../../domain/clients/client.ts'
import { MERGE_SIDES } from '../../domain/clients/merge.ts'
import type { MergeSide } from '../../domain/clients/merge.ts'
import { Id, closed, oneOf, ref } from '../shared.ts'
import { ClientSchema, presentClient } from './client.ts'
import { exampleOf } from './lead-link.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const mergeFields = Type.Optional(
  Type.Unsafe<Record<string, MergeSide>>(
    Type.Object(
      {},
      {
        additionalProperties: oneOf(MERGE_SIDES),
        maxProperties: 200,
        description:
          'Whose value a field gets, by the names of `POST /v1/clients/{id}/merge-preview`, such as ' +
          '`contact.name` or `customFields.budget`. Default: as `overwrite` says.'
      }
    )
  )
)

export const MergeClientsSchema = Type.Object(
  {
    clientId: Id('The client to merge into the client in the path.'),
    overwrite: Type.Optional(
      Type.Boolean({
        description:
          'Default: `false`, only empty fields are filled. `true`: values of the merged ' +
          'client replace the values of the remaining client.'
      })
    ),
    fields: mergeFields
  },
  {
    $id: 'MergeClients',
    ...closed,
    examples: [{ clientId: EXAMPLE_IDS.otherClient }]
  }
)

export const MergedClientsSchema = Type.Object(
  {
    operationId: Id('The operation to undo with `POST /v1/operations/{id}/undo`.'),
    client: ref(ClientSchema)
  },
  {
    $id: 'MergedClients',
    ...closed,
    examples: [
      {
        operationId: EXAMPLE_IDS.mergeOperation,
        client: exampleOf(ClientSchema)
      }
    ]
  }
)

export const clientMergeSchemas = [MergeClientsSchema, MergedClientsSchema]

/** The response to a merge, for `sendCreated`. */
export const presentMergedClients = {
  present: ({ operationId, client }: MergedClients) => ({
    operationId,
    client: presentClient(client)
  }),
  location: ({ operationId }: MergedClients) => `/v1/operations/${operationId}`,
  version: ({ client }: MergedClients) => client.version
}

interface MergedClients {
  operationId: string
  client: Client
}
