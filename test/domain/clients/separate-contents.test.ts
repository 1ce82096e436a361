import t from 'tap'

import { BLANK_CLIENT } from '../../../src/domain/clients/client-fields.ts'
import type { ClientContent } from '../../../src/domain/clients/client.ts'
import { mergeContents } from '../../../src/domain/clients/merge.ts'
import { separateContents } from '../../../src/domain/clients/separate-contents.ts'

function client(contact: object, words: Partial<ClientContent> = {}): ClientContent {
  return { ...BLANK_CLIENT, contact: { ...BLANK_CLIENT.contact, ...contact }, ...words }
}

const email = (address: string) => ({ address, raw: address, type: null, valid: true })
const KEPT = client(
  { firstName: 'Ada', lastName: 'Lis', emails: [email('ada@example.com')] },
  { customFields: { budget: 5 } }
)
const GONE = client(
  { firstName: 'Adela', lastName: 'Lis', emails: [email('adela@example.com')], language: 'pl' },
  { description: 'A van.', customFields: { budget: 7, colour: 'red' } }
)

void t.test('a merge that is undone restores every member, whatever was chosen', (t) => {
  const sides = ['remaining', 'merged'] as const
  for (const overwrite of [true, false]) {
    for (const side of sides) {
      for (const field of [
        'contact.name',
        'contact.language',
        'description',
        'customFields.budget'
      ]) {
        const after = mergeContents(KEPT, GONE, { overwrite, fields: { [field]: side } })
        t.strictSame(separateContents({ before: KEPT, after, now: after }), KEPT, field)
      }
    }
  }
  t.end()
})

void t.test('what was changed since the merge stays, what the merge brought goes', (t) => {
  const after = mergeContents(KEPT, GONE, { overwrite: false, fields: {} })
  const now = {
    ...after,
    contact: {
      ...after.contact,
      lastName: 'Lis-Kos',
      emails: [...after.contact.emails, email('new@example.com')]
    },
    customFields: { ...after.customFields, colour: 'blue', size: 'big' }
  }
  const apart = separateContents({ before: KEPT, after, now })
  t.equal(apart.contact.lastName, 'Lis-Kos')
  t.equal(apart.contact.language, null, 'it came with the merge')
  t.equal(apart.description, null)
  t.strictSame(
    apart.contact.emails.map(({ address }) => address),
    ['ada@example.com', 'new@example.com']
  )
  t.strictSame(apart.customFields, { budget: 5, colour: 'blue', size: 'big' })
  t.end()
})
