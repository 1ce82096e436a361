import { actorOf } from '../../../domain/events/event.ts'
import { Type } from '@fastify/type-provider-typebox'
import type { TSchema } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import { RULE_SET_STATES } from '../../../domain/rules/rule-set.ts'
import type { RuleSet, RuleSetKind, RuleSetState } from '../../../domain/rules/rule-set.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  deleteRuleSet,
  findPublishedRuleSet,
  findRuleSet,
  insertRuleSet,
  listRuleSets,
  lockRuleSet,
  updateRuleSet
} from '../../../repositories/rules/rule-sets.ts'
import { presentRuleSet } from '../../../schemas/rules/rule-set.ts'
import { IdParams, closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendPage } from '../../../http/resources.ts'
import { answerOf, refuseFaults, show } from './resource.ts'
import type { RuleSetResource } from './resource.ts'

interface RuleSetBody {
  note?: string | null
  rules?: unknown
}

interface RuleSetQuery {
  limit?: number
  cursor?: string
  sort?: string
  state?: RuleSetState
}

const Query = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    state: Type.Optional(oneOf(RULE_SET_STATES))
  },
  closed
)

/** Routes that read versions, and write and delete drafts. */
export function registerDraftRoutes(
  app: FastifyInstance,
  { db, now }: RouteOptions,
  resource: RuleSetResource
): void {
  const { kind, path, noun, tag, words, schemas } = resource
  const answer = (description: string) => answerOf(resource, description)
  const url = `/${path}`

  app.post(
    url,
    operation({
      id: `create${noun}`,
      tag,
      summary: `Draft ${words}`,
      description: `A draft holds for nothing until it is published. Without \`rules\` it begins as a copy of those that hold.`,
      access: access.tenant('admin', 'admin'),
      body: ref<TSchema>(schemas.CreateSchema),
      answers: { 201: answer('The draft.') },
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { note = null, rules } = request.body as RuleSetBody
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const content = rules === undefined ? null : resource.read(rules)
        if (content) await refuseFaults(tx, resource, content)
        const present = content ? null : await findPublishedRuleSet(tx, kind)
        const draft: RuleSet = {
          id: newId(),
          kind,
          state: 'draft',
          number: null,
          note,
          content: content ?? present?.content ?? resource.empty,
          publishedAt: null,
          version: 1,
          createdAt: now(),
          updatedAt: now()
        }
        await insertRuleSet(tx, draft)
        await recordEvents(tx, actorOf(principal), now(), [
          { type: 'rule_set.created', subject: { type: 'rule_set', id: draft.id }, data: { kind } }
        ])
        return { body: presentRuleSet(draft), location: `/v1${url}/${draft.id}`, version: 1 }
      })
    }
  )

  app.get(
    url,
    operation({
      id: `list${noun}`,
      tag,
      summary: `List versions of ${words}`,
      access: access.tenant('member', 'read'),
      query: Query,
      answers: { 200: ref<TSchema>(schemas.PageSchema, 'A page of versions.') },
      paged: true
    }),
    (request, reply) =>
      sendPage(db, request, reply, {
        list: (tx, page) => {
          const { state } = request.query as RuleSetQuery
          return listRuleSets(tx, kind, { state }, page)
        },
        present: presentRuleSet
      })
  )

  app.get(
    `${url}/:id`,
    operation({
      id: `get${noun}`,
      tag,
      summary: `Read a version of ${words}`,
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: answer('The version.') },
      versioned: true
    }),
    async (request, reply) => {
      const ruleSet = await db.transaction(tenantOf(request).dealerId, (tx) =>
        findRuleSet(tx, kind, idOf(request))
      )
      if (!ruleSet) throw problems.notFound('version')
      return show(reply, ruleSet)
    }
  )

  app.patch(
    `${url}/:id`,
    operation({
      id: `update${noun}`,
      tag,
      summary: `Change a draft of ${words}`,
      description: 'What was published stays as it was: 409.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref<TSchema>(schemas.PatchSchema),
      answers: { 200: answer('The draft as it is now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { note, rules } = request.body as RuleSetBody
      const ruleSet = await db.transaction(principal.dealerId, async (tx) => {
        const { id } = await lockDraft(tx, kind, request)
        const content = rules === undefined ? null : resource.read(rules)
        if (content) await refuseFaults(tx, resource, content)
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'rule_set.updated',
            subject: { type: 'rule_set', id },
            data: { kind, fields: Object.keys(request.body as RuleSetBody) }
          }
        ])
        const change = {
          ...(note === undefined ? {} : { note }),
          ...(content === null ? {} : { content })
        }
        return await updateRuleSet(tx, id, change, now())
      })
      return show(reply, ruleSet)
    }
  )

  app.delete(
    `${url}/:id`,
    operation({
      id: `delete${noun}`,
      tag,
      summary: `Delete a draft of ${words}`,
      description: 'What was published stays: 409.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      problems: ['conflict'],
      conditional: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      await db.transaction(principal.dealerId, async (tx) => {
        const { id } = await lockDraft(tx, kind, request)
        await recordEvents(tx, actorOf(principal), now(), [
          { type: 'rule_set.deleted', subject: { type: 'rule_set', id }, data: { kind } }
        ])
        await deleteRuleSet(tx, id)
      })
      return await reply.code(204).send(null)
    }
  )
}

async function lockDraft(
  tx: Transaction,
  kind: RuleSetKind,
  request: FastifyRequest
): Promise<RuleSet> {
  const ruleSet = await lockRuleSet(tx, kind, idOf(request))
  if (!ruleSet) throw problems.notFound('version')
  checkVersion(request, ruleSet.version)
  if (ruleSet.state !== 'draft') throw problems.conflict('Only a draft can be changed or deleted.')
  return ruleSet
}
