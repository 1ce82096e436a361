import t from 'tap'

import { findDoubleClick, isSamePerson } from '../../../src/domain/capture/same-sender.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../../../src/domain/leads/empty-lead.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'

function contact(fullName: string | null, email: string | null, phone: string | null): Contact {
  return {
    ...EMPTY_CONTACT,
    fullName,
    emails: email === null ? [] : [{ address: email, raw: email, valid: true }],
    phones:
      phone === null
        ? []
        : [{ number: phone, raw: phone, valid: true, type: 'voice' as const, time: null }]
  }
}

void t.test('a known id is of the same person', (t) => {
  const phone = '+48602711001'
  const rita = contact('Rita Mak', 'rita@same.example', phone)
  t.ok(isSamePerson(rita, contact('R. Mak', null, phone)), 'by the phone, and a form of the name')
  t.ok(isSamePerson(rita, contact(null, null, phone)), 'by the phone, without a name')
  t.ok(isSamePerson(rita, contact('Rita Nowa', 'rita@same.example', phone)), 'who married')
  t.ok(isSamePerson(rita, contact('asdf', 'rita@same.example', null)), 'by the e-mail')
  t.notOk(isSamePerson(rita, contact('Olek Bury', null, phone)), 'not one of her family')
  t.notOk(isSamePerson(rita, contact('Olek Bury', 'olek@same.example', phone)))
  t.notOk(isSamePerson(rita, contact('Ola Mak', null, phone)), 'nor her sister')
  t.notOk(isSamePerson(rita, contact('Ola Mak', 'rita@same.example', phone)), 'by the e-mail too')
  t.ok(isSamePerson(rita, contact('Rita Mak', null, '+48602711002')), 'a mistyped number')
  t.ok(isSamePerson(rita, contact('Rita Mak', 'rita@smae.example', null)), 'a mistyped address')
  t.ok(isSamePerson(rita, contact('Riat Mak', null, phone)), 'letters in the wrong order')
  t.ok(isSamePerson(rita, contact('Rita Makk', 'rita@same.example', null)), 'a letter too many')
  const jan = contact('Jan', null, phone)
  t.notOk(isSamePerson(jan, contact('Anna', null, phone)), 'two words by one phone')
  t.notOk(isSamePerson(jan, contact('Jan', null, '+48602711002')), 'a first name alone says little')
  t.end()
})

void t.test('a name alone is no identity where e-mails or phones contradict it', (t) => {
  const jan = contact('Jan Kowalski', 'jan@same.example', '+48602711001')
  const strangers = {
    'a namesake': contact('Jan Kowalski', 'kowalski@other.example', '+48513200300'),
    'a namesake with a number beside it': contact(
      'Jan Kowalski',
      'j@other.example',
      '+48602711002'
    ),
    'a namesake by phone alone': contact('Jan Kowalski', null, '+48513200300'),
    'a namesake by e-mail alone': contact('Kowalski Jan', 'kowalski@other.example', null),
    'a name without a point': contact('Jan', null, null),
    'no name, and no point': contact(null, null, null),
    'a colleague at one phone': contact('Jan Mak', 'mak@other.example', '+48602711001')
  }
  for (const [who, stranger] of Object.entries(strangers)) {
    t.notOk(isSamePerson(jan, stranger), who)
  }
  t.notOk(isSamePerson(contact(null, 'jan@same.example', null), contact(null, null, null)))
  const byPhone = contact('Jan Kowalski', null, '+48602711001')
  t.ok(isSamePerson(byPhone, contact('Jan Kowalski', 'jan@same.example', null)), 'nothing differs')
  t.ok(
    isSamePerson(jan, contact('Jan Kowalski', null, '+48602711010')),
    'two digits changed places'
  )
  t.ok(isSamePerson(contact('Jan', null, null), contact('Jan', null, '+48602711001')), 'completed')
  t.end()
})

void t.test('a double click may differ in blanks and letter case', async (t) => {
  const sent = (name: string, email: string, message: string) => ({
    id: 'first',
    content: { ...EMPTY_LEAD, contact: contact(name, email, null), message },
    assigneeId: null,
    referralLinkId: null
  })
  const first = sent('Rita Mak', 'rita@same.example', 'Is it there?')
  t.ok(findDoubleClick([first], sent('rita mak', 'Rita@same.example', ' Is it  there? ')))
  t.notOk(findDoubleClick([first], sent('Rita Mak', 'rita@same.example', 'Is it here?')))
})
