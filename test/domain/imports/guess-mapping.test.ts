import t from 'tap'

import { COLUMN_NAMES } from '../../../src/domain/imports/column-names.ts'
import { IMPORT_FIELDS } from '../../../src/domain/imports/import-fields.ts'
import { guessMapping } from '../../../src/domain/imports/guess-mapping.ts'
import { labelledTypes } from '../../../src/domain/imports/point-labels.ts'
import { IMPORT_TARGETS } from '../../../src/domain/imports/import.ts'

const CUSTOM = [{ key: 'loyaltyNo', label: 'Numer karty' }]

/** The guessed fields of a file with these columns. */
function guess(columns: Record<string, string[]>, target: 'leads' | 'clients' = 'leads') {
  const described = Object.entries(columns).map(([name, samples]) => ({
    name,
    samples,
    dates: null
  }))
  return guessMapping(described, target, CUSTOM).map(({ field }) => field)
}

const named = (...names: string[]) => guess(Object.fromEntries(names.map((name) => [name, []])))

void t.test('words of a name by its capitals, as programs write them', (t) => {
  t.strictSame(named('customerFirstName', 'customerLastName', 'customerEmail', 'cust_city'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.address.city'
  ])
  t.strictSame(named('dealName', 'leadSource', 'SalesPersonName'), [null, null, null])
  t.end()
})

void t.test('every name in the table means its field, and no other', async (t) => {
  for (const target of IMPORT_TARGETS) {
    for (const { path } of IMPORT_FIELDS[target]) {
      for (const called of [path, ...(COLUMN_NAMES[path] ?? [])]) {
        t.strictSame(guess({ [called]: [] }, target), [path], `${called} in ${target}`)
      }
    }
  }
})

void t.test(
  'the amount of a deal is no price of a vehicle, and the sender of a mail no customer',
  (t) => {
    const amounts = {
      'Expected Revenue': ['12000.00'],
      'Deal - Value': ['9 000'],
      Price: ['8 500']
    }
    t.strictSame(guess(amounts), [null, null, 'vehicle.price'])
    t.strictSame(named('from_email', 'Reply-To'), [null, 'contact.email'])
    t.strictSame(named('Email From', 'Name'), ['contact.email', 'contact.fullName'])
    t.end()
  }
)

/** What people call fields in their forms and lists, with the marks and words around it. */
const LABELS: Readonly<Record<string, string>> = {
  'contact.phone':
    'Telefon kontaktowy|Phone (optional)|Twój numer|Mobile/WhatsApp|Telefon *|Nr telefonu (opcjonalnie)|' +
    'Your phone number:|Teléfono (opcional)|Tu teléfono|Móvil / WhatsApp|Ihre Telefonnummer|Ihre Rufnummer|' +
    'Telefonnummer (optional)|Best number to reach you|Tel. kontaktowy|Phone or WhatsApp|Podaj numer telefonu|' +
    'Su número|Your number|Deine Nummer|Telefon (wymagany)|Phone - optional|Tfno|Phone or e-mail',
  'contact.fullName':
    'Ihr Name|Your name *|Imię i nazwisko (wymagane)|Name (required)|Tu nombre completo|Dein Name|Jak masz na imię?|' +
    'Nombre y apellidos (obligatorio)|¿Cómo te llamas?|Wie heißen Sie?|Name, Vorname',
  'contact.lastName': 'Nachname (optional)|Twoje nazwisko|Last name *',
  message:
    'Pytanie|Twoje pytanie|Wiadomość (opcjonalnie)|Message (optional)|How can we help you?|Additional comments|' +
    'Tu mensaje|¿En qué podemos ayudarte?|Pregunta|Ihre Nachricht*|Ihre Frage|Anliegen|W czym możemy pomóc?|' +
    'Wie können wir helfen?|Dodatkowe informacje|Questions or comments',
  'contact.email':
    'Email (required)|Ihre E-Mail-Adresse*|Tu correo|email_confirm|Confirm Email|Potwierdź e-mail|' +
    'Powtórz e-mail|Repetir correo|E-Mail bestätigen|Deine E-Mail|e-mail kontaktowy'
}

