import type { TSchema } from '@fastify/type-provider-typebox'

import { activitySchemas } from './activity.ts'
import { apiKeySchemas } from './api-key.ts'
import { authenticationSchemas } from './authentication.ts'
import { clientSchemas } from './client.ts'
import { contactSchemas } from './contact.ts'
import { conversionSchemas } from './conversion.ts'
import { decisionSchemas } from './decision.ts'
import { deliverySchemas } from './delivery.ts'
import { eventSchemas } from './event.ts'
import { dealerSchemas } from './dealer.ts'
import { HealthSchema } from './health.ts'
import { leadLinkSchemas } from './lead-link.ts'
import { leadPartSchemas } from './lead-parts.ts'
import { leadWorkSchemas } from './lead-work.ts'
import { leadSchemas } from './lead.ts'
import { queueSchemas } from './queue.ts'
import { operationSchemas } from './operation.ts'
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
  ...clientSchemas,
  ...activitySchemas,
  ...leadLinkSchemas,
  ...conversionSchemas,
  ...operationSchemas,
  ...decisionSchemas,
  ...deliverySchemas,
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
