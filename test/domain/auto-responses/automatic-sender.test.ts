import t from 'tap'

import { automaticSign } from '../../../src/domain/auto-responses/automatic-sender.ts'

/** The sign at a lead by an ordinary address. */
function signOf(words: {
  attribution?: Record<string, string>
  message?: string | null
  address?: string
}): string | null {
  const { attribution = {}, message = null, address = 'ann.lee@example.com' } = words
  return automaticSign({ attribution, message }, address)?.code ?? null
}

void t.test('addresses that no person reads are recognised as automatic senders', (t) => {
  for (const local of [
    ...['mailer-daemon', 'MAILER-DAEMON', 'mailerdaemon', 'postmaster', 'root', 'listserv'],
    ...['noreply', 'no-reply', 'no_reply', 'No.Reply', 'noreply2', 'no-reply+x1', 'sales-noreply'],
    ...['donotreply', 'do-not-reply', 'do_not_reply', 'portal.do-not-reply', 'noresponder'],
    ...['no-contestar', 'nie-odpowiadaj', 'nieodpowiadac', 'nicht-antworten', 'keine-antwort'],
    ...[
      'bounce',
      'bounces',
      'bounce-17',
      'bounces+42-ann=example.com',
      'bounce=ann',
      'list-bounces'
    ],
    ...[
      'news-bounces+ann=example.com',
      'return-ann=example.com',
      'prvs=1234abcd=ann',
      'srs0=a=b=c=d'
    ],
    ...['owner-cars', 'cars-request', 'cars-owner', 'autoreply', 'auto-reply', 'autoresponder']
  ]) {
    t.equal(signOf({ address: `${local}@example.com` }), 'automatic_address', local)
  }
  for (const local of [
    ...[
      'ann.lee',
      'noreen',
      'norep',
      'reply',
      'noemi.reply',
      'john.bounce',
      'bounce.house',
      'info'
    ],
    ...['ann+cars', 'ann+a=b', 'owner', 'request', 'rooter', 'postmasters', 'autos', 'automobile']
  ]) {
    t.equal(signOf({ address: `${local}@example.com` }), null, local)
  }
  t.end()
})

void t.test('headers of mails that senders pass on', (t) => {
  for (const [name, value] of [
    ['autoSubmitted', 'auto-replied'],
    ['autoSubmitted', 'auto-generated; owner-email="a@b.com"'],
    ['auto_submitted', 'Auto-Notified'],
    ['AutoSubmitted', ' auto-replied'],
    ['precedence', 'bulk'],
    ['precedence', 'Junk'],
    ['precedence', 'list'],
    ['precedence', 'auto_reply'],
    ['xPrecedence', 'auto-reply'],
    ['xAutoResponseSuppress', 'All'],
    ['xAutoResponseSuppress', 'DR, OOF, AutoReply'],
    ['xAutoreply', 'yes'],
    ['xAutoReply', 'true'],
    ['xAutorespond', '1'],
    ['listId', '<cars.example.com>'],
    ['listUnsubscribe', '<mailto:x@example.com>'],
    ['returnPath', '<>'],
    ['returnPath', ' < > '],
    ['subject', 'Re: Automatic reply: Your request']
  ] as const) {
    const sign = name === 'subject' ? 'automatic_text' : 'automatic_header'
    t.equal(signOf({ attribution: { [name]: value } }), sign, `${name}: ${value}`)
  }
  for (const [name, value] of [
    ['autoSubmitted', 'no'],
    ['autoSubmitted', 'No (a person)'],
    ['autoSubmitted', ''],
    ['precedence', 'first-class'],
    ['xAutoResponseSuppress', 'None'],
    ['xAutoResponseSuppress', 'DR, RN, NRN'],
    ['xAutoreply', 'no'],
    ['returnPath', '<ann@example.com>'],
    ['returnPath', ''],
    ['utmSource', 'auto-replied'],
    ['subject', 'Question about an automatic gearbox']
  ] as const) {
    t.equal(signOf({ attribution: { [name]: value } }), null, `${name}: ${value}`)
  }
  t.end()
})

void t.test('texts that begin like automatic replies', (t) => {
  for (const message of [
    'Automatic reply: Your request',
    'AUTOMATIC REPLY',
    'Auto-Reply: I am on holiday',
    'Out of Office: back on Monday',
    'I am out of the office until 3 December.',
    'I’m currently out of the office',
    'Re: Out of the office',
    'Undeliverable: Thank you for your request',
    'Mail delivery failed: returning message to sender',
    'Respuesta automática: Vacaciones',
    'Fuera de la oficina hasta el lunes',
    'Estoy fuera de la oficina',
    'RE: Fuera de oficina',
    'Odpowiedź automatyczna: Urlop',
    'Odp: Automatyczna odpowiedź',
    'Jestem poza biurem do 3 grudnia.',
    'Nieobecność w biurze',
    'Abwesenheitsnotiz: Urlaub',
    'AW: Automatische Antwort: Ihre Anfrage',
    'Ich bin derzeit nicht im Büro.'
  ]) {
    t.equal(signOf({ message }), 'automatic_text', message)
  }
  for (const message of [
    null,
    '',
    'Is the blue one an automatic? Please reply.',
    'Automatic gearbox, please. I am out of the office until Monday.',
    'Out of office hours I can be reached by phone',
    'Automatics only',
    'Your office was closed; an out of office note told me to write here',
    'Busco un coche automático',
    'Szukam auta z automatyczną skrzynią. Jestem poza biurem.',
    'Ich suche ein Auto mit Automatik'
  ]) {
    t.equal(signOf({ message }), null, String(message))
  }
  t.end()
})