void t.test('labels are known by their words, with the marks of a form around', (t) => {
  for (const [field, labels] of Object.entries(LABELS)) {
    for (const label of labels.split('|')) t.strictSame(named(label), [field], label)
  }
  t.strictSame(named('email', 'email_confirm'), ['contact.email', 'contact.otherEmails'])
  t.strictSame(named('Phone Type', 'Email opt-in', 'Subject'), [null, null, null])
  t.end()
})

void t.test('columns of real lists', async (t) => {
  t.strictSame(named('First Name', 'LAST NAME', 'E-mail Address', 'Mobile', 'ZIP Code'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.postalCode'
  ])
  t.strictSame(named('Imię', 'Nazwisko', 'Adres e-mail', 'Nr tel.', 'Miejscowość', 'Uwagi'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.city',
    'message'
  ])
  t.strictSame(named('Nombre', 'Apellidos', 'Correo electrónico', 'Teléfono móvil', 'Población'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.city'
  ])
  t.strictSame(named('Customer phone number', 'Twój e-mail'), ['contact.phone', 'contact.email'])
  t.strictSame(named('Numer karty', 'loyaltyNo'), ['customFields.loyaltyNo', null])
  t.strictSame(named('Eingang am', 'realname', 'Rückrufnummer'), [
    'submittedAt',
    'contact.fullName',
    'contact.phone'
  ])
  t.strictSame(named('Name', 'Kontaktdaten'), ['contact.fullName', 'contact.phone'])
  t.strictSame(named('input_1.3', 'input_1.6', 'input_4.1', 'input_4.3', 'input_4.6', 'input_9'), [
    'contact.firstName',
    'contact.lastName',
    'contact.address.street',
    'contact.address.city',
    'contact.address.country',
    null
  ])
  t.strictSame(named('Colour of the sky'), [null], 'nobody knows')
})

void t.test('columns of another person and of the dealer fill no field', (t) => {
  const buyers = {
    'Buyer First Name': ['Ann'],
    'Buyer Last Name': ['Lee'],
    'Co-Buyer First Name': ['Bob'],
    'Co-Buyer Phone': ['585-297-6411'],
    'Buyer Phone': ['585-297-6412'],
    'Spouse Email': ['bob@example.com'],
    Salesperson: ['Joe']
  }
  t.strictSame(guess(buyers), [
    'contact.firstName',
    'contact.lastName',
    null,
    null,
    'contact.phone',
    null,
    null
  ])
  const sellers = {
    Comercial: ['Eva'],
    'Email comercial': ['eva@dealer.example'],
    Cliente: ['Juan Paz'],
    Telefono: ['612345678']
  }
  t.strictSame(guess(sellers), [null, null, 'contact.fullName', 'contact.phone'])
  t.strictSame(named('Second contact phone', 'Phone'), ['contact.otherPhones', 'contact.phone'])
  t.end()
})

void t.test('surnames in two columns, and beside a first name', (t) => {
  const last = 'contact.lastName'
  for (const [first, second] of [
    ['Primer apellido', 'Segundo apellido'],
    ['Apellido 1', 'Apellido 2'],
    ['Apellido paterno', 'Apellido materno']
  ] as const) {
    t.strictSame(named('Nombre(s)', first, second), ['contact.firstName', last, last], first)
  }
  t.strictSame(named('Apellidos y nombre'), ['contact.fullName'])
  t.strictSame(named('Apellidos, Nombre'), ['contact.fullName'])
  t.strictSame(named('Last name', 'Surname'), [last, null])
  t.strictSame(named('Name', 'Vorname', 'Telefon'), [last, 'contact.firstName', 'contact.phone'])
  t.strictSame(guess({ Imię: ['Jan'], Nazwa: ['Kowalski'] }), ['contact.firstName', last])
  t.strictSame(guess({ Imię: ['Jan'], Nazwa: ['Skoda Octavia 2'] }), [
    'contact.firstName',
    'vehicle.model'
  ])
  t.strictSame(guess({ 'First name': ['Jan'], Name: ['Jan Kowalski'] }), [
    'contact.firstName',
    'contact.fullName'
  ])
  t.end()
})

