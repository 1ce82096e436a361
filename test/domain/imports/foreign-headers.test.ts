import t from 'tap'

import { guessMapping } from '../../../src/domain/imports/guess-mapping.ts'

/** The fields of columns with these names, without the beginning `contact.`. */
function fieldsOf(header: string): (string | null)[] {
  const columns = header.split(';').map((name) => ({ name, samples: [], dates: null }))
  return guessMapping(columns, 'leads', []).map(
    ({ field }) => field?.replace(/^contact\./, '') ?? null
  )
}

void t.test('lists in more languages', async (t) => {
  const cases: [string, string][] = [
    [
      'Křestní jméno;Příjmení;Telefonní číslo;Město;PSČ;SPZ',
      'firstName lastName phone address.city address.postalCode vehicle.plate'
    ],
    [
      'Meno a priezvisko;Mobil;Mesto;Poznámka;EČV',
      'fullName phone address.city message vehicle.plate'
    ],
    [
      'Vezetéknév;Keresztnév;Telefonszám;Város;Megjegyzés',
      'lastName firstName phone address.city message'
    ],
    [
      'Nom;Prénom;Portable;Ville;Marque;Modèle',
      'lastName firstName phone address.city vehicle.make vehicle.model'
    ],
    ['Nom;Courriel;Commentaire', 'fullName email message'],
    [
      'Nome;Cognome;Cellulare;Indirizzo e-mail;Città;Targa',
      'firstName lastName phone email address.city vehicle.plate'
    ],
    [
      'Nume;Prenume;Număr de telefon;Oraș;Observații',
      'lastName firstName phone address.city message'
    ],
    [
      'Voornaam;Achternaam;Telefoonnummer;Woonplaats;Kenteken',
      'firstName lastName phone address.city vehicle.plate'
    ],
    [
      'Имя;Фамилия;Мобильный телефон;Электронная почта;Город',
      'firstName lastName phone email address.city'
    ],
    [
      "Ім'я;Прізвище;Номер телефону;Місто;Примітка",
      'firstName lastName phone address.city message'
    ],
    ['Nome;Sobrenome;Telemóvel;Cidade;Mensagem', 'firstName lastName phone address.city message']
  ]
  for (const [header, fields] of cases) t.strictSame(fieldsOf(header), fields.split(' '), header)
})

void t.test('programs in Spanish, Polish and German', async (t) => {
  const cases: [string, string][] = [
    ['Creado el;Nombre del contacto;Correo electrónico', 'submittedAt fullName email'],
    ['Utworzono dnia;Nazwa kontaktu;Telefon', 'submittedAt fullName phone'],
    ['Imię i nazwisko kontaktu;Telefon', 'fullName phone'],
    ['Erstelldatum;Kontaktname;Firma/Account;Mobil', 'submittedAt fullName companyName phone'],
    [
      'Datensatz-ID;Mobiltelefonnummer;Unternehmensname;Bundesland/Region',
      'externalId phone companyName address.region'
    ],
    ['ID de registro;Nombre;Apellidos;Correo', 'externalId firstName lastName email']
  ]
  for (const [header, fields] of cases) t.strictSame(fieldsOf(header), fields.split(' '), header)
})

void t.test('lists of the north, Greece and Croatia, and more words of dealers', (t) => {
  const cases: [string, string][] = [
    [
      'Förnamn;Efternamn;Telefonnummer;E-post;Postnummer;Meddelande',
      'firstName lastName phone email address.postalCode message'
    ],
    ['Namn;Mobil;E-postadress', 'fullName phone email'],
    ['Fornavn;Efternavn;Telefon;Besked', 'firstName lastName phone message'],
    ['Etunimi;Sukunimi;Puhelin;Sähköposti;Viesti', 'firstName lastName phone email message'],
    ['Ime;Prezime;Broj telefona;E-mail;Poruka', 'firstName lastName phone email message'],
    ['Ime i prezime;Mobitel;Grad', 'fullName phone address.city'],
    ['Όνομα;Επώνυμο;Τηλέφωνο;Μήνυμα', 'firstName lastName phone message'],
    ['Name;Landline;Contact No.', 'fullName otherPhones phone'],
    ['Name;Contact Number;Home Phone', 'fullName phone otherPhones'],
    ['User Name;User Phone;User Email', 'fullName phone email'],
    ['Klient;Tel. kom.;Tel. stac.', 'fullName phone otherPhones'],
    ['Enquirer;Phone;Enquiry Text;Veh Reg', 'fullName phone message vehicle.plate'],
    ['Name;Telefon;Wunschfahrzeug;PLZ/Ort', 'fullName phone vehicle.model address.city'],
    ['Name;Telefon;PLZ Ort', 'fullName phone address.city'],
    ['Name;Telefon;Postleitzahl und Wohnort', 'fullName phone address.city'],
    ['Klient;Telefon;Kod i miejscowość', 'fullName phone address.city'],
    ['Klient;Telefon;Miasto / kod pocztowy', 'fullName phone address.city'],
    ['Nombre;Teléfono;CP / Población', 'firstName phone address.city'],
    ['Nombre;Teléfono;Código postal y localidad', 'firstName phone address.city'],
    ['Name;Phone;ZIP / City', 'fullName phone address.city'],
    ['Name;Phone;Postcode & town', 'fullName phone address.city'],
    ['Name;Phone;ZIP;City', 'fullName phone address.postalCode address.city'],
    ['Imię;Telefon;Tytuł ogłoszenia', 'firstName phone vehicle.model'],
    ['姓名;电话', 'fullName phone']
  ]
  for (const [header, fields] of cases) t.equal(fieldsOf(header).join(' '), fields, header)
  t.end()
})
