import { withoutTimes } from '../domain/contacts/beside-phones.ts'
import { digitsOf } from '../domain/contacts/phone-forms.ts'
import { isYesOrNo } from '../domain/contacts/yes-or-no.ts'
import { isAbsentValue } from '../domain/text/absent-values.ts'
import { plainText } from '../domain/text/clean-text.ts'
import type { FormField } from './form-field.ts'

/**
 * The fields that ask for a call, by their index: `callback=yes`, `prosze_o_telefon=po 17`. They are no number where
 * another field has an e-mail or phone. `paths`: what the fields are by their names.
 */
export function callRequests(
  fields: readonly FormField[],
  paths: readonly (string | null)[]
): Set<number> {
  const read = fields.map(({ text }, index) => ({ index, text, path: paths[index] ?? '' }))
  const hasPoint = read.some(
    ({ text, path }) =>
      POINT.test(path) && (text.includes('@') || digitsOf(text).length >= MIN_DIGITS)
  )
  const requests = read.filter(({ text, path }) => hasPoint && PHONE.test(path) && isRequest(text))
  return new Set(requests.map(({ index }) => index))
}

/** A yes or no, or nothing but a time. */
function isRequest(text: string): boolean {
  if (isAbsentValue(text)) return false
  return isYesOrNo(text) || (/\d/.test(text) && withoutTimes(plainText(text)) === '')
}

const MIN_DIGITS = 6
const PHONE = /^contact\.(?:phone|otherPhones)$/
const POINT = /^contact\.(?:email|phone|otherEmails|otherPhones)$/
