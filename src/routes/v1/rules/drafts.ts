import { Type } from '@fastify/type-provider-typebox'
import type { TSchema } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'

import { RULE_SET_STATES } from '../../../domain/rules/rule-set.ts'
import type { RuleSetState } from '../../../domain/rules/rule-set.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import {
  idOf,
  sendChanged,
  sendCreated,
  sendDone,
  sendOne,
  sendPage
} from '../../../http/resources.ts'
import { findRuleSet, listRuleSets } from '../../../repositories/rules/rule-sets.ts'
import { presentRuleSet } from '../../../schemas/rules/rule-set.ts'
import { IdParams, closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeRuleSet } from '../../../use-cases/rules/change-rule-set.ts'
import { createRuleSet } from '../../../use-cases/rules/create-rule-set.ts'
import { deleteRuleSet } from '../../../use-cases/rules/delete-rule-set.ts'
import { refuseRules } from './criteria-faults.ts'
import { versionOf } from './resource.ts'
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

/** What the example of a draft has otherwise than that of a published version. */
const EXAMPLE_DRAFT = { state: 'draft', number: null, publishedAt: null }

const Query = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    state: Type.Optional(oneOf(RULE_SET_STATES))
  },
  closed
)

/** Routes that read versions, and that create, change and delete drafts. */
export function registerDraftRoutes(
  app: FastifyInstance,
  { db, now }: RouteOptions,
  resource: RuleSetResource
): void {
  const { kind, path, noun, tag, title, schemas } = resource
  const url = `/${path}`

  app.post(
    url,
    {
      ...operation({
        id: `create${noun}`,
        tag,
        summary: `Create a draft of ${title}`,
        description:
          'A draft has no effect until it is published. Without `rules` it is a copy of the published ' +
          'version.',
        access: access.tenant('admin', 'admin'),
        body: ref<TSchema>(schemas.CreateSchema),
        responses: { 201: versionOf(resource, 'The draft.') },
        shows: { 201: EXAMPLE_DRAFT },
        idempotent: true,
        versioned: true
      }),
      errorHandler: (error, request, reply) => {
        refuseRules(error, request, reply)
      }
    },
    async (request, reply) => {
      const { note = null, rules } = request.body as RuleSetBody
      return await sendCreated(request, reply, {
        now,
        base: '/rules',
        create: (command) =>
          createRuleSet(db, {
            ...command,
            type: resource,
            note,
            ...(rules === undefined ? {} : { rules: resource.read(rules) })
          }),
        present: presentRuleSet<unknown>,
        location: ({ id }) => `/v1${url}/${id}`
      })
    }
  )

  app.get(
    url,
    operation({
      id: `list${noun}`,
      tag,
      summary: `List versions of ${title}`,
      access: access.tenant('member', 'read'),
      query: Query,
      responses: { 200: ref<TSchema>(schemas.PageSchema, 'A page of versions.') },
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
      summary: `Read a version of ${title}`,
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: versionOf(resource, 'The version.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'version',
        find: (tx, id) => findRuleSet(tx, kind, id),
        present: presentRuleSet
      })
  )

  app.patch(
    `${url}/:id`,
    {
      ...operation({
        id: `update${noun}`,
        tag,
        summary: `Change a draft of ${title}`,
        description: 'Only a draft can be changed. The response for any other version is 409.',
        access: access.tenant('admin', 'admin'),
        params: IdParams,
        body: ref<TSchema>(schemas.PatchSchema),
        responses: { 200: versionOf(resource, 'The changed draft.') },
        shows: { 200: { ...EXAMPLE_DRAFT, version: 2 } },
        problems: ['conflict'],
        conditional: true,
        versioned: true
      }),
      errorHandler: (error, request, reply) => {
        refuseRules(error, request, reply)
      }
    },
    async (request, reply) => {
      const { rules, ...rest } = request.body as RuleSetBody
      const change = { ...rest, ...(rules === undefined ? {} : { rules: resource.read(rules) }) }
      return await sendChanged(request, reply, {
        now,
        base: '/rules',
        change: (command) =>
          changeRuleSet(db, { ...command, type: resource, ruleSetId: idOf(request), change }),
        present: presentRuleSet
      })
    }
  )

  app.delete(
    `${url}/:id`,
    operation({
      id: `delete${noun}`,
      tag,
      summary: `Delete a draft of ${title}`,
      description: 'Only a draft can be deleted. The response for any other version is 409.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 204: Type.Null({ description: 'The draft is deleted.' }) },
      problems: ['conflict'],
      conditional: true
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) =>
          deleteRuleSet(db, { ...command, type: resource, ruleSetId: idOf(request) })
      })
  )
}
