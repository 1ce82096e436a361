import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Conversion } from '../../domain/clients/conversion.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { doneBy } from '../operations/operation.ts'
import { Id, Instant, closed, nullable, pageOf } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const ConversionSchema = Type.Object(
  {
    id: Id(),
    leadId: Id(),
    clientId: Id(
      'The created or filled client. The undo of the conversion deletes a created client.'
    ),
    operationId: Id(),
    activityId: nullable(Id('The planned follow-up.')),
    accountId: nullable(Id('The created or filled account.')),
    opportunityId: nullable(Id('The created or filled opportunity.')),
    actor: doneBy(),
    undoneAt: nullable(Instant()),
    createdAt: Instant()
  },
  {
    $id: 'Conversion',
    ...closed,
    description: 'The record of a conversion of a lead.',
    examples: [
      {
        id: EXAMPLE_IDS.conversion,
        leadId: LEAD_EXAMPLE.id,
        clientId: EXAMPLE_IDS.client,
        operationId: EXAMPLE_IDS.operation,
        activityId: EXAMPLE_IDS.activity,
        accountId: null,
        opportunityId: null,
        actor: { type: 'user', id: EXAMPLE_IDS.user },
        undoneAt: null,
        createdAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

export const ConversionPageSchema = pageOf(ConversionSchema)

export const conversionSchemas = [ConversionSchema, ConversionPageSchema]

export function presentConversion(conversion: Conversion): Static<typeof ConversionSchema> {
  return {
    ...conversion,
    undoneAt: conversion.undoneAt?.toISOString() ?? null,
    createdAt: conversion.createdAt.toISOString()
  }
}
