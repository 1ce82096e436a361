import type { TSchema } from '@fastify/type-provider-typebox'

import { apiKeySchemas } from './api-key.ts'
import { authenticationSchemas } from './authentication.ts'
import { contactSchemas } from './contact.ts'
import { decisionSchemas } from './decision.ts'
import { eventSchemas } from './event.ts'
import { dealerSchemas } from './dealer.ts'
import { HealthSchema } from './health.ts'
import { leadPartSchemas } from './lead-parts.ts'
import { leadWorkSchemas } from './lead-work.ts'
import { leadSchemas } from './lead.ts'
import { queueSchemas } from './queue.ts'
import { promoterSchemas } from './promoter.ts'
import { referralLinkSchemas } from './referral-link.ts'
import { MoneySchema, ProblemSchema, ReferenceSchema } from './shared.ts'
import { sourceSchemas } from './source.ts'
import { statusSchemas } from './status.ts'
import { userSchemas } from './user.ts'
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
  ...leadWorkSchemas,
  ...decisionSchemas,
  ...eventSchemas,
  ...statusSchemas,
  ...queueSchemas,
  ...authenticationSchemas,
  ...userSchemas,
  ...apiKeySchemas,
  ...dealerSchemas,
  ...promoterSchemas,
  ...referralLinkSchemas,
  ...sourceSchemas
]
