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
import { Id, PartId, closed, nullable, ref, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_ENTRIES = 100
const MAX_WINDOW_HOURS = 8760

const consent = nullable(
  Type.Object(
    { purpose: wordsText(60, 'The purpose, as in `consents` of the lead.') },
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
  name: wordsText(200, 'The display name of the rule.'),
  criteria: ref(CriteriaSchema),
  templateId: nullable(Id('The template to send. Null: these leads get no auto-response.')),
  consent
}

const AutoResponseEntrySchema = Type.Object(
  { id: Id('Permanent across versions. Decisions name it.'), ...entry },
  { $id: 'AutoResponseEntry', ...closed }
)

const AutoResponseEntryInputSchema = Type.Object(
  {
    ...entry,
    id: Type.Optional(
      PartId('The id of the same entry in an earlier version. Omitted for a new entry.')
    ),
    criteria: Type.Optional(ref(CriteriaSchema, 'Default: every lead.')),
    consent: Type.Optional(consent)
  },
  { $id: 'AutoResponseEntryInput', ...closed }
)

const DefaultAutoResponseSchema = Type.Object(
  { templateId: Id(), consent },
  {
    $id: 'DefaultAutoResponse',
    ...closed,
    description: 'The auto-response for leads that match no entry.'
  }
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
          'The hours in which no auto-response is sent, in the dealer’s time zone: it waits ' +
          'until `to`. `to` before `from` means the next day. Null: no quiet hours.'
      }
    )
  ),
  windowHours: Type.Integer({
    minimum: 1,
    maximum: MAX_WINDOW_HOURS,
    default: DEFAULT_WINDOW_HOURS,
    description:
      'The hours within which a person, recognised by any e-mail address or phone number, ' +
      'gets at most one auto-response. A lead with `duplicateOf` gets one only if the ' +
      'repeated lead was received before these hours.'
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
      'The rules that send auto-responses. The first matching entry decides, otherwise the ' +
      'default. These leads get no auto-response: quarantined leads (until their release), ' +
      'test leads, leads from automatic senders, and leads with a suppressed address or an ' +
      'address of the dealer, its users or this installation. `GET ' +
      '/v1/leads/{id}/decisions` has the reason for each lead.'
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
    description: 'Rules without entries and without a default turn auto-responses off.'
  }
)

const EXAMPLE = {
  entries: [
    {
      id: EXAMPLE_IDS.portalEntry,
      name: 'Portals answer by themselves',
      criteria: { field: 'source.kind', equals: 'portal' },
      templateId: null,
      consent: null
    },
    {
      id: EXAMPLE_IDS.testDriveEntry,
      name: 'Test drives',
      criteria: { field: 'vehicle.interest', equals: 'test-drive' },
      templateId: EXAMPLE_IDS.testDriveTemplate,
      consent: { purpose: 'communication' }
    }
  ],
  default: { templateId: EXAMPLE_IDS.template, consent: null },
  quietHours: { from: '21:00', to: '07:30' },
  windowHours: 24
}

export const autoResponseRuleSetSchemas = ruleSetSchemas('AutoResponses', {
  content: AutoResponseRulesSchema,
  input: AutoResponseRulesInputSchema,
  example: EXAMPLE,
  id: EXAMPLE_IDS.autoResponses,
  note: 'No responses to leads of portals'
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