void t.test('a state beside a town is no condition of a vehicle', (t) => {
  const beside = (text: string) => guess({ Ciudad: ['León'], Estado: [text] })[1]
  t.equal(beside('Guanajuato'), 'contact.address.region')
  t.equal(beside('usado'), 'vehicle.condition')
  t.end()
})

void t.test('a field is filled from one column: the surest', async (t) => {
  t.strictSame(named('City', 'Town'), ['contact.address.city', null])
  t.strictSame(named('Your city', 'City'), [null, 'contact.address.city'])
})

void t.test('without a name that tells, by what all values look like', async (t) => {
  const columns = {
    A: ['ann@example.com', 'ben@example.com'],
    B: ['+48 601 234 567', '(601) 234-568'],
    C: ['WVWZZZ1JZXW000001', '1HGCM82633A004352'],
    D: ['2026-10-31', '2026-11-01'],
    E: ['12 500', '9 999'],
    F: ['ann@example.com', 'none'],
    G: ['11111111111111111']
  }
  const found = ['contact.email', 'contact.phone', 'vehicle.vin', null, null, null, null]
  t.strictSame(guess(columns), found)
  t.strictSame(guess({ 'E-mail': [], A: ['ann@example.com'] }), ['contact.email', null])
})

const MAIN_PHONE = 'contact.phone'
const OTHER_PHONE = 'contact.otherPhones'
const MAIN_EMAIL = 'contact.email'
const OTHER_EMAIL = 'contact.otherEmails'

void t.test(
  'the main e-mail and phone are told from others, wherever their columns are',
  async (t) => {
    t.strictSame(named('Phone', 'Telefon'), [MAIN_PHONE, OTHER_PHONE])
    t.strictSame(named('Your phone', 'Phone'), [OTHER_PHONE, MAIN_PHONE])
    t.strictSame(named('Home Phone', 'Other Email', 'Mobile Phone', 'Email', 'Work Email'), [
      OTHER_PHONE,
      OTHER_EMAIL,
      MAIN_PHONE,
      MAIN_EMAIL,
      OTHER_EMAIL
    ])
    t.strictSame(named('Home Phone'), [MAIN_PHONE])
    t.strictSame(named('Telefon służbowy', 'Tel. kom.'), [OTHER_PHONE, MAIN_PHONE])
    t.strictSame(named('Telefon geschäftlich', 'Mobiltelefon'), [OTHER_PHONE, MAIN_PHONE])
    t.strictSame(named('Teléfono 2', 'Teléfono'), [OTHER_PHONE, MAIN_PHONE])
    t.strictSame(named('Correo electrónico 2', 'Correo electrónico'), [OTHER_EMAIL, MAIN_EMAIL])
    t.strictSame(named('Fax', 'Phone type', 'E-mail opt-in', 'Assistant’s Phone'), [
      null,
      null,
      null,
      null
    ])
  }
)

