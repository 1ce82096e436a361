import { readFlag } from '../domain/leads/written-values.ts'
import { fold } from '../domain/text/fold.ts'
import type { FormField } from './form-field.ts'
import { partsOf } from './form-words.ts'

/** What form services call the id of what a person sent, the surest first. */
const IDS = [
  ...['leadgenid', 'submissionid', 'responseid', 'formsubmissionid', 'entryid', 'leadid'],
  ...['respondentid', 'token', 'eventid', 'id']
]

/** When it was sent. A `date` may be the day that the person wants to come. */
const TIMES = [
  ...['submittedat', 'createdtime', 'submissiondate', 'datesubmitted', 'submittime', 'datecreated'],
  ...['createdat', 'timestamp', 'receivedat']
]

/** A longer id, or one of several words, is a text of a person. */
const ID = /^[\w.:=-]{1,200}$/

/** Whether a service says that its own test sent it. */
const TESTS = ['istest', 'testlead', 'isatest']

/** The fields with the id and the time of a submission, and whether it is a test; each once at most. */
export function submissionFields(
  fields: readonly FormField[]
): Map<FormField, 'externalId' | 'submittedAt' | 'isTest'> {
  const named = fields.map((field) => ({ field, name: lastName(field) }))
  const names = new Set(named.map(({ name }) => name))
  const isOf = ({ field, name }: { field: FormField; name: string }): boolean => {
    if (!ID.test(field.text.trim())) return false
    // A token may be one against robots, and an id that of the form.
    if (name === 'token') return field.within?.includes('form_response') === true
    if (name === 'id')
      return names.has('createdtime') || (names.has('formid') && names.has('datecreated'))
    return true
  }
  const found = new Map<FormField, 'externalId' | 'submittedAt' | 'isTest'>()
  const [id] = IDS.flatMap((wanted) => named.filter((one) => one.name === wanted && isOf(one)))
  const [time] = TIMES.flatMap((wanted) => named.filter(({ name }) => name === wanted))
  const [test] = named.filter(
    ({ name, field }) => TESTS.includes(name) && readFlag(field.text) !== null
  )
  if (test) found.set(test.field, 'isTest')
  if (id) found.set(id.field, 'externalId')
  if (time) found.set(time.field, 'submittedAt')
  return found
}

/** The name at the end; one inside of an answer of the person is none of a service. */
function lastName({ name, isFile }: FormField): string {
  const parts = partsOf(name)
  return isFile || parts.length !== 1 ? '' : fold(parts[0] ?? '').replaceAll(' ', '')
}
