import { Type } from '@fastify/type-provider-typebox'

import type { Team } from '../domain/access/permissions.ts'
import type { NamedNoun } from '../domain/named.ts'

/**
 * Parts of a request that name a record by its id or by a word that people know. A hook replaces them by
 * ids before the route reads them (`http/plugins/named-records.ts`): the types are those of the result.
 */

/** What a hook has to do with a text of a request. */
export interface NamingSchema {
  'x-named'?: NamedNoun
  /** A closed list of words, instead of records. */
  'x-words'?: readonly string[]
  /** Several values, separated by commas. */
  'x-several'?: true
}

const FORMS: Record<NamedNoun, string> = {
  status: 'By id or name.',
  saleStatus: 'By id or name.',
  statusReason: 'By id, key or name.',
  source: 'By id, key or name.',
  queue: 'By id or name.',
  team: 'By key or name.',
  user: 'By id, e-mail address or name; `me` is the calling user.',
  promoter: 'By id, name, e-mail address or the code of a referral link.'
}

const SEVERAL = 'Several are separated by commas.'
const MAX_WORD = 200
const MAX_LIST = 2000

/** One record. */
export function Named(noun: Exclude<NamedNoun, 'team'>, description = '') {
  return Type.String(naming(MAX_WORD, { 'x-named': noun }, description, FORMS[noun]))
}

/** One team: the route reads its key. */
export function NamedTeam(description = '') {
  return Type.Unsafe<Team>(
    Type.String(naming(MAX_WORD, { 'x-named': 'team' }, description, FORMS.team))
  )
}

/** Records of a filter: the route reads their ids. */
export function NamedList(noun: Exclude<NamedNoun, 'team'>, description = '') {
  const options = { 'x-named': noun, 'x-several': true } as const
  return Type.Unsafe<string[]>(
    Type.String(naming(MAX_LIST, options, description, FORMS[noun], SEVERAL))
  )
}

/** Teams of a filter: the route reads their keys. */
export function NamedTeams(description = '') {
  const options = { 'x-named': 'team', 'x-several': true } as const
  return Type.Unsafe<Team[]>(
    Type.String(naming(MAX_LIST, options, description, FORMS.team, SEVERAL))
  )
}

/** Words of a closed list in a filter. */
export function WordList<const Words extends readonly string[]>(words: Words, description = '') {
  const options = { 'x-words': words, 'x-several': true } as const
  const known = `There are: ${words.join(', ')}.`
  return Type.Unsafe<Words[number][]>(
    Type.String(naming(MAX_LIST, options, description, known, SEVERAL))
  )
}

function naming(maxLength: number, options: NamingSchema, ...sentences: string[]) {
  const description = sentences.filter((sentence) => sentence !== '').join(' ')
  return { minLength: 1, maxLength, description, ...options }
}