/** The columns of exports as their programs write them, each with its field. */
const PROGRAMS: Record<string, Record<string, string | null>> = {
  Outlook: {
    Title: null,
    'First Name': 'contact.firstName',
    'Last Name': 'contact.lastName',
    Company: 'contact.companyName',
    'Business Street': 'contact.workAddress.street',
    'Business Street 2': 'contact.workAddress.street',
    'Business City': 'contact.workAddress.city',
    'Business State': 'contact.workAddress.region',
    'Business Postal Code': 'contact.workAddress.postalCode',
    'Business Country/Region': 'contact.workAddress.country',
    'Home Street': 'contact.address.street',
    'Home City': 'contact.address.city',
    'Home Postal Code': 'contact.address.postalCode',
    'Business Fax': null,
    'Business Phone': OTHER_PHONE,
    'Home Phone': OTHER_PHONE,
    'Mobile Phone': MAIN_PHONE,
    'E-mail Address': MAIN_EMAIL,
    'E-mail Type': null,
    'E-mail Display Name': null,
    'E-mail 2 Address': OTHER_EMAIL,
    Notes: 'message'
  },
  'Google Contacts': {
    'First Name': 'contact.firstName',
    'Middle Name': 'contact.middleName',
    'Organization Name': 'contact.companyName',
    'E-mail 1 - Label': null,
    'E-mail 1 - Value': MAIN_EMAIL,
    'E-mail 2 - Value': OTHER_EMAIL,
    'Phone 1 - Type': null,
    'Phone 1 - Value': MAIN_PHONE,
    'Phone 2 - Value': OTHER_PHONE,
    'Address 1 - Formatted': null,
    'Address 1 - Street': 'contact.address.street',
    'Address 1 - City': 'contact.address.city',
    'Address 1 - Region': 'contact.address.region',
    'Address 1 - Postal Code': 'contact.address.postalCode',
    'Address 1 - Country': 'contact.address.country',
    'Address 2 - City': null
  },
  HubSpot: {
    'Record ID': 'externalId',
    'First Name': 'contact.firstName',
    Email: MAIN_EMAIL,
    'Phone Number': MAIN_PHONE,
    'Mobile Phone Number': OTHER_PHONE,
    'Street Address': 'contact.address.street',
    'State/Region': 'contact.address.region',
    'Country/Region': 'contact.address.country',
    'Create Date': 'submittedAt',
    'Lead Status': null
  },
  Salesforce: {
    Salutation: null,
    FirstName: 'contact.firstName',
    LastName: 'contact.lastName',
    'Company / Account': 'contact.companyName',
    MobilePhone: OTHER_PHONE,
    Phone: MAIN_PHONE,
    'Mailing Street': 'contact.address.street',
    MailingCity: 'contact.address.city',
    'State/Province': 'contact.address.region',
    'Mailing Zip/Postal Code': 'contact.address.postalCode',
    CreatedDate: 'submittedAt',
    Description: 'message'
  },
  Facebook: {
    id: 'externalId',
    created_time: 'submittedAt',
    ad_id: 'attribution.adId',
    ad_name: 'attribution.utmContent',
    adset_name: 'attribution.adsetName',
    campaign_name: 'attribution.utmCampaign',
    form_name: 'attribution.formName',
    is_organic: null,
    platform: 'attribution.utmSource',
    when_would_you_like_a_test_drive: null,
    full_name: 'contact.fullName',
    phone_number: MAIN_PHONE,
    email: MAIN_EMAIL,
    work_email: OTHER_EMAIL,
    post_code: 'contact.address.postalCode'
  },
  'Google Ads': {
    'Lead ID': 'externalId',
    'Google Click ID': 'attribution.gclid',
    'Lead submit time': 'submittedAt',
    'Campaign ID': 'attribution.campaignId',
    'Full Name': 'contact.fullName',
    'User Email': MAIN_EMAIL,
    'User Phone': MAIN_PHONE,
    'Postal code': 'contact.address.postalCode'
  },
  LinkedIn: {
    'Submitted at': 'submittedAt',
    'Campaign name': 'attribution.utmCampaign',
    'Form name': 'attribution.formName',
    'Email Address': MAIN_EMAIL,
    'Work email': OTHER_EMAIL,
    'Company Name': 'contact.companyName'
  },
  'mobile.de': {
    Anfragedatum: 'submittedAt',
    Nachname: 'contact.lastName',
    'E-Mail-Adresse': MAIN_EMAIL,
    Telefonnummer: MAIN_PHONE,
    Straße: 'contact.address.street',
    PLZ: 'contact.address.postalCode',
    Ort: 'contact.address.city',
    Marke: 'vehicle.make',
    Modell: 'vehicle.model',
    Fahrgestellnummer: 'vehicle.vin',
    Erstzulassung: 'vehicle.year',
    Kilometerstand: 'vehicle.odometer',
    'Interne Nummer': 'vehicle.stockNumber',
    Nachricht: 'message'
  },
  Odoo: {
    'Contact Name': 'contact.fullName',
    email_from: MAIN_EMAIL,
    mobile: OTHER_PHONE,
    phone: MAIN_PHONE,
    street: 'contact.address.street',
    street2: 'contact.address.street',
    zip: 'contact.address.postalCode',
    'Created on': 'submittedAt',
    Campaign: 'attribution.utmCampaign'
  },
  Pipedrive: {
    'Person - Name': 'contact.fullName',
    'Person - Email - Work': MAIN_EMAIL,
    'Person - Phone - Mobile': MAIN_PHONE,
    'Person - Phone - Work': OTHER_PHONE,
    'Organization - Name': 'contact.companyName',
    'Lead - Lead created': 'submittedAt'
  },
  'Outlook in German': {
    Vorname: 'contact.firstName',
    Firma: 'contact.companyName',
    'Straße geschäftlich': 'contact.workAddress.street',
    'Ort geschäftlich': 'contact.workAddress.city',
    'Postleitzahl privat': 'contact.address.postalCode',
    'Telefon privat': OTHER_PHONE,
    Mobiltelefon: MAIN_PHONE,
    'E-Mail-Adresse': MAIN_EMAIL,
    'E-Mail 2: Adresse': OTHER_EMAIL
  },
  'Outlook in Polish': {
    Imię: 'contact.firstName',
    'Adres służbowy - ulica': 'contact.workAddress.street',
    'Adres służbowy - miasto': 'contact.workAddress.city',
    'Telefon służbowy': OTHER_PHONE,
    'Telefon komórkowy': MAIN_PHONE,
    'Adres e-mail': MAIN_EMAIL,
    'Adres e-mail 2': OTHER_EMAIL,
    Notatki: 'message'
  },
  'Outlook in Spanish': {
    Nombre: 'contact.firstName',
    'Calle del trabajo': 'contact.workAddress.street',
    'Código postal del trabajo': 'contact.workAddress.postalCode',
    'Teléfono del trabajo': OTHER_PHONE,
    'Teléfono móvil': MAIN_PHONE,
    'Dirección de correo electrónico': MAIN_EMAIL,
    'Dirección de correo electrónico 2': OTHER_EMAIL,
    Notas: 'message'
  }
}

