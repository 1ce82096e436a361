import { Type } from '@fastify/type-provider-typebox'
import type { Static, TSchema } from '@fastify/type-provider-typebox'

import { RULE_SET_STATES } from '../../domain/rules/rule-set.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, wordsText } from '../shared.ts'

const Note = () => nullable(wordsText(500, 'The purpose of this version.'))

/** The schemas of one kind of rule set: `noun` is `AssignmentRules`, `ScoringRules` or `AutoResponses`. */
export function ruleSetSchemas<Content extends TSchema, Input extends TSchema>(
  noun: string,
  {
    content,
    input,
    example,
    id,
    note
  }: { content: Content; input: Input; example: object; id: string; note: string }
) {
  const RuleSetSchema = Type.Object(
    {
      id: Id(),
      state: oneOf(RULE_SET_STATES, 'At most one version is `published`: the one in effect.'),
      number: nullable(
        Type.Integer({ description: 'The number of the publication. Null for drafts.' })
      ),
      note: nullable(Type.String()),
      rules: ref(content),
      publishedAt: nullable(Instant()),
      version: Type.Integer(),
      createdAt: Instant(),
      updatedAt: Instant()
    },
    {
      $id: `${noun}Version`,
      ...closed,
      examples: [
        {
          id,
          state: 'published',
          number: 3,
          note,
          rules: example,
          publishedAt: '2026-11-22T08:00:00.000Z',
          version: 2,
          createdAt: '2026-11-21T17:03:12.345Z',
          updatedAt: '2026-11-22T08:00:00.000Z'
        }
      ]
    }
  )
  const CreateSchema = Type.Object(
    {
      note: Type.Optional(Note()),
      rules: Type.Optional(ref(input, 'Default: a copy of the published rules.'))
    },
    {
      $id: `Create${noun}`,
      ...closed,
      examples: [{ note, rules: example }]
    }
  )
  const PatchSchema = Type.Object(
    {
      note: Type.Optional(Note()),
      rules: Type.Optional(ref(input, 'Replaces all rules of the draft.'))
    },
    { $id: `Patch${noun}`, ...closed, examples: [{ note }] }
  )
  return { RuleSetSchema, CreateSchema, PatchSchema, PageSchema: pageOf(RuleSetSchema) }
}

export type RuleSetSchemas = ReturnType<typeof ruleSetSchemas>

/** The schemas of one kind, for the OpenAPI document. */
export function listRuleSetSchemas(schemas: RuleSetSchemas): TSchema[] {
  return [schemas.RuleSetSchema, schemas.CreateSchema, schemas.PatchSchema, schemas.PageSchema]
}

export function presentRuleSet<Content>(
  ruleSet: RuleSet<Content>
): Omit<Static<RuleSetSchemas['RuleSetSchema']>, 'rules'> & { rules: Content } {
  const { kind: _, content, ...shown } = ruleSet
  return {
    ...shown,
    rules: content,
    publishedAt: ruleSet.publishedAt?.toISOString() ?? null,
    createdAt: ruleSet.createdAt.toISOString(),
    updatedAt: ruleSet.updatedAt.toISOString()
  }
}
