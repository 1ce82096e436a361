import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ApiKey } from '../../domain/access/api-key.ts'
import { SCOPES } from '../../domain/access/permissions.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, requiredText } from '../shared.ts'

const members = {
  id: Id(),
  name: Type.String(),
  prefix: Type.String({ description: 'By which keys can be told apart; not their beginning.' }),
  scopes: Type.Array(oneOf(SCOPES)),
  sourceId: nullable(Id('The only source it may post leads of.')),
  expiresAt: nullable(Instant()),
  revokedAt: nullable(Instant()),
  lastUsedAt: nullable(Instant('To the minute.')),
  createdBy: nullable(Id('The user or key that made it.')),
  version: Type.Integer(),
  createdAt: Instant(),
  updatedAt: Instant()
}

const API_KEY_EXAMPLE = {
  id: '01938f2e-0003-7000-8000-000000000001',
  name: 'Website form',
  prefix: 'lk_live_h4Kd',
  scopes: ['leads:capture'],
  sourceId: '01938f2e-0001-7000-8000-000000000001',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  createdBy: '01938f2e-0002-7000-8000-000000000001',
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

export const ApiKeySchema = Type.Object(members, {
  $id: 'ApiKey',
  ...closed,
  examples: [API_KEY_EXAMPLE]
})

export const IssuedApiKeySchema = Type.Object(
  {
    ...members,
    key: nullable(Type.String({ description: 'Shown once: null in the response to a repeat.' }))
  },
  {
    $id: 'IssuedApiKey',
    ...closed,
    examples: [{ ...API_KEY_EXAMPLE, key: 'lk_live_<60 letters and digits>' }]
  }
)

export const CreateApiKeySchema = Type.Object(
  {
    name: requiredText(),
    scopes: Type.Array(oneOf(SCOPES), {
      minItems: 1,
      uniqueItems: true,
      description:
        '`leads:capture` posts leads and reads back no more than their receipts; `read`; `write` ' +
        'reads, changes and captures; `admin` does all that and changes settings.'
    }),
    sourceId: Type.Optional(nullable(Id('Binds it to one source.'))),
    expiresAt: Type.Optional(nullable(Instant('In the future.')))
  },
  {
    $id: 'CreateApiKey',
    ...closed,
    examples: [{ name: 'Website form', scopes: ['leads:capture'] }]
  }
)

export const PatchApiKeySchema = Type.Object(
  { name: Type.Optional(requiredText()) },
  { $id: 'PatchApiKey', ...closed, examples: [{ name: 'Website form, old' }] }
)

export const RotateApiKeySchema = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * 86_400,
        description: 'How long the old key goes on working. Default: 86400, a day.'
      })
    ),
    expiresAt: Type.Optional(
      nullable(Instant("When the new key expires. Default: as the old one's."))
    )
  },
  { $id: 'RotateApiKey', ...closed, examples: [{ overlapSeconds: 3600 }] }
)

export const ApiKeyPageSchema = pageOf(ApiKeySchema)

export const apiKeySchemas = [
  ApiKeySchema,
  IssuedApiKeySchema,
  CreateApiKeySchema,
  PatchApiKeySchema,
  RotateApiKeySchema,
  ApiKeyPageSchema
]

export function presentApiKey(key: ApiKey): Static<typeof ApiKeySchema> {
  return {
    ...key,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    updatedAt: key.updatedAt.toISOString()
  }
}

/** `secret` is null where it was shown before. */
export function presentIssuedApiKey(
  key: ApiKey,
  secret: string | null
): Static<typeof IssuedApiKeySchema> {
  return { ...presentApiKey(key), key: secret }
}
