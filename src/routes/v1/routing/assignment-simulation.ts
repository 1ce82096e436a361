import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Database } from '../../../database/client.ts'
import type { AssignmentRules } from '../../../domain/routing/assignment-rules.ts'
import { dealerOf, localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findPublishedRuleSet, findRuleSet } from '../../../repositories/rules/rule-sets.ts'
import { readReachedLead } from '../../../inbound/lead-json.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import {
  AssignmentSimulationSchema,
  SimulateAssignmentRulesSchema,
  presentSimulation
} from '../../../schemas/routing/assignment-simulation.ts'
import { ref } from '../../../schemas/shared.ts'
import {
  MAX_SIMULATED_LEADS,
  simulateLead,
  simulatePeriod
} from '../../../use-cases/routing/simulate-rules.ts'
import type { SimulatedLead } from '../../../domain/capture/simulation.ts'
import type { TriedRules } from '../../../use-cases/routing/simulate-rules.ts'
import { ownPointsAt } from '../leads/own-points.ts'
import { refuseCapture } from '../leads/capture-responses.ts'
import { findAssignmentFaults } from '../../../use-cases/routing/steps/find-rule-faults.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { readCheckedRules } from './assignment-rules.ts'

type Body = Static<typeof SimulateAssignmentRulesSchema>

/** Trying rules on leads, without consequences. */
export const assignmentSimulationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/assignment-rules/simulate',
    operation({
      id: 'simulateAssignmentRules',
      tag: 'Assignment rules',
      summary: 'Simulate assignment rules',
      description:
        'Returns the assignment of each lead with its reason. The simulation writes nothing ' +
        'and does not advance the round robin. A `lead` is assigned as if it were received ' +
        'now. The leads of a `period`, at most 10,000, are assigned in the order in which ' +
        'they were received, as if the rules had been published just before the first. The ' +
        'round robin starts from the beginning. Daily capacities and the users of known ' +
        'people follow the simulated assignments. Absences apply at the time of each lead. ' +
        'All other data is the current data: teams, working hours, capacities and languages ' +
        'of users, settings, scoring rules, referral links, later changes of the leads, and ' +
        'the users of earlier leads and clients.',
      access: access.tenant('admin', 'admin'),
      body: ref(SimulateAssignmentRulesSchema),
      responses: { 200: ref(AssignmentSimulationSchema, 'The simulated assignments.') },
      problems: ['unreachable-contact']
    }),
    async (request) => {
      const { body } = request
      const { dealerId } = tenantOf(request)
      checkChoice(body)
      const rules = await findRules(db, dealerId, body)
      const ruleSetId = body.rules === undefined ? (rules?.id ?? null) : null
      const { lead } = body
      const leads = lead
        ? await tryLead(db, dealerId, { lead, rules, country: dealerOf(request).country, now })
        : await tryPeriod(db, dealerId, { rules, period: readPeriod(body) })
      return presentSimulation(ruleSetId, leads, localeOf(request))
    }
  )
}

function checkChoice({ ruleSetId, rules, lead, period }: Body): void {
  if (ruleSetId !== undefined && rules !== undefined) {
    throw problems.validation([{ pointer: '/rules', message: 'excludes ruleSetId' }])
  }
  if (lead !== undefined && period !== undefined) {
    throw problems.validation([{ pointer: '/period', message: 'excludes lead' }])
  }
  if (lead === undefined && period === undefined) {
    throw problems.validation([{ pointer: '', message: 'needs lead or period' }])
  }
}

async function findRules(
  db: Database,
  dealerId: string,
  { ruleSetId, rules: sent }: Body
): Promise<TriedRules> {
  const given = sent && readCheckedRules(sent)
  return await db.read(dealerId, async (tx): Promise<TriedRules> => {
    if (given) {
      const faults = await findAssignmentFaults(tx, given)
      if (faults.length > 0) {
        throw problems.validation(
          faults.map(({ pointer, message }) => ({ pointer: `/rules${pointer}`, message }))
        )
      }
      return { id: '', number: 0, entries: given.entries }
    }
    const found =
      ruleSetId === undefined
        ? await findPublishedRuleSet(tx, 'assignment')
        : await findRuleSet(tx, 'assignment', ruleSetId)
    if (ruleSetId !== undefined && !found) {
      throw problems.validation([
        { pointer: '/ruleSetId', message: 'is not a known version of the rules' }
      ])
    }
    if (!found) return null
    const { entries } = found.content as AssignmentRules
    return { id: found.id, number: found.number ?? 0, entries }
  })
}

async function tryLead(
  db: Database,
  dealerId: string,
  tried: {
    lead: Static<typeof CreateLeadSchema>
    rules: TriedRules
    country: string
    now: () => Date
  }
): Promise<SimulatedLead[]> {
  const { lead, rules, country, now } = tried
  const findOwn = () => ownPointsAt(db, dealerId)
  const content = await readReachedLead(lead, [], { country }, findOwn)
  if (!content) throw problems.unreachableContact()
  if (lead.source === undefined) {
    throw problems.validation([{ pointer: '/lead/source', message: 'is required' }])
  }
  const simulated = await simulateLead(db, dealerId, {
    rules,
    content,
    sourceKey: lead.source,
    referralCode: lead.referralCode ?? null,
    assigneeId: lead.assignee ?? null,
    now: now()
  })
  if ('refusal' in simulated) throw refuseCapture(simulated.refusal, '/lead')
  return [simulated]
}

function readPeriod({ period }: Body): { from: Date; to: Date } {
  const [from, to] = [new Date(period?.from ?? 0), new Date(period?.to ?? 0)]
  if (to <= from) {
    throw problems.validation([{ pointer: '/period/to', message: 'is not after from' }])
  }
  return { from, to }
}

async function tryPeriod(
  db: Database,
  dealerId: string,
  tried: { rules: TriedRules; period: { from: Date; to: Date } }
): Promise<SimulatedLead[]> {
  const simulated = await simulatePeriod(db, dealerId, tried)
  if ('leads' in simulated) return simulated.leads
  const { tooMany } = simulated
  const message = `holds ${tooMany} leads, more than ${MAX_SIMULATED_LEADS}`
  throw problems.validation([{ pointer: '/period', message }])
}
