import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { AUTO_RESPONSE_PURPOSE } from '../../domain/auto-responses/auto-response-consent.ts'
import {
  DEFAULT_WINDOW_HOURS,
  NO_AUTO_RESPONSES
} from '../../domain/auto-responses/auto-response-rules.ts'
import type { AutoResponseRules } from '../../domain/auto-responses/auto-response-rules.ts'
import { ALWAYS } from '../../domain/rules/criteria.ts'
import { newId } from '../../ids.ts'
import { CriteriaSchema } from '../rules/criteria.ts'
import { listRuleSetSchemas, ruleSetSchemas } from '../rules/rule-set.ts'
import { Id, PartId, closed, nullable, ref, requiredText } from '../shared.ts'

const MAX_ENTRIES = 100
const MAX_WINDOW_HOURS = 8760

const consent = nullable(
  Type.Object(
    { purpose: requiredText(60, 'As the lead’s `consents` name it.') },
    {
      ...closed,
      description:
        'The consent that the auto-response needs. The lead must bring a granted consent for this ' +
        'purpose, with channel `email` or without a channel. A refusal on the lead, or on the client ' +
        'matched as `sure`, rules the auto-response out. Null: no consent is needed. A refusal of the ' +
        `purpose \`${AUTO_RESPONSE_PURPOSE}\` rules out every auto-response.`
    }
  )
)

const entry = {
  name: requiredText(200, 'What people call this rule.'),
  criteria: ref(CriteriaSchema),
  templateId: nullable(Id('The template to send. Null: these leads get no auto-response.')),
  consent
}

const AutoResponseEntrySchema = Type.Object(
  { id: Id('Stays from version to version; decisions name it.'), ...entry },
  { $id: 'AutoResponseEntry', ...closed }
)

const AutoResponseEntryInputSchema = Type.Object(
  {
    ...entry,
    id: Type.Optional(
      PartId('Of an entry that goes on from an earlier version; left out: a new one.')
    ),
    criteria: Type.Optional(ref(CriteriaSchema, 'Default: every lead.')),
    consent: Type.Optional(consent)
  },
  { $id: 'AutoResponseEntryInput', ...closed }
)

const DefaultAutoResponseSchema = Type.Object(
  { templateId: Id(), consent },
  { $id: 'DefaultAutoResponse', ...closed, description: 'For leads that no entry fits.' }
)

const DefaultAutoResponseInputSchema = Type.Object(
  { templateId: Id(), consent: Type.Optional(consent) },
  { $id: 'DefaultAutoResponseInput', ...closed }
)

const Clock = () => Type.String({ pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/u.source })

const rest = {
  quietHours: nullable(
    Type.Object(
      { from: Clock(), to: Clock() },
      {
        ...closed,
        description:
          'When nothing is sent, by the dealer’s clock: what is owed then waits for `to`. `to` before ' +
          '`from` means over midnight. Null: at any time.'
      }
    )
  ),
  windowHours: Type.Integer({
    minimum: 1,
    maximum: MAX_WINDOW_HOURS,
    default: DEFAULT_WINDOW_HOURS,
    description:
      'A person, known by any e-mail or phone, is answered once within so many hours. A lead with ' +
      '`duplicateOf` is answered only if the lead it repeats came earlier than that.'
  })
}

const AutoResponseRulesSchema = Type.Object(
  {
    entries: Type.Array(ref(AutoResponseEntrySchema)),
    default: nullable(ref(DefaultAutoResponseSchema)),
    ...rest
  },
  {
    $id: 'AutoResponseRules',
    ...closed,
    description:
      'What people hear back by themselves: the first entry that fits the lead decides, and the ' +
      'default where none does. Never answered are quarantined leads (they are once released), tests, ' +
      'automatic senders, suppressed addresses, and addresses of the dealer, its users and this ' +
      'installation. `GET /v1/leads/{id}/decisions` says why a lead was answered, or was not.'
  }
)

export const AutoResponseRulesInputSchema = Type.Object(
  {
    entries: Type.Optional(
      Type.Array(ref(AutoResponseEntryInputSchema), { maxItems: MAX_ENTRIES })
    ),
    default: Type.Optional(nullable(ref(DefaultAutoResponseInputSchema))),
    quietHours: Type.Optional(rest.quietHours),
    windowHours: Type.Optional(rest.windowHours)
  },
  {
    $id: 'AutoResponseRulesInput',
    ...closed,
    description: 'Rules without entries and default turn auto-responses off.'
  }
)

const EXAMPLE = {
  entries: [
    {
      id: '01938f2e-0031-7000-8000-000000000031',
      name: 'Portals answer by themselves',
      criteria: { field: 'source.kind', equals: 'portal' },
      templateId: null,
      consent: null
    },
    {
      id: '01938f2e-0031-7000-8000-000000000032',
      name: 'Test drives',
      criteria: { field: 'vehicle.interest', equals: 'test-drive' },
      templateId: '01938f2e-0030-7000-8000-000000000031',
      consent: { purpose: 'communication' }
    }
  ],
  default: { templateId: '01938f2e-0030-7000-8000-000000000030', consent: null },
  quietHours: { from: '21:00', to: '07:30' },
  windowHours: 24
}

export const autoResponseRuleSetSchemas = ruleSetSchemas('AutoResponses', {
  content: AutoResponseRulesSchema,
  input: AutoResponseRulesInputSchema,
  example: EXAMPLE
})

export const autoResponseSchemas = [
  AutoResponseEntrySchema,
  AutoResponseEntryInputSchema,
  DefaultAutoResponseSchema,
  DefaultAutoResponseInputSchema,
  AutoResponseRulesSchema,
  AutoResponseRulesInputSchema,
  ...listRuleSetSchemas(autoResponseRuleSetSchemas)
]

export function readAutoResponseRules(
  input: Static<typeof AutoResponseRulesInputSchema>
): AutoResponseRules {
  const { entries = [], default: fallback } = input
  return {
    ...NO_AUTO_RESPONSES,
    ...input,
    entries: entries.map(({ id, name, criteria = ALWAYS, templateId, consent = null }) => ({
      id: id ?? newId(),
      name,
      criteria,
      templateId,
      consent
    })),
    default: fallback
      ? { templateId: fallback.templateId, consent: fallback.consent ?? null }
      : null
  }
}
