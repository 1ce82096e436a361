import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findApiKey, listApiKeys } from '../../../repositories/access/api-keys.ts'
import { EXAMPLE_CHANGED_AT, EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import {
  ApiKeyPageSchema,
  ApiKeySchema,
  CreateApiKeySchema,
  IssuedApiKeySchema,
  PatchApiKeySchema,
  RotateApiKeySchema,
  presentApiKey,
  presentIssuedApiKey
} from '../../../schemas/access/api-key.ts'
import {
  IdParams,
  closed,
  oldestFirst,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import { changeApiKey } from '../../../use-cases/access/change-api-key.ts'
import { createApiKey } from '../../../use-cases/access/create-api-key.ts'
import { revokeApiKey } from '../../../use-cases/access/revoke-api-key.ts'
import { rotateApiKey } from '../../../use-cases/access/rotate-api-key.ts'
import type { IssuedApiKey } from '../../../use-cases/access/steps/issue-api-key.ts'

const ApiKeyQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    active: Type.Optional(
      Type.Boolean({
        description:
          '`true`: keys that are neither revoked nor expired. `false`: revoked or expired keys.'
      })
    )
  },
  closed
)

const DEFAULT_OVERLAP_SECONDS = 86_400

/** Credentials of machines: each is shown once, and only its hash is kept. */
export const apiKeyRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.post(
    '/api-keys',
    operation({
      id: 'createApiKey',
      tag: 'API keys',
      summary: 'Create an API key',
      description:
        'Only this response has the key itself: store it as a secret. A repeat with the ' +
        'same `Idempotency-Key` does not show it again.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateApiKeySchema),
      responses: { 201: ref(IssuedApiKeySchema, 'The key. It is not shown again.') },
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { name, scopes, sourceId = null, lenient = false, expiresAt = null } = request.body
      const apiKey = { name, scopes, sourceId, lenient, expiresAt: readInstant(expiresAt) }
      return await sendCreated(request, reply, {
        now,
        create: (command) => createApiKey(db, { ...command, apiKey }),
        ...ISSUED
      })
    }
  )

  app.get(
    '/api-keys',
    operation({
      id: 'listApiKeys',
      tag: 'API keys',
      summary: 'List API keys',
      access: access.tenant('admin', 'admin'),
      query: ApiKeyQuery,
      responses: { 200: ref(ApiKeyPageSchema, 'A page of keys, without their secrets.') },
      paged: true
    }),
    async (request, reply) => {
      const { active } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => listApiKeys(tx, { active, now: now() }, page),
        present: presentApiKey,
        defaultSort: 'createdAt'
      })
    }
  )

  app.get(
    '/api-keys/:id',
    operation({
      id: 'getApiKey',
      tag: 'API keys',
      summary: 'Read an API key',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 200: ref(ApiKeySchema, 'The key, without its secret.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'API key',
        find: (tx, id) => findApiKey(tx, id),
        present: presentApiKey
      })
  )

  app.patch(
    '/api-keys/:id',
    operation({
      id: 'updateApiKey',
      tag: 'API keys',
      summary: 'Change an API key',
      description:
        'Only the name and `lenient` can change. For other scopes or another source, create a new key and ' +
        'revoke this one.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchApiKeySchema),
      responses: { 200: ref(ApiKeySchema, 'The changed key.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeApiKey(db, { ...command, apiKeyId: request.params.id, change: request.body }),
        present: presentApiKey
      })
  )

  app.post(
    '/api-keys/:id/revoke',
    operation({
      id: 'revokeApiKey',
      tag: 'API keys',
      summary: 'Revoke an API key',
      description: 'Requests with the key are refused within a second. A repeat changes nothing.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 200: ref(ApiKeySchema, 'The revoked key.') },
      shows: { 200: { revokedAt: EXAMPLE_CHANGED_AT } },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) => revokeApiKey(db, { ...command, apiKeyId: request.params.id }),
        present: presentApiKey
      })
  )

  app.post(
    '/api-keys/:id/rotate',
    operation({
      id: 'rotateApiKey',
      tag: 'API keys',
      summary: 'Replace an API key',
      description:
        'Creates a new key with the same scopes and source. It is shown only in this ' +
        'response. The old key stays valid for the overlap, so that senders can change one ' +
        'after the other.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(RotateApiKeySchema),
      responses: { 201: ref(IssuedApiKeySchema, 'The new key. It is not shown again.') },
      shows: { 201: { id: EXAMPLE_IDS.nextApiKey, prefix: 'lk_live_b7Wq' } },
      problems: ['conflict'],
      conditional: true,
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { overlapSeconds = DEFAULT_OVERLAP_SECONDS, expiresAt } = request.body
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          rotateApiKey(db, {
            ...command,
            apiKeyId: request.params.id,
            overlapSeconds,
            expiresAt: readInstant(expiresAt)
          }),
        ...ISSUED
      })
    }
  )
}

/** The response with a new key: a repeat does not show the secret again. */
const ISSUED = {
  present: ({ apiKey, secret }: IssuedApiKey) => presentIssuedApiKey(apiKey, secret),
  presentReplay: ({ apiKey }: IssuedApiKey) => presentIssuedApiKey(apiKey, null),
  location: ({ apiKey }: IssuedApiKey) => `/v1/api-keys/${apiKey.id}`,
  version: ({ apiKey }: IssuedApiKey) => apiKey.version
}
