import t from 'tap'

import { guessMapping } from '../../../src/domain/imports/guess-mapping.ts'

/**
 * Rows of names as programs export them whole, with columns that name the same thing twice. What is not in
 * the second list has no field. Found in files that people keep in public repositories.
 */
const HEADERS: Record<string, readonly [header: string, fields: Readonly<Record<string, string>>]> =
  {
    'Outlook in German': [
      'Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,' +
        'Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,' +
        'Straße privat,Straße privat 2,Ort privat,Bundesland/Kanton privat,Postleitzahl privat,' +
        'Land/Region privat,Weitere Straße,Weiterer Ort,Fax geschäftlich,Telefon geschäftlich,' +
        'Telefon (privat),Mobiltelefon,Haupttelefon,E-Mail-Adresse,E-Mail-Typ,E-Mail 2: Adresse,Notizen,Ort',
      {
        Vorname: 'contact.firstName',
        'Weitere Vornamen': 'contact.middleName',
        Nachname: 'contact.lastName',
        Suffix: 'contact.nameSuffix',
        Firma: 'contact.companyName',
        'Straße geschäftlich': 'contact.workAddress.street',
        'Ort geschäftlich': 'contact.workAddress.city',
        'Region geschäftlich': 'contact.workAddress.region',
        'Postleitzahl geschäftlich': 'contact.workAddress.postalCode',
        'Land/Region geschäftlich': 'contact.workAddress.country',
        'Straße privat': 'contact.address.street',
        'Straße privat 2': 'contact.address.street',
        'Ort privat': 'contact.address.city',
        'Bundesland/Kanton privat': 'contact.address.region',
        'Postleitzahl privat': 'contact.address.postalCode',
        'Land/Region privat': 'contact.address.country',
        'Telefon geschäftlich': 'contact.otherPhones',
        'Telefon (privat)': 'contact.otherPhones',
        Mobiltelefon: 'contact.otherPhones',
        Haupttelefon: 'contact.phone',
        'E-Mail-Adresse': 'contact.email',
        'E-Mail 2: Adresse': 'contact.otherEmails',
        Notizen: 'message'
      }
    ],
    'Outlook in Spanish, of another year': [
      'Nombre,Apellidos,Calle particular,Ciudad de residencia,Provincia o estado de residencia,' +
        'Código postal de residencia,País o región de residencia,Teléfono móvil,' +
        'Dirección de correo electrónico,Cumpleaños',
      {
        Nombre: 'contact.firstName',
        Apellidos: 'contact.lastName',
        'Calle particular': 'contact.address.street',
        'Ciudad de residencia': 'contact.address.city',
        'Provincia o estado de residencia': 'contact.address.region',
        'Código postal de residencia': 'contact.address.postalCode',
        'País o región de residencia': 'contact.address.country',
        'Teléfono móvil': 'contact.phone',
        'Dirección de correo electrónico': 'contact.email'
      }
    ],
    'Outlook in Polish': [
      'Tytuł,Imię,Drugie imię,Nazwisko,Sufiks,Firma,Adres służbowy - ulica,Adres służbowy - ulica 2,' +
        'Adres domowy - ulica,Adres domowy - ulica (2),Adres domowy - miejscowość,' +
        'Adres domowy - województwo,Adres domowy - kod pocztowy,Adres domowy - kraj/region,' +
        'Inny adres - ulica,Telefon służbowy,Faks domowy,Telefon domowy,Telefon komórkowy,' +
        'Adres e-mail,Typ poczty e-mail,Adres e-mail 2,Imię i nazwisko asystenta,Notatki',
      {
        Imię: 'contact.firstName',
        'Drugie imię': 'contact.middleName',
        Nazwisko: 'contact.lastName',
        Sufiks: 'contact.nameSuffix',
        Firma: 'contact.companyName',
        'Adres służbowy - ulica': 'contact.workAddress.street',
        'Adres służbowy - ulica 2': 'contact.workAddress.street',
        'Adres domowy - ulica': 'contact.address.street',
        'Adres domowy - ulica (2)': 'contact.address.street',
        'Adres domowy - miejscowość': 'contact.address.city',
        'Adres domowy - województwo': 'contact.address.region',
        'Adres domowy - kod pocztowy': 'contact.address.postalCode',
        'Adres domowy - kraj/region': 'contact.address.country',
        'Telefon służbowy': 'contact.otherPhones',
        'Telefon domowy': 'contact.otherPhones',
        'Telefon komórkowy': 'contact.phone',
        'Adres e-mail': 'contact.email',
        'Adres e-mail 2': 'contact.otherEmails',
        Notatki: 'message'
      }
    ],
    'Outlook in Spanish': [
      'Title,Nombre,Segundo nombre,Apellidos,Organización,Puesto,Calle del trabajo,Ciudad de trabajo,' +
        'Provincia o estado de trabajo,Código postal del trabajo,País o región del trabajo,Otra calle,' +
        'Teléfono del trabajo,Otro teléfono,Dirección de correo electrónico,' +
        'Dirección del correo electrónico 3,Notas,Página web',
      {
        Nombre: 'contact.firstName',
        'Segundo nombre': 'contact.middleName',
        Apellidos: 'contact.lastName',
        Organización: 'contact.companyName',
        'Calle del trabajo': 'contact.workAddress.street',
        'Ciudad de trabajo': 'contact.workAddress.city',
        'Provincia o estado de trabajo': 'contact.workAddress.region',
        'Código postal del trabajo': 'contact.workAddress.postalCode',
        'País o región del trabajo': 'contact.workAddress.country',
        'Teléfono del trabajo': 'contact.phone',
        'Otro teléfono': 'contact.otherPhones',
        'Dirección de correo electrónico': 'contact.email',
        'Dirección del correo electrónico 3': 'contact.otherEmails',
        Notas: 'message'
      }
    ],
    'Google Contacts': [
      'First Name,Phonetic First Name,Last Name,Name Prefix,Nickname,Organization Name,' +
        'Organization Title,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,' +
        'Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,' +
        'Address 1 - City,Address 1 - Postal Code,Address 2 - Street,Address 2 - City',
      {
        'First Name': 'contact.firstName',
        'Last Name': 'contact.lastName',
        'Organization Name': 'contact.companyName',
        'E-mail 1 - Value': 'contact.email',
        'E-mail 2 - Value': 'contact.otherEmails',
        'Phone 1 - Value': 'contact.phone',
        'Address 1 - Street': 'contact.address.street',
        'Address 1 - City': 'contact.address.city',
        'Address 1 - Postal Code': 'contact.address.postalCode'
      }
    ],
    HubSpot: [
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,' +
        'Last Modified Date,Contact Type,Lifecycle Stage,Lead Source,Associated Company,' +
        'Country/Region,State/Region,Postal Code,Last Activity Date',
      {
        'Record ID': 'externalId',
        'First Name': 'contact.firstName',
        'Last Name': 'contact.lastName',
        Email: 'contact.email',
        'Phone Number': 'contact.phone',
        'Create Date': 'submittedAt',
        'Associated Company': 'contact.companyName',
        'Country/Region': 'contact.address.country',
        'State/Region': 'contact.address.region',
        'Postal Code': 'contact.address.postalCode'
      }
    ],
    'Odoo, where the name is that of the deal': [
      'name,partner_name,contact_name,email_from,phone,mobile,website,street2,state_id/name',
      {
        partner_name: 'contact.companyName',
        contact_name: 'contact.fullName',
        email_from: 'contact.email',
        phone: 'contact.phone',
        mobile: 'contact.otherPhones',
        street2: 'contact.address.street',
        'state_id/name': 'contact.address.region'
      }
    ],
    Apple: [
      'First Name,Last Name,Nickname,Company,Job Title,Home Email,Work Email,iPhone,Home Street,' +
        'Home City,Home Zip,Note,Birthday',
      {
        'First Name': 'contact.firstName',
        'Last Name': 'contact.lastName',
        Company: 'contact.companyName',
        'Home Email': 'contact.email',
        'Work Email': 'contact.otherEmails',
        iPhone: 'contact.phone',
        'Home Street': 'contact.address.street',
        'Home City': 'contact.address.city',
        'Home Zip': 'contact.address.postalCode',
        Note: 'message'
      }
    ],
    'plates, in German': [
      'Name,Handy,Kennzeichen,Marke',
      {
        Name: 'contact.fullName',
        Handy: 'contact.phone',
        Kennzeichen: 'vehicle.plate',
        Marke: 'vehicle.make'
      }
    ],
    'plates, in Polish': [
      'Klient,Telefon,Nr rejestracyjny',
      { Klient: 'contact.fullName', Telefon: 'contact.phone', 'Nr rejestracyjny': 'vehicle.plate' }
    ],
    'plates, in Spanish': [
      'Cliente,Móvil,Matrícula',
      { Cliente: 'contact.fullName', Móvil: 'contact.phone', Matrícula: 'vehicle.plate' }
    ]
  }

for (const [program, [header, fields]] of Object.entries(HEADERS)) {
  void t.test(`the columns of a whole export are told: ${program}`, (t) => {
    const columns = header.split(',').map((name) => ({ name, samples: [], dates: null }))
    const found = guessMapping(columns, 'leads', []).flatMap(({ column, field }) =>
      field === null ? [] : [[column, field]]
    )
    t.strictSame(Object.fromEntries(found), fields)
    t.end()
  })
}
