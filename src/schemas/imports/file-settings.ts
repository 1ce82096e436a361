import { Type } from '@fastify/type-provider-typebox'

import { SEPARATOR_NAMES } from '../../domain/imports/import.ts'
import { nullable, oneOf, wordsText } from '../shared.ts'

const ENCODING =
  'A WHATWG name such as `windows-1250` or `macintosh`, or `cp437`, `cp850`, `cp852`, ' +
  '`mac-central-europe`.'
const separator = oneOf(SEPARATOR_NAMES, 'The separator of a CSV. Default: a guess.')
const headerRow = Type.Integer({
  minimum: 0,
  maximum: 1_000_000,
  description:
    'The line of a CSV, or the row of a sheet, with the column names. 0: no row has ' +
    'column names. Default: a guess.'
})
const sheet = wordsText(
  100,
  'The name of a sheet of an XLSX, or its number from 1. Default: the visible sheet that is most like a list of people.'
)

/** How a file is read, as an upload says it. */
export const uploadSettings = {
  encoding: Type.Optional(wordsText(40, `${ENCODING} Default: a guess.`)),
  separator: Type.Optional(separator),
  headerRow: Type.Optional(headerRow),
  sheet: Type.Optional(sheet)
}

/** How a file is read, as the settings of an import have it. */
export const fileSettings = {
  encoding: nullable(
    wordsText(
      40,
      `${ENCODING} The encoding that was guessed confirms a doubtful guess. Null: a guess that is not confirmed.`
    )
  ),
  separator: nullable(separator),
  headerRow: nullable(headerRow),
  sheet: nullable(sheet)
}
