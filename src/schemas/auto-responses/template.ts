import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEMPLATE_LIMITS } from '../../domain/auto-responses/template.ts'
import type { Template, TemplateContent } from '../../domain/auto-responses/template.ts'
import type { WrittenTemplate } from '../../domain/auto-responses/template.ts'
import { mergePatch } from '../merge-patch.ts'
import { Id, Instant, closed, nullable, pageOf, ref, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const subject = wordsText(
  TEMPLATE_LIMITS.subject,
  'The subject as a Liquid template. The result is one line.'
)
const text = wordsText(TEMPLATE_LIMITS.text, 'The plain text of the mail as a Liquid template.')
const html = nullable(
  wordsText(
    TEMPLATE_LIMITS.html,
    'The HTML of the mail as a Liquid template. Values are escaped. Null: plain text only.'
  )
)

const WORDING_EXAMPLE = {
  subject: 'Your request at {{ dealer.name }}',
  text: 'Hello {{ contact.firstName }},\n\nwe have your question{% if vehicle %} about the {{ vehicle.name }}{% endif %}.',
  html: '<p>Hello {{ contact.firstName }},</p><p>we have your question.</p>'
}

const PATCH_EXAMPLE = { subject: 'Thank you, {{ contact.firstName }}' }

const TemplateWordingSchema = Type.Object(
  { subject, text, html: Type.Optional(html) },
  { $id: 'TemplateWording', ...closed, examples: [WORDING_EXAMPLE] }
)

const PatchWordingSchema = Type.Object(
  { subject: Type.Optional(subject), text: Type.Optional(text), html: Type.Optional(html) },
  { $id: 'PatchTemplateWording', ...closed, examples: [PATCH_EXAMPLE] }
)

/** An object with one member a language. */
function byLanguage<T>(wording: object, minProperties: number) {
  return Type.Unsafe<Record<string, T>>({
    type: 'object',
    description: 'The texts by BCP 47 language, such as `en` or `pt-BR`.',
    propertyNames: {
      type: 'string',
      pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.source,
      maxLength: 35
    },
    additionalProperties: wording,
    minProperties,
    maxProperties: TEMPLATE_LIMITS.languages
  })
}

const Languages = byLanguage<Static<typeof TemplateWordingSchema>>(ref(TemplateWordingSchema), 1)

const LANGUAGES_EXAMPLE = { en: WORDING_EXAMPLE }

export const TemplateSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    languages: Languages,
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Template',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.template,
        name: 'First answer',
        languages: LANGUAGES_EXAMPLE,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateTemplateSchema = Type.Object(
  { name: wordsText(), languages: Languages },
  {
    $id: 'CreateTemplate',
    ...closed,
    examples: [{ name: 'First answer', languages: LANGUAGES_EXAMPLE }]
  }
)

export const PatchTemplateSchema = Type.Object(
  {
    name: Type.Optional(wordsText()),
    languages: Type.Optional(
      byLanguage<Static<typeof PatchWordingSchema> | null>(nullable(ref(PatchWordingSchema)), 0)
    )
  },
  {
    $id: 'PatchTemplate',
    ...closed,
    examples: [{ languages: { en: PATCH_EXAMPLE, pl: null } }]
  }
)

const previewMembers = {
  leadId: Type.Optional(Id('The lead to use. Default: an example lead.')),
  language: Type.Optional(
    Type.String({ maxLength: 35, description: "Default: the lead's, else the dealer's." })
  )
}

export const PreviewTemplateSchema = Type.Object(previewMembers, {
  $id: 'PreviewTemplate',
  ...closed,
  examples: [{ language: 'en' }]
})

export const PreviewContentSchema = Type.Object(
  { content: Type.Object({ languages: Languages }, closed), ...previewMembers },
  {
    $id: 'PreviewTemplateContent',
    ...closed,
    examples: [{ content: { languages: LANGUAGES_EXAMPLE }, language: 'en' }]
  }
)

export const TemplatePreviewSchema = Type.Object(
  {
    language: Type.String({ description: 'The language of the preview.' }),
    subject: Type.String(),
    text: Type.String(),
    html: nullable(Type.String())
  },
  {
    $id: 'TemplatePreview',
    ...closed,
    examples: [
      {
        language: 'en',
        subject: 'Your request at Autohaus Nord',
        text: 'Hello Ada,\n\nwe have your question about the 2022 Kia Ceed GT Line.\n\n--\nNo more automatic mails: https://desk.example/u/example\n',
        html: '<p>Hello Ada,</p><p>we have your question.</p>'
      }
    ]
  }
)

export const TemplatePageSchema = pageOf(TemplateSchema)

export const templateSchemas = [
  TemplateWordingSchema,
  PatchWordingSchema,
  TemplateSchema,
  CreateTemplateSchema,
  PatchTemplateSchema,
  PreviewTemplateSchema,
  PreviewContentSchema,
  TemplatePreviewSchema,
  TemplatePageSchema
]

/** The stored form, with all members. */
export function readTemplateContent(
  languages: Static<typeof CreateTemplateSchema>['languages']
): TemplateContent {
  return {
    languages: Object.fromEntries(
      Object.entries(languages).map(([language, { subject, text, html = null }]) => [
        language,
        { subject, text, html }
      ])
    )
  }
}

/** The content after a change, as it would have been sent whole: members may lack. */
export function patchTemplateLanguages(
  { languages }: TemplateContent,
  patch: NonNullable<Static<typeof PatchTemplateSchema>['languages']>
): Record<string, Partial<Static<typeof TemplateWordingSchema>>> {
  return mergePatch(languages, patch) as ReturnType<typeof patchTemplateLanguages>
}

export function presentTemplate(template: Template): Static<typeof TemplateSchema> {
  const { id, name, content, version, createdAt, updatedAt } = template
  return {
    id,
    name,
    languages: content.languages,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString()
  }
}

export function presentTemplatePreview(
  written: WrittenTemplate
): Static<typeof TemplatePreviewSchema> {
  const { language, subject, text, html } = written
  return { language, subject, text, html }
}
