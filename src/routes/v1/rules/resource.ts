import type { TSchema } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'

import type { Transaction } from '../../../database/client.ts'
import type { RuleSet, RuleSetKind } from '../../../domain/rules/rule-set.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'
import { presentRuleSet } from '../../../schemas/rules/rule-set.ts'
import type { RuleSetSchemas } from '../../../schemas/rules/rule-set.ts'
import { ref } from '../../../schemas/shared.ts'
import { setVersion } from '../../../http/conventions.ts'

/** What the two kinds of rule sets differ in. */
export interface RuleSetResource {
  kind: RuleSetKind
  /** The collection under /v1. */
  path: string
  /** In operation ids and schema names: `AssignmentRules`. */
  noun: string
  tag: string
  /** In sentences: `assignment rules`. */
  words: string
  schemas: RuleSetSchemas
  /** The rules as sent, in the domain's words. */
  read: (input: unknown) => unknown
  /** Rules without anything, for a dealer's first draft. */
  empty: unknown
  /** What is wrong with rules beyond their shape, with pointers below `/rules`. */
  findFaults: (tx: Transaction, content: unknown) => Promise<FieldError[]>
  /** What follows from new rules, in the transaction that publishes them. */
  afterPublication?: (tx: Transaction, published: RuleSet, now: Date) => Promise<void>
}

/** An answer that is one version. */
export function answerOf({ schemas }: RuleSetResource, description: string) {
  return ref<TSchema>(schemas.RuleSetSchema, description)
}

export function show(reply: FastifyReply, ruleSet: RuleSet) {
  setVersion(reply, ruleSet.version)
  return presentRuleSet(ruleSet)
}

/** Throws where rules name what is not there, or are wrong in themselves. */
export async function refuseFaults(
  tx: Transaction,
  { findFaults }: RuleSetResource,
  content: unknown
): Promise<void> {
  const faults = await findFaults(tx, content)
  if (faults.length === 0) return
  throw problems.validation(
    faults.map(({ pointer, message }) => ({ pointer: `/rules${pointer}`, message }))
  )
}
