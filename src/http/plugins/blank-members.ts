import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import { sharedSchemas } from '../../schemas/all.ts'
import { blankReader } from '../../schemas/lenient/blank-members.ts'
import { personReader } from '../../schemas/lenient/person-forms.ts'

/** The tags of operations on what people enter about people and their business; settings are read as they are. */
const TAGS: ReadonlySet<string> = new Set([
  'Accounts',
  'Activities',
  'Clients',
  'Consents',
  'Deliveries',
  'Leads',
  'Opportunities',
  'Promoters',
  'Public',
  'Qualification',
  'Referral links',
  'Rewards',
  'Sales',
  'Suppressions',
  'Users'
])

/**
 * Takes blanks out of JSON bodies before their schemas check them, where a blank is no value, and reads people and
 * vehicles in the forms that captures take.
 */
export const blankMembers = fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      const { body, tags = [] } = route.schema ?? {}
      const isOfPeople = tags.some((tag) => TAGS.has(tag))
      if (!isOfPeople || typeof body !== 'object' || body === null || 'content' in body) return
      const withoutBlanks = blankReader(body, sharedSchemas, route.method === 'PATCH')
      const readPeople = personReader(body, sharedSchemas)
      const own = [route.preValidation ?? []].flat()
      route.preValidation = [
        async (request) => {
          // A captured lead has its own lenient reading, which tells what it repaired.
          if (request.posted !== null) return
          request.body = withoutBlanks(request.body)
          const { dealer } = request
          if (readPeople && dealer) request.body = readPeople(request.body, dealer)
        },
        ...own
      ]
    })
  },
  { name: 'blank-members', dependencies: ['body-parsing'] }
)
