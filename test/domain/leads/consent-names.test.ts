import t from 'tap'

import { consentNamed } from '../../../src/domain/leads/consent-names.ts'

/** Names of columns and fields, and what they say: a minus is a refusal. */
const NAMES: Readonly<Record<string, string | null>> = {
  'Marketing consent': 'marketing',
  Newsletter: 'newsletter',
  'Zgoda marketingowa': 'marketing',
  'Zgoda na marketing SMS': 'marketing sms',
  'Zgoda na informacje handlowe': 'marketing',
  'Opt-in email': 'marketing email',
  'Email Opt-In': 'marketing email',
  'SMS opt in': 'marketing sms',
  'Accepts Marketing': 'marketing',
  'Accepts Email Marketing': 'marketing email',
  'Acepta comunicaciones comerciales': 'marketing',
  'Acepta publicidad': 'marketing',
  'Werbeeinwilligung E-Mail': 'marketing email',
  'Newsletter-Anmeldung': 'newsletter',
  'Email Opt Out': '-marketing email',
  HasOptedOutOfEmail: '-marketing email',
  'Unsubscribed from all email': '-marketing email',
  'Opted out of email: Marketing Information': '-marketing email',
  'Newsletter opt-out': '-newsletter',
  'Opt-out': '-marketing',
  'Do Not Call': '-marketing phone',
  'Do not contact': '-marketing',
  'No llamar': '-marketing phone',
  'Nicht anrufen': '-marketing phone',
  'Keine E-Mails': '-marketing email',
  'Nie dzwonić': '-marketing phone',
  'Rezygnacja z newslettera': '-newsletter',
  'Czy wyrażasz zgodę na kontakt marketingowy?': 'marketing',
  'Do you agree to receive our newsletter?': 'newsletter',
  '¿Desea recibir publicidad?': 'marketing',
  'Möchten Sie unseren Newsletter erhalten?': 'newsletter',
  'Chcę otrzymywać newsletter': 'newsletter',
  'Newsletter gewünscht': 'newsletter',
  'Person - Marketing status': 'marketing',
  'Zgoda na e-mail': 'marketing email',
  'Zgoda SMS': 'marketing sms',
  'Zgoda na kontakt telefoniczny': 'marketing phone',
  zgoda_telefon: 'marketing phone',
  'Kontakt per Telefon erlaubt': 'marketing phone',
  'Autoriza llamadas': 'marketing phone',
  'Consentimiento correo electrónico': 'marketing email',
  'Email consent': 'marketing email',
  'Autoriza WhatsApp': 'marketing whatsapp',
  'WhatsApp opt-in': 'marketing whatsapp',
  'Lista Robinson': '-marketing',
  Robinsonliste: '-marketing',
  noMarketing: '-marketing',
  'No newsletter': '-newsletter',
  emailOptOut: '-marketing email',
  unsubscribed: '-marketing',
  Kontakt: null,
  'Do you want a call?': null,
  Consent: null,
  Zgoda: null,
  Consentimiento: null,
  opt_in: null,
  RODO: null,
  gdpr: null,
  LOPD: null,
  'Zgoda RODO': null,
  gdpr_email_consent: null,
  'RODO - zgoda marketingowa': 'marketing',
  'Consentimiento LOPD publicidad': 'marketing',
  Contact: null,
  'Phone consent': null,
  'Email consent date': null,
  'Opt-in': null,
  'Email Opt In Date': null,
  Comercial: null,
  'Marketing campaign': null,
  'Opted out of email: One to One': null,
  Email: null,
  Mailing: null,
  WhatsApp: null,
  Phone: null,
  'Call me': null
}

void t.test('names of consents say what was agreed to, and whether a yes refuses it', (t) => {
  for (const [name, said] of Object.entries(NAMES)) {
    const named = consentNamed(name)
    const shown =
      named &&
      `${named.isRefusal ? '-' : ''}${[named.purpose, named.channel ?? []].flat().join(' ')}`
    t.equal(shown, said, name)
  }
  t.end()
})
