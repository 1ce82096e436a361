import { Type } from '@fastify/type-provider-typebox'

import { closed } from './shared.ts'

export const HealthSchema = Type.Object(
  { status: Type.Literal('ok') },
  { $id: 'Health', ...closed, examples: [{ status: 'ok' }] }
)
