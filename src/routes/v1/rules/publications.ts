import type { FastifyInstance } from 'fastify'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendChanged, sendCreated } from '../../../http/resources.ts'
import { EXAMPLE_CHANGED_AT } from '../../../schemas/example-ids.ts'
import { presentRuleSet } from '../../../schemas/rules/rule-set.ts'
import { IdParams } from '../../../schemas/shared.ts'
import { publishRuleSet } from '../../../use-cases/rules/publish-rule-set.ts'
import { rollBackRuleSet } from '../../../use-cases/rules/roll-back-rule-set.ts'
import { versionOf } from './resource.ts'
import type { RuleSetResource } from './resource.ts'

/** Routes that publish a version: a draft, or a copy of a superseded version. */
export function registerPublicationRoutes(
  app: FastifyInstance,
  { db, now }: RouteOptions,
  resource: RuleSetResource
): void {
  const { path, noun, tag, title } = resource
  const url = `/${path}`

  app.post(
    `${url}/:id/publish`,
    operation({
      id: `publish${noun}`,
      tag,
      summary: `Publish a draft of ${title}`,
      description:
        'The draft takes effect. The version that was published before becomes `superseded`.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 200: versionOf(resource, 'The published version.') },
      shows: { 200: { publishedAt: EXAMPLE_CHANGED_AT, version: 2 } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        base: '/rules',
        change: (command) =>
          publishRuleSet(db, { ...command, type: resource, ruleSetId: idOf(request) }),
        present: presentRuleSet
      })
  )

  app.post(
    `${url}/:id/roll-back`,
    operation({
      id: `rollBack${noun}`,
      tag,
      summary: `Roll back to earlier ${title}`,
      description:
        'Publishes the rules of a superseded version again, as a new version. No version is ' +
        'removed.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 201: versionOf(resource, 'The new published version.') },
      shows: {
        201: {
          number: 4,
          publishedAt: EXAMPLE_CHANGED_AT,
          createdAt: EXAMPLE_CHANGED_AT,
          updatedAt: EXAMPLE_CHANGED_AT
        }
      },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        base: '/rules',
        create: (command) =>
          rollBackRuleSet(db, { ...command, type: resource, ruleSetId: idOf(request) }),
        present: presentRuleSet<unknown>,
        location: ({ id }) => `/v1${url}/${id}`
      })
  )
}
