import t from 'tap'

import { editDistance, isSlip } from '../../../src/domain/matching/edit-distance.ts'
import { repairedDomain } from '../../../src/domain/matching/mailbox-form.ts'
import { NORMALISER_VERSION, personForm } from '../../../src/domain/matching/person-form.ts'
import { phoneticCode } from '../../../src/domain/matching/phonetic-code.ts'
import { contact } from '../../support/builders.ts'

void t.test('names lose titles and particles, and keep their order', async (t) => {
  for (const [words, first, last] of [
    [{ firstName: 'Dña. Ana', lastName: 'de la Fuente' }, ['ana'], ['fuente']],
    [{ firstName: 'D. Manuel', lastName: 'Pérez Rico' }, ['manuel'], ['perez', 'rico']],
    [{ firstName: 'inż. Łukasz', lastName: 'Żółć' }, ['lukasz'], ['zolc']],
    [{ firstName: 'I. T.', lastName: 'Romero' }, ['i', 't'], ['romero']],
    [{ firstName: 'adrian', lastName: 'å»urek' }, ['adrian'], ['zurek']],
    [{ firstName: '', lastName: 'Lee Hannah' }, ['lee', 'hannah'], []],
    [{ fullName: 'Gemma Caldburn' }, ['gemma', 'caldburn'], []]
  ] as const) {
    const { name, version } = personForm(contact(words))
    t.strictSame([name.first, name.last], [first, last])
    t.equal(version, NORMALISER_VERSION)
  }
})

void t.test('a domain with one slip is mended, and others stay', async (t) => {
  for (const [given, meant] of [
    ['gmial.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail', 'gmail.com'],
    ['wp,pl', 'wp.pl'],
    ['intria.pl', 'interia.pl'],
    ['hotmial.es', 'hotmail.es'],
    ['agrobud.pl', 'agrobud.pl'],
    ['op.pl', 'op.pl'],
    ['o2.pl', 'o2.pl'],
    ['mail.ru', 'mail.ru']
  ] as const) {
    t.equal(repairedDomain(given), meant, given)
  }
})

void t.test('spellings of one sound have one code', async (t) => {
  for (const [one, other] of [
    ['rzepka', 'zepka'],
    ['wojcik', 'vojcik'],
    ['garcia', 'garsia'],
    ['kowalska', 'kowalski'],
    ['stephen', 'stefen']
  ] as const) {
    t.equal(phoneticCode(one), phoneticCode(other), `${one} and ${other}`)
  }
  t.not(phoneticCode('nowak'), phoneticCode('kowal'))
  t.equal(phoneticCode('李'), '李', 'a word of another script is its own code')
})

void t.test('errors are counted up to a limit', async (t) => {
  for (const [one, other, most, errors] of [
    ['nowak', 'nowak', 2, 0],
    ['nowak', 'nwoak', 2, 1],
    ['nowak', 'nowk', 2, 1],
    ['nowak', 'novvak', 2, 2],
    ['nowak', 'kowalski', 2, 3],
    ['', 'ab', 2, 2]
  ] as const) {
    t.equal(editDistance(one, other, most), errors, `${one} and ${other}`)
    t.equal(editDistance(other, one, most), errors, `${other} and ${one}`)
  }
})

void t.test('a slip is little beside the word', async (t) => {
  t.ok(isSlip('am', 'amy'))
  t.ok(isSlip('nowka', 'nowak'))
  t.ok(isSlip('wisniwski', 'wisniewska'))
  t.notOk(isSlip('an', 'jan'))
  t.notOk(isSlip('li', 'lu'))
  t.notOk(isSlip('किरण', 'करण'), 'Kiran and Karan')
  t.notOk(isSlip('李雷', '李明'))
})

void t.test('hostile texts are read in time', async (t) => {
  for (const text of [
    'a'.repeat(100_000),
    ' .'.repeat(50_000),
    'Ã'.repeat(50_000),
    '1 '.repeat(50_000)
  ]) {
    const started = performance.now()
    personForm(
      contact({ fullName: text, companyName: text, email: `${text}@${text}`, phone: text })
    )
    t.ok(performance.now() - started < 1000)
  }
})
