import type { TSchema } from '@fastify/type-provider-typebox'

import type { RuleSetSchemas } from '../../../schemas/rules/rule-set.ts'
import { ref } from '../../../schemas/shared.ts'
import type { RuleSetType } from '../../../use-cases/rules/steps/rule-set-type.ts'

/** The names and schemas of one kind of rule sets. */
export interface RuleSetResource extends RuleSetType {
  /** The collection under /v1. */
  path: string
  /** The name in operation ids and schemas: `AssignmentRules`. */
  noun: string
  tag: string
  /** The name in sentences: `assignment rules`. */
  title: string
  schemas: RuleSetSchemas
  /** Reads posted rules. Throws a problem if their parts do not fit each other. */
  read: (input: unknown) => unknown
}

/** The schema of a response with one version. */
export function versionOf({ schemas }: RuleSetResource, description: string) {
  return ref<TSchema>(schemas.RuleSetSchema, description)
}
