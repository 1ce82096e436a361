import type { Static } from '@fastify/type-provider-typebox'

import type { Database } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import type { ReadLead } from '../../../http/lead-body.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { isId } from '../../../ids.ts'
import { listActiveSourceKeys } from '../../../repositories/dealers/sources.ts'
import { findNamedUser } from '../../../repositories/named-records.ts'
import type { CreateLeadSchema } from '../../../schemas/leads/lead-input.ts'
import type { DirectedLead } from '../../../domain/capture/directed-lead.ts'

type Body = Static<typeof CreateLeadSchema>

interface Caller {
  db: Database
  principal: TenantPrincipal
}

interface BodyPlaces {
  /** Where each lead stands in a body of several. */
  pointers: readonly string[]
  /** The source of leads that name none. */
  source: string | undefined
}

/** The leads of a body, each with the source, the referral and the assignee that it names. */
export async function directAll(
  caller: Caller,
  read: readonly ReadLead<Pick<Body, 'source' | 'referralCode' | 'assignee'>>[],
  { pointers, source }: BodyPlaces
): Promise<DirectedLead[]> {
  const known = new Map<string, string | null>()
  const leads: DirectedLead[] = []
  for (const [at, { body, content }] of read.entries()) {
    const base = pointers[at] ?? ''
    const key = (body.source ?? source)?.trim()
    const from = boundSource(caller.principal) ?? (key === undefined ? null : { key })
    if (!from) throw await askForSource(caller, base)
    const assignee = await nameAssignee(caller, body.assignee ?? null, { known, base })
    leads.push({
      content: { ...content, unmapped: [...content.unmapped, ...assignee.unmapped] },
      source: from,
      referralCode: body.referralCode?.trim() ?? null,
      assigneeId: assignee.id,
      pointer: base
    })
  }
  return leads
}

/** The user that a body names. A text that names none, or several, costs no lead: it is kept. */
async function nameAssignee(
  { db, principal }: Caller,
  text: string | null,
  { known, base }: { known: Map<string, string | null>; base: string }
): Promise<{ id: string | null; unmapped: UnmappedValue[] }> {
  if (text === null || isId(text)) return { id: text, unmapped: [] }
  const found = known.get(text)
  const id =
    found === undefined
      ? await db.read(principal.dealerId, (tx) => findNamedUser(tx, principal, text))
      : found
  known.set(text, id)
  const unknown = { path: `${base}/assignee`, text, code: 'unknown_reference' } as const
  return { id, unmapped: id === null ? [unknown] : [] }
}

/** A key that is bound to a source captures for that source only. The body does not change that. */
export function boundSource(principal: TenantPrincipal): { id: string } | null {
  if (principal.kind !== 'key' || principal.sourceId === null) return null
  return { id: principal.sourceId }
}

/** The refusal of a lead without a source: a program gives it with each request, a person is told what to enter. */
async function askForSource({ db, principal }: Caller, base: string): Promise<Problem> {
  const pointer = `${base}/source`
  if (principal.kind !== 'user') {
    const message = 'is required here, as ?source= or by a key that is bound to a source'
    return problems.validation([{ pointer, message }])
  }
  const active = await db.read(principal.dealerId, listActiveSourceKeys)
  const known = active.length === 0 ? 'No source is active' : `Known values: ${active.join(', ')}`
  const message = `is required, because no active source is of kind walk_in. ${known}`
  return problems.validation([{ pointer, message }])
}
