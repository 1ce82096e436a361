import t from 'tap'

import { readGivenContact } from '../../../src/domain/contacts/given-contact.ts'
import { isAbsentValue } from '../../../src/domain/text/absent-values.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'

const emailsOf = (text: string) =>
  readGivenContact(
    { path: '/contact', emails: [{ path: '/contact/email', text }], phones: [] },
    contactReading('PL')
  ).contact.emails.map(({ address, valid }) => (valid ? address : null))

void t.test('an address with a slip or a line break is never cut to another one', (t) => {
  t.strictSame(emailsOf('jan@firma22.com,pl'), ['jan@firma22.com.pl'])
  t.strictSame(emailsOf('jan@firma.co,uk'), ['jan@firma.co.uk'])
  t.strictSame(emailsOf('jan@firma.exa\nmple'), [null])
  t.strictSame(emailsOf('jan@firma.exa\r\nmple.pl'), [null])
  t.strictSame(emailsOf('jan.kow\nalski@firma.pl'), [null])
  t.strictSame(emailsOf('jan@firma.pl\nwarszawa'), ['jan@firma.pl'])
  t.strictSame(emailsOf('Jan Kowalski\njan@firma.pl'), ['jan@firma.pl'])
  t.strictSame(emailsOf('jan@firma.pl\nola@firma.pl'), ['jan@firma.pl', 'ola@firma.pl'])
  t.end()
})

void t.test('words for nothing are absent in every language of our senders', (t) => {
  for (const text of [
    ...['žádný', 'Nincs', 'yok', 'Aucun', 'nessuno', 'geen', 'niciunul', 'немає', 'нет'],
    ...['nie chcę podawać', 'Wolę nie podawać', 'prefer not to say', "I don't want to give it"],
    ...['prefiero no decirlo', 'möchte ich nicht angeben']
  ]) {
    t.equal(isAbsentValue(text), true, text)
  }
  for (const text of ['nie chcę czekać', 'Geena', 'Nina', 'I want to give it back', 'Netta'])
    t.equal(isAbsentValue(text), false, text)
  t.end()
})