void t.test('columns of the exports of known programs', async (t) => {
  for (const [program, columns] of Object.entries(PROGRAMS)) {
    const names = Object.keys(columns)
    const found = Object.fromEntries(named(...names).map((field, at) => [names[at], field]))
    t.strictSame(found, columns, program)
  }
})

// A colleague's address would be the contact of every row, and make repeats of them.
void t.test('an e-mail or phone of other people is not the contact’s', async (t) => {
  const emails = ['olga@salon.example']
  const others = ['Salesperson Email', 'E-mail handlowca', 'Email opiekuna', 'Assigned To Email']
  for (const name of [...others, 'dealer_email', 'Contact owner', 'friend_email', 'recipient']) {
    t.strictSame(guess({ [name]: emails }), [null], name)
  }
  for (const name of ['Telefon salonu', 'Telefon polecającego', 'Berater Tel']) {
    t.strictSame(guess({ [name]: ['601 234 567'] }), [null], name)
  }
  t.strictSame(guess({ Poczta: ['Kraków'] }), [null], 'a post town')
  t.strictSame(guess({ Poczta: emails }), [MAIN_EMAIL])
  t.strictSame(guess({ 'Poczta elektroniczna': [] }), [MAIN_EMAIL])
})

void t.test('shortened names of columns, and the sign for a number', (t) => {
  t.strictSame(named('Home #', 'Work #'), ['contact.otherPhones', 'contact.phone'].toReversed())
  t.strictSame(named('Tel (Mob)', 'Tel. gesch.', 'Id #'), [
    'contact.phone',
    'contact.otherPhones',
    'externalId'
  ])
  for (const name of ['Entry Date', 'Data zgł.', 'F. entrada', 'Date de demande'])
    t.strictSame(named(name), ['submittedAt'], name)
  t.strictSame(named('Nombre de la organización', 'Addr 1', 'Addr 2', 'Kennz.', 'Prix TTC'), [
    'contact.companyName',
    'contact.address.street',
    'contact.address.street',
    'vehicle.plate',
    'vehicle.price'
  ])
  t.strictSame(labelledTypes('Fax del trabajo:::Work Fax:::Móvil:::Trabajo'), [
    'fax',
    'fax',
    'mobile',
    'work'
  ])
  t.end()
})
