import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { issueSecret } from '../../../security/credentials.ts'
import type { Transaction } from '../../../database/client.ts'
import type { ApiKey } from '../../../domain/access/api-key.ts'
import { isKeyUsable } from '../../../domain/access/api-key.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import {
  findApiKey,
  insertApiKey,
  listApiKeys,
  lockApiKey,
  updateApiKey
} from '../../../repositories/access/api-keys.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findSource } from '../../../repositories/dealers/sources.ts'
import {
  ApiKeyPageSchema,
  ApiKeySchema,
  CreateApiKeySchema,
  IssuedApiKeySchema,
  PatchApiKeySchema,
  RotateApiKeySchema,
  presentApiKey
} from '../../../schemas/access/api-key.ts'
import { IdParams, closed, oldestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import type { Creation } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'

const ApiKeyQuery = Type.Object(
  {
    ...pageQuery,
    ...oldestFirst,
    active: Type.Optional(
      Type.Boolean({ description: 'Neither revoked nor expired; `false`: one of both.' })
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
      summary: 'Make an API key',
      description:
        'The answer holds the key itself, this once: keep it where secrets are kept. A repeat under ' +
        'the same `Idempotency-Key` does not show it again.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateApiKeySchema),
      answers: { 201: ref(IssuedApiKeySchema, 'The key, shown this once.') },
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { name, scopes, sourceId = null, expiresAt = null } = request.body
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        if (sourceId !== null && !(await findSource(tx, sourceId))) {
          throw problems.validation([{ pointer: '/sourceId', message: 'is not a known source' }])
        }
        const at = now()
        const key = newKey({ name, scopes, sourceId }, { principal, at })
        key.expiresAt = readExpiry(expiresAt, at)
        const creation = await issue(tx, key)
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'api_key.created',
            subject: { type: 'api_key', id: key.id },
            data: { scopes, sourceId }
          }
        ])
        return creation
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
      answers: { 200: ref(ApiKeyPageSchema, 'A page of keys, without their secrets.') },
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
      answers: { 200: ref(ApiKeySchema, 'The key, without its secret.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'API key',
        find: findApiKey,
        present: presentApiKey
      })
  )

  app.patch(
    '/api-keys/:id',
    operation({
      id: 'updateApiKey',
      tag: 'API keys',
      summary: 'Rename an API key',
      description: 'What a key may do never changes: make another, and revoke this one.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchApiKeySchema),
      answers: { 200: ref(ApiKeySchema, 'The key as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'API key',
        lock: lockApiKey,
        present: presentApiKey,
        change: async (tx, { id }, principal) => {
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'api_key.updated',
              subject: { type: 'api_key', id },
              data: { fields: Object.keys(request.body) }
            }
          ])
          return await updateApiKey(tx, id, request.body, now())
        }
      })
  )

  app.post(
    '/api-keys/:id/revoke',
    operation({
      id: 'revokeApiKey',
      tag: 'API keys',
      summary: 'Revoke an API key',
      description: 'It is refused everywhere within a second. A second time changes nothing.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 200: ref(ApiKeySchema, 'The key, revoked.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'API key',
        lock: lockApiKey,
        present: presentApiKey,
        change: async (tx, before, principal) => {
          const { id } = before
          if (before.revokedAt !== null) return before
          await recordEvents(tx, actorOf(principal), now(), [
            { type: 'api_key.revoked', subject: { type: 'api_key', id } }
          ])
          return await updateApiKey(tx, id, { revokedAt: now() }, now())
        }
      })
  )

  app.post(
    '/api-keys/:id/rotate',
    operation({
      id: 'rotateApiKey',
      tag: 'API keys',
      summary: 'Replace an API key',
      description:
        'Makes a new key that may do the same, shown this once; the old one goes on working for the ' +
        'overlap, so that senders can be changed one after the other.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(RotateApiKeySchema),
      answers: { 201: ref(IssuedApiKeySchema, 'The new key, shown this once.') },
      problems: ['conflict'],
      conditional: true,
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      const { overlapSeconds = DEFAULT_OVERLAP_SECONDS, expiresAt } = request.body
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const old = await lockApiKey(tx, id)
        if (!old) throw problems.notFound('API key')
        checkVersion(request, old.version)
        if (!isKeyUsable(old, at)) {
          throw problems.conflict('A key that is revoked or expired can not be replaced.')
        }
        const key = newKey(old, { principal, at })
        key.expiresAt = expiresAt === undefined ? old.expiresAt : readExpiry(expiresAt, at)
        const creation = await issue(tx, key)
        const end = new Date(at.getTime() + overlapSeconds * 1000)
        const oldEnd = old.expiresAt !== null && old.expiresAt < end ? old.expiresAt : end
        await updateApiKey(tx, id, { expiresAt: oldEnd }, at)
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'api_key.rotated',
            subject: { type: 'api_key', id },
            data: { replacementId: key.id, overlapSeconds }
          },
          {
            type: 'api_key.created',
            subject: { type: 'api_key', id: key.id },
            data: { scopes: key.scopes, sourceId: key.sourceId, replaces: id }
          }
        ])
        return creation
      })
    }
  )
}

function newKey(
  { name, scopes, sourceId }: Pick<ApiKey, 'name' | 'scopes' | 'sourceId'>,
  { principal, at }: { principal: { id: string }; at: Date }
): ApiKey {
  return {
    id: newId(),
    name,
    prefix: '',
    scopes,
    sourceId,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    createdBy: principal.id,
    version: 1,
    createdAt: at,
    updatedAt: at
  }
}

/** Draws the secret, keeps its hash, and answers it: the only time it is ever readable. */
async function issue(tx: Transaction, words: ApiKey): Promise<Creation> {
  const secret = issueSecret('lk_live_', tx.dealerId)
  const key = { ...words, prefix: secret.prefix }
  await insertApiKey(tx, { ...key, keyHash: secret.hash })
  const shown = presentApiKey(key)
  return {
    body: { ...shown, key: secret.text },
    bodyOnReplay: { ...shown, key: null },
    location: `/v1/api-keys/${key.id}`,
    version: 1
  }
}

function readExpiry(text: string | null, now: Date): Date | null {
  if (text === null) return null
  const expiresAt = new Date(text)
  if (expiresAt <= now) {
    throw problems.validation([{ pointer: '/expiresAt', message: 'must be in the future' }])
  }
  return expiresAt
}
