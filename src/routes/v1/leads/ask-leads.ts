import type { FastifyRequest } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import { LEAD_TYPES } from '../../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../../domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../../domain/leads/temperature.ts'
import { dealerOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'
import { queryPointer } from '../../../http/request-parts.ts'
import { findChoices, findUserChoices } from '../../../repositories/leads/filter-choices.ts'
import type { ChoiceNoun } from '../../../repositories/leads/filter-choices.ts'
import type { LeadFilter } from '../../../repositories/leads/lead-filter.ts'
import { listOf, readPlainFilter } from '../../../schemas/leads/lead-filter.ts'
import type { LeadFilterQuery } from '../../../schemas/leads/lead-filter.ts'

/** The filter of a request for leads. Throws a problem that names all unknown words. */
export async function readLeadFilter(
  tx: Transaction,
  request: FastifyRequest,
  query: LeadFilterQuery,
  now: Date
): Promise<LeadFilter> {
  const faults: FieldError[] = []
  const one = <T extends string>(name: keyof LeadFilterQuery, known: readonly T[]) => {
    const words = listOf(textOf(query, name))
    const unknown = words?.find((word) => !known.some((value) => value === word))
    if (unknown !== undefined) faults.push(unknownWord(name, unknown, known))
    return words && known.filter((value) => words.includes(value))
  }
  const chosen = async (noun: ChoiceNoun) => {
    const words = listOf(query[noun])
    if (words === undefined) return undefined
    const { ids, unknown, known } = await findChoices(tx, noun, words)
    if (unknown[0] !== undefined) faults.push(unknownWord(noun, unknown[0], known))
    return ids
  }
  const filter = {
    ...readPlainFilter(query, now, dealerOf(request).timeZone),
    statusGroup: one('statusGroup', STATUS_GROUPS),
    type: one('type', LEAD_TYPES),
    temperature: one('temperature', TEMPERATURES),
    status: await chosen('status'),
    statusReason: await chosen('statusReason'),
    source: await chosen('source'),
    queue: await chosen('queue'),
    assignee: await readAssignees(tx, request, query.assignee, faults)
  }
  if (faults.length > 0) throw problems.validation(faults)
  return filter
}

const MAX_NAMED = 50

async function readAssignees(
  tx: Transaction,
  request: FastifyRequest,
  text: string | undefined,
  faults: FieldError[]
): Promise<string[] | undefined> {
  const words = listOf(text)
  if (words === undefined) return undefined
  const caller = tenantOf(request)
  const me = caller.kind === 'user' ? caller.id : 'me'
  const named = words.map((word) => (word === 'me' ? me : word))
  const { ids, unknown } = await findUserChoices(tx, named)
  if (unknown.length > 0) {
    const message = 'must be ids or e-mail addresses of users, or `me` for the calling user'
    faults.push({ pointer: queryPointer('assignee'), message })
  }
  return ids
}

function textOf(query: LeadFilterQuery, name: keyof LeadFilterQuery): string | undefined {
  const value = query[name]
  return typeof value === 'string' ? value : undefined
}

function unknownWord(name: string, word: string, known: readonly string[]): FieldError {
  const shown = known.slice(0, MAX_NAMED).join(', ')
  return {
    pointer: queryPointer(name),
    message: `has the unknown value "${word.slice(0, 60)}"; there are: ${shown}`
  }
}
