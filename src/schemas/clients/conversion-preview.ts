import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { OPPORTUNITY_STAGES } from '../../domain/clients/opportunity.ts'
import type { ConversionPlan } from '../../domain/clients/plan-conversion.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { PlanFault, PlannedField } from '../../domain/clients/planned-field.ts'
import type { ConversionPreview } from '../../domain/clients/conversion-preview.ts'
import { fieldMessageOf } from '../../wording/reasons.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { MatchSchema, presentMatch } from '../matching/match.ts'
import { jsonValue, plainValue } from './plain-value.ts'
import { Id, ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'

const PlannedFieldSchema = Type.Object(
  {
    to: Type.String({ description: 'The target field, such as `client.contact.email`.' }),
    from: nullable(
      Type.String({
        description:
          'The lead field of the value. Null: the value is from the request, or the default ' +
          'of the mapping.'
      })
    ),
    value: jsonValue('The new value. E-mails and phones are lists of texts.'),
    current: jsonValue('The current value.'),
    isDefault: Type.Boolean({ description: 'Whether the value is the mapping’s default.' }),
    applied: Type.Boolean({ description: 'Whether the field is filled.' })
  },
  { $id: 'PlannedField', ...closed }
)

const PlannedTargetSchema = Type.Object(
  {
    action: oneOf(['create', 'fill']),
    id: nullable(Id('The id of the existing record. Null: a new one would be created.')),
    fields: Type.Array(ref(PlannedFieldSchema))
  },
  { $id: 'PlannedTarget', ...closed }
)

const ConversionProblemSchema = Type.Object(
  {
    pointer: Type.String(),
    code: Type.String({
      description: 'The code of the refusal or of the value, as in problems: see docs/reasons.md.'
    }),
    message: Type.String({ description: 'The message in English.' })
  },
  {
    $id: 'ConversionProblem',
    ...closed,
    examples: [
      {
        pointer: '',
        code: 'lead-has-client',
        message: 'The lead has a client. Unlink it first, or move it.'
      }
    ]
  }
)

export const ConversionPreviewSchema = Type.Object(
  {
    client: ref(PlannedTargetSchema),
    account: nullable(ref(PlannedTargetSchema)),
    opportunity: nullable(ref(PlannedTargetSchema)),
    matches: Type.Object(
      {
        clients: Type.Array(ref(MatchSchema)),
        accounts: Type.Array(ref(ReferenceSchema), { description: 'Accounts of the same name.' }),
        opportunities: Type.Array(
          Type.Object({ id: Id(), name: Type.String(), stage: oneOf(OPPORTUNITY_STAGES) }, closed),
          {
            description:
              'Open opportunities of the client, otherwise of the clients who are surely the ' +
              'same person.'
          }
        )
      },
      { ...closed, description: 'Matching records that the caller sees.' }
    ),
    problems: Type.Array(ref(ConversionProblemSchema), {
      description:
        'The problems for which the conversion would be refused. Empty when it would succeed.'
    })
  },
  {
    $id: 'ConversionPreview',
    ...closed,
    examples: [
      {
        client: {
          action: 'create',
          id: null,
          fields: [
            {
              to: 'client.contact.firstName',
              from: 'contact.firstName',
              value: LEAD_EXAMPLE.contact.firstName,
              current: null,
              isDefault: false,
              applied: true
            }
          ]
        },
        account: {
          action: 'create',
          id: null,
          fields: [
            {
              to: 'account.name',
              from: null,
              value: 'Auto Żółć sp. z o.o.',
              current: null,
              isDefault: false,
              applied: true
            }
          ]
        },
        opportunity: {
          action: 'create',
          id: null,
          fields: [
            {
              to: 'opportunity.amount',
              from: 'vehicle.price',
              value: { amount: '79900.00', currency: 'PLN' },
              current: null,
              isDefault: false,
              applied: true
            }
          ]
        },
        matches: { clients: [], accounts: [], opportunities: [] },
        problems: []
      }
    ]
  }
)

export const conversionPreviewSchemas = [
  PlannedFieldSchema,
  PlannedTargetSchema,
  ConversionProblemSchema,
  ConversionPreviewSchema
]

/** Obstacles are listed beside the fields that can't be filled. */
export function presentConversionPreview(
  { plan, matches }: Pick<ConversionPreview, 'plan' | 'matches'>,
  obstacles: readonly Static<typeof ConversionProblemSchema>[],
  locale: Locale
): Static<typeof ConversionPreviewSchema> {
  const { client, account, opportunity, faults } = plan
  return {
    client: presentTarget(client),
    account: account && presentTarget(account),
    opportunity: opportunity && presentTarget(opportunity),
    matches: {
      ...matches,
      clients: matches.clients.map((match) => presentMatch(match, locale))
    },
    problems: [...obstacles, ...faults.map(presentFault)]
  }
}

/** A value that can't be taken, as problems say it. */
function presentFault({ pointer, reason }: PlanFault): Static<typeof ConversionProblemSchema> {
  return { pointer, code: reason.code, message: fieldMessageOf(reason) }
}

function presentTarget({
  action,
  id,
  fields
}: Pick<ConversionPlan['client'], 'action' | 'id' | 'fields'>) {
  return { action, id, fields: fields.map(presentField) }
}

function presentField({ to, from, value, current, isDefault, applied }: PlannedField) {
  const field = to.replace(/^client\./, '')
  const [planned, present] = [value, current].map((one) => plainValue(field, one))
  return { to, from, value: planned, current: present, isDefault, applied }
}
