import type { TSchema } from '@fastify/type-provider-typebox'

import { contactSchemas } from './contact.ts'
import { HealthSchema } from './health.ts'
import { leadPartSchemas } from './lead-parts.ts'
import { leadSchemas } from './lead.ts'
import { MoneySchema, ProblemSchema, ReferenceSchema } from './shared.ts'
import { sourceSchemas } from './source.ts'
import { vehicleSchemas } from './vehicle.ts'

/** Every schema with an `$id`: the components of the OpenAPI document. */
export const sharedSchemas: readonly TSchema[] = [
  MoneySchema,
  ProblemSchema,
  ReferenceSchema,
  HealthSchema,
  ...contactSchemas,
  ...vehicleSchemas,
  ...leadPartSchemas,
  ...leadSchemas,
  ...sourceSchemas
]
