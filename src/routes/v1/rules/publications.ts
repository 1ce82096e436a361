import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { presentRuleSet } from '../../../schemas/rules/rule-set.ts'
import { IdParams } from '../../../schemas/shared.ts'
import {
  publicationLock,
  publishRuleSet,
  rollBackRuleSet
} from '../../../use-cases/rules/publish-rule-set.ts'
import type { Publication } from '../../../use-cases/rules/publish-rule-set.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf } from '../../../http/resources.ts'
import { answerOf, refuseFaults, show } from './resource.ts'
import type { RuleSetResource } from './resource.ts'

/** Routes that let a version hold: a draft, or again one that held before. */
export function registerPublicationRoutes(
  app: FastifyInstance,
  { db, now }: RouteOptions,
  resource: RuleSetResource
): void {
  const { kind, path, noun, tag, words } = resource
  const answer = (description: string) => answerOf(resource, description)
  const url = `/${path}`

  app.post(
    `${url}/:id/publish`,
    operation({
      id: `publish${noun}`,
      tag,
      summary: `Publish a draft of ${words}`,
      description: 'It holds from now on, in place of the version before.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 200: answer('The version, which holds now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const published = await publishRuleSet(db, publicationOf(request, resource, now()))
      if (published === null) throw problems.notFound('version')
      if (published === 'not-a-draft') throw problems.conflict('It was published before.')
      return show(reply, published)
    }
  )

  app.post(
    `${url}/:id/roll-back`,
    operation({
      id: `rollBack${noun}`,
      tag,
      summary: `Roll back to earlier ${words}`,
      description:
        'The rules of a version that held before hold again, as a new version: which rules held ' +
        'when stays readable.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 201: answer('The new version, which holds now.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const locks = [publicationLock(kind)]
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const published = await rollBackRuleSet(tx, publicationOf(request, resource, now()))
        if (published === null) throw problems.notFound('version')
        if (published === 'never-held') {
          throw problems.conflict('Only what held before, and does not hold now, can return.')
        }
        const location = `/v1${url}/${published.id}`
        return { body: presentRuleSet(published), location, version: published.version }
      })
    }
  )
}

function publicationOf(request: FastifyRequest, resource: RuleSetResource, now: Date): Publication {
  const principal = tenantOf(request)
  return {
    principal,
    actor: actorOf(principal),
    kind: resource.kind,
    id: idOf(request),
    check: async (tx, ruleSet) => {
      checkVersion(request, ruleSet.version)
      await refuseFaults(tx, resource, ruleSet.content)
    },
    then: async (tx, published) => {
      await resource.afterPublication?.(tx, published, now)
    },
    now
  }
}
