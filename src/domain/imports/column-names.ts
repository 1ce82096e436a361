import { FOREIGN_NAMES } from './foreign-names.ts'
import { MORE_COLUMN_NAMES } from './more-column-names.ts'

/**
 * What columns are called, in English, Spanish, Polish and German, in ADF, and in the exports of Outlook,
 * Google Contacts, Apple, HubSpot, Salesforce, Pipedrive, Odoo, mobile.de, and the lead forms of Facebook,
 * Google Ads and LinkedIn. Names are compared without case, accents, punctuation and blanks. The last
 * part of a path in this table is a name too; paths as a whole need not be here. E-mails, phones and
 * addresses with words around them are in `qualified-names.ts`.
 */
const NAMES: Partial<Record<string, readonly string[]>> = {
  'contact.firstName': split(
    'first name|firstname|forename|given name|nombre|nombre s|imie|name first|vorname|first|' +
      'person first name|nombre de pila|imiona|fname'
  ),
  'contact.middleName': split(
    'middle name|middlename|segundo nombre|drugie imie|name middle|additional name|' +
      'middle|second name|weitere vornamen|zweiter vorname'
  ),
  'contact.lastName': split(
    'last name|lastname|surname|family name|apellido|apellidos|primer apellido|nazwisko|' +
      'name last|nachname|familienname|zuname|last|person last name|apellido paterno|lname|apellido 1|1er apellido|' +
      'segundo apellido|apellido materno|apellido 2|2 apellido|2do apellido|second last name|second surname|drugie nazwisko'
  ),
  'contact.nameSuffix': split('name suffix|suffix|namenszusatz|sufiks|sufijo'),
  'contact.fullName': split(
    'name vorname|nombre apellidos|apellidos nombre|apellidos y nombre|apellido y nombre|apellidos y nombres|apellido nombre|' +
      'buyer|comprador|nabywca|kupujacy|kaufer|godnosc|name firma|nazwisko imie|what is your name|whats your name|jak masz na imie|jak sie nazywasz|como te llamas|como se llama|wie heissen sie|wie heisst du|' +
      'full name|fullname|name|contact|contact name|customer|customer name|consumer|consumer name|sender name|client|' +
      'client name|nombre completo|nombre y apellidos|cliente|contacto|imie i nazwisko|' +
      'nazwisko i imie|klient|osoba kontaktowa|name full|person name|display name|' +
      'lead name|your name|real name|realname|ansprechpartner|kontakt|kunde|kundenname|' +
      'vor und nachname|vollstandiger name|nombre y apellido|nombre del cliente|' +
      'imie nazwisko|dane klienta|interessent|file as|record name|deal contact person|' +
      'nombre del contacto|nombre de contacto|persona de contacto|nazwa kontaktu|nazwa klienta|imie i nazwisko kontaktu|kontaktname|' +
      'name des kontakts|name des kunden|kontaktperson'
  ),
  'contact.companyName': split(
    'company|company name|organisation|organization|business|business name|account|' +
      'empresa|compania|razon social|firma|nazwa firmy|spolka|organization name|' +
      'organization 1 name|organisation name|company account|account name|' +
      'associated company|unternehmen|firmenname|name der firma|organizacion|' +
      'nombre de la empresa|nombre empresa|deal organization|lead organization|' +
      'partner company name|partner name|zaklad|' +
      'unternehmensname|firma account|firma konto|compania cuenta|company account name|nombre de empresa'
  ),
  'contact.email': split(
    'email|mailadresse|reply to|reply to email|email from|from email|sender email'
  ),
  'contact.phone': split(
    'your number|my number|your best number|best number|best number to reach you|twoj numer|moj numer|tu numero|su numero|mi numero|ihre nummer|deine nummer|n o de telefono|' +
      'kontaktdaten|contact details|contact info|contact information|contact data|datos de contacto|' +
      'informacion de contacto|contact number|contact no|contact nr|numer kontaktowy|numero de contacto|' +
      'kontaktnummer|dane kontaktowe|dane do kontaktu|whatsapp|whatsapp number|whatsapp nummer|numer whatsapp|phone'
  ),
  'contact.otherPhones': split('otherphones 0 number|contact otherphones 0 number'),
  'contact.phoneCountryCode': split(
    'dial code|dialling code|dialing code|calling code|country calling code|isd|isd code|' +
      'prefijo internacional|prefijo pais|prefijo de pais|codigo de pais|codigo pais|prefijo telefonico|' +
      'prefiks|prefiks kraju|kierunkowy kraju|numer kierunkowy kraju|landesvorwahl|landervorwahl|' +
      'landerkennzahl|internationale vorwahl'
  ),
  'contact.phoneAreaCode': split(
    'area code|prefijo|lada|codigo de area|kierunkowy|numer kierunkowy|nr kierunkowy|vorwahl|' +
      'ortsvorwahl|std code'
  ),
  'contact.phoneExtension': split(
    'extension|ext|extn|extension number|ext number|ext no|wewnetrzny|wew|nr wewnetrzny|numer wewnetrzny|nr wew|interno|' +
      'anexo|extension telefonica|durchwahl|durchwahlnummer|nebenstelle|dw'
  ),
  'contact.preferredChannel': split(
    'preferred channel|preferred contact|contact method|preferred contact method|' +
      'canal preferido|medio de contacto|preferowany kontakt|forma kontaktu|kanal kontaktu|' +
      'bevorzugter kontakt|kontaktart|bevorzugter kontaktweg'
  ),
  'contact.preferredTime': split(
    'preferred time|best time|best time to call|contact time|horario preferido|' +
      'hora preferida|horario de contacto|preferowana pora|pora kontaktu|erreichbarkeit|' +
      'beste zeit|bevorzugte zeit'
  ),
  'contact.language': split('language|lang|idioma|lengua|jezyk|sprache|preferred language|locale'),
  'contact.address.street': split(
    'street|address|street address|address 1|address line 1|direccion|calle|domicilio|' +
      'ulica|adres|ulica i numer|contact address street|strasse|anschrift|' +
      'strasse und hausnummer|strasse hausnummer|strasse nr|hausnummer|house number|' +
      'street 2|address 2|address line 2|numer domu|nr domu|organization address'
  ),
  'contact.address.apartment': split(
    'apartment|flat|piso|numer mieszkania|nr mieszkania|apt|unit|suite|wohnung|' + 'piso puerta'
  ),
  'contact.address.city': split(
    'city|town|ciudad|poblacion|localidad|municipio|miasto|miejscowosc|ort|stadt|wohnort|' +
      'ciudad poblacion|gemeinde|ciudad de residencia'
  ),
  'contact.address.region': split(
    'region|state|county|province|regioncode|provincia|comunidad|wojewodztwo|' +
      'state province|state region|state or province|province state|bundesland|kanton|' +
      'state id|estado provincia|bundesland kanton|provincia o estado|provincia estado|state id name|bundesland region|estado o region'
  ),
  'contact.address.postalCode': split(
    'postal code|postalcode|postcode|post code|zip|zip code|zipcode|codigo postal|cp|' +
      'kod pocztowy|kod|plz|postleitzahl|zip postal code|postal code zip|' +
      'zip or postal code|zip post code|c p'
  ),
  'contact.address.country': split(
    'country|country code|pais|kraj|panstwo|country region|land|country id|staat|' +
      'pais region|kraj region|land region|pais o region|country id name'
  ),
  type: split(
    'type|type of lead|lead type|tipo|tipo de lead|typ|rodzaj|anfrageart|anfragetyp|leadtyp'
  ),
  externalId: split(
    'external id|your own id|id|lead id|record id|reference|ref|reference number|' +
      'referencia|identificador|identyfikator|numer|numer zgloszenia|nr zgloszenia|' +
      'leadgen id|lead lead id|anfrage id|anfragenummer|vorgangsnummer|numer leada|' +
      'id leada|record id contact|lead number|inquiry id|enquiry id|submission id|response id|entry id|' +
      'id wpisu|id respuesta|eintrags id|id de registro|identyfikator rekordu|datensatz id'
  ),
  submittedAt: split(
    'submitted at|sent at|date|created|created at|created on|request date|requestdate|' +
      'timestamp|received|received at|lead date|fecha|fecha de solicitud|fecha de alta|' +
      'fecha de creacion|data|data zgloszenia|data utworzenia|data kontaktu|createdat|' +
      'receivedat|created time|create date|created date|create time|creation date|' +
      'date created|date submitted|submitted|submission date|submission time|submit time|' +
      'lead submit time|lead created|lead lead created|deal created|enquiry date|' +
      'inquiry date|date of enquiry|date received|received date|request time|datum|' +
      'anfragedatum|eingangsdatum|eingang|eingang am|eingegangen am|eingegangen|erhalten am|' +
      'received on|submitted on|recibido el|recibido|otrzymano|data wplywu|erstellt am|erstellungsdatum|erstellt|' +
      'angelegt am|datum der anfrage|zeitpunkt|zeitstempel|fecha creacion|fecha y hora|' +
      'fecha de contacto|fecha de envio|marca temporal|utworzono|utworzony|data i godzina|' +
      'data wyslania|data otrzymania|sygnatura czasowa|czas|znacznik czasu|hora de envio|' +
      'added on|add time|lead date time|creado el|creada el|creado|utworzono dnia|data dodania|erstelldatum|' +
      'anlagedatum|angelegt'
  ),
  message: split(
    'pytanie|pregunta|frage|duda|anliegen|mitteilung|textarea|details|szczegoly|detalles|questions|pytania|preguntas|fragen|tell us more|how can we help|how can we help you|how may we help you|what can we do for you|en que podemos ayudarte|en que podemos ayudarle|en que podemos ayudar|como podemos ayudarte|wie konnen wir helfen|wie konnen wir ihnen helfen|wie durfen wir helfen|w czym mozemy pomoc|jak mozemy pomoc|w czym ci pomoc|o co chcesz zapytac|additional comments|additional information|additional info|dodatkowe informacje|dodatkowe uwagi|informacion adicional|comentarios adicionales|zusatzliche informationen|message to seller|message to dealer|questions or comments|comments or questions|questions comments|pytania i uwagi|wiadomosc do sprzedawcy|' +
      'message|comment|comments|note|notes|remarks|question|description|enquiry|inquiry|' +
      'mensaje|comentario|comentarios|notas|observaciones|consulta|wiadomosc|komentarz|' +
      'uwagi|tresc|notatka|zapytanie|opis|your message|customer message|customer comments|' +
      'lead notes|internal notes|comments questions|body|text|nachricht|anfrage|' +
      'anfragetext|bemerkung|bemerkungen|kommentar|notiz|notizen|anmerkung|anmerkungen|' +
      'beschreibung|descripcion|mensaje del cliente|tresc wiadomosci|tresc zapytania|notatki|deal notes|lead note'
  ),
  description: split(
    'description|note|notes|comment|comments|remarks|message|descripcion|nota|notas|' +
      'comentarios|observaciones|opis|notatka|notatki|uwagi|komentarz|nachricht|bemerkung|' +
      'bemerkungen|kommentar|notiz|notizen|beschreibung|internal notes|anmerkungen'
  ),
  'vehicle.interest': split(
    'interest|interested in|intention|interes|intencion|zainteresowanie|interesse|' +
      'kaufinteresse|rodzaj zapytania'
  ),
  'vehicle.condition': split(
    'condition|new or used|new used|vehicle condition|vehicle status|estado|' +
      'nuevo o usado|stan|stan pojazdu|nowy czy uzywany|zustand|neu oder gebraucht|' +
      'neu gebraucht|fahrzeugzustand|vehicle type new used|stock type|new used cpo'
  ),
  'vehicle.year': split(
    'year|model year|vehicle year|ano|ano del modelo|ano modelo|rok|rok produkcji|rok prod|r prod|' +
      'rocznik|baujahr|modelljahr|erstzulassung|jahr|ano de fabricacion|' +
      'ano de matriculacion|ano fab|ano fabricacion|ano matriculacion|bj|ez|year of manufacture|mfg year|rok modelowy'
  ),
  'vehicle.make': split(
    'make|brand|manufacturer|car make|vehicle make|marca|marca del vehiculo|marka|' +
      'marka pojazdu|marka auta|producent|fahrzeugmarke|hersteller|' +
      'vehicle of interest make|brand of interest|marka samochodu|marke|automarke'
  ),
  'vehicle.model': split(
    'model|car model|vehicle model|modelo|modelo del vehiculo|model pojazdu|model auta|' +
      'car|vehicle|modell|fahrzeug|fahrzeugmodell|auto|vehicle of interest|' +
      'vehicle of interest model|model of interest|car of interest|interested vehicle|' +
      'vehiculo|vehiculo de interes|coche|samochod|pojazd|model samochodu|' +
      'which car are you interested in|which model are you interested in|' +
      'what vehicle are you interested in|marka i model|marka model|make and model|make model|marca y modelo|marca modelo|' +
      'marke und modell|marke modell|year make model|rok marka model|vehicle name|vehicle description|vehicle title|' +
      'vehicle details|car details|fahrzeugbezeichnung|descripcion del vehiculo|nombre del vehiculo|nazwa pojazdu|' +
      'opis pojazdu|dane pojazdu|interesujacy pojazd|gewunschtes fahrzeug|fahrzeug von interesse|vehiculo interesado|' +
      'coche de interes|coche interesado|auto de interes'
  ),
  'vehicle.trim': split(
    'trim|version|trim level|vehicle trim|acabado|wersja|wersja wyposazenia|ausstattung|' +
      'ausstattungslinie|variante|variant'
  ),
  'vehicle.vin': split(
    'vin|vin number|chassis number|vehicle vin|bastidor|numero de bastidor|numer vin|' +
      'nr vin|numer nadwozia|fahrgestellnummer|fin|fahrzeug identifizierungsnummer|' +
      'fahrzeugidentnummer|numero de chasis|numero vin'
  ),
  'vehicle.plate': split(
    'plate|plate number|number plate|license plate|licence plate|license plate number|registration|' +
      'registration number|registration plate|reg|reg no|reg number|vehicle registration|vrm|' +
      'matricula|numero de matricula|placa|placas|patente|tablica|tablica rejestracyjna|' +
      'tablice|numer rejestracyjny|nr rejestracyjny|nr rej|rejestracja|kennzeichen|' +
      'amtliches kennzeichen|kfz kennzeichen|nummernschild'
  ),
  'vehicle.stockNumber': split(
    'stock number|stocknumber|stock no|stock|stock id|numero de stock|' +
      'referencia de stock|numer magazynowy|numer oferty|nr oferty|interne nummer|' +
      'fahrzeugnummer|inseratsnummer|inserat id|anzeigennummer|anzeigen id|angebotsnummer|' +
      'listing id|ad number|retailer item id|stk|stock number of interest|' +
      'vehicle id|car id|id vehiculo|id del vehiculo|id pojazdu|id samochodu|fahrzeug id|numero de anuncio|id anuncio|numer ogloszenia|id ogloszenia|internal number'
  ),
  'vehicle.bodyStyle': split(
    'body style|body type|carroceria|nadwozie|karosserie|karosserieform|' +
      'tipo de carroceria|typ nadwozia'
  ),
  'vehicle.transmission': split(
    'transmission|gearbox|cambio|skrzynia biegow|getriebe|caja de cambios'
  ),
  'vehicle.odometer': split(
    'odometer|mileage|kilometres|kilometers|km|kilometraje|kilometros|przebieg|' +
      'vehicle odometer|vehicles 0 odometer value|kilometerstand|laufleistung|kms|miles|' +
      'millas|kilometraz|km stand|stan licznika|recorrido'
  ),
  'vehicle.price': split(
    'price|asking price|budget|vehicle price|amount|precio|importe|presupuesto|cena|' +
      'kwota|budzet|vehicles 0 price amount|preis|fahrzeugpreis|listing price|' +
      'precio del vehiculo|cena pojazdu|precio final|precio con iva|bruttopreis|verkaufspreis|endpreis|' +
      'cena ofertowa|cena sprzedazy|list price|sale price'
  ),
  'timeframe.description': split(
    'timeframe|purchase timeframe|plazo de compra|termin zakupu|purchase time frame|' +
      'time frame|buying timeframe|when are you looking to buy|when do you want to buy|' +
      'kaufzeitpunkt|cuando desea comprar|kiedy planujesz zakup'
  ),
  'attribution.landingPage': split(
    'landing page|page url|conversion page|source url|first page seen|url de la pagina|' +
      'landing page url|page uri'
  ),
  'attribution.referrer': split('referrer|referrer url|original referrer|http referrer'),
  'attribution.utmSource': split('utm source|platform|source medium'),
  'attribution.utmMedium': split('utm medium|medium|medium id'),
  'attribution.utmCampaign': split(
    'utm campaign|campaign|campaign name|kampagne|kampania|campana|nombre de la campana|' +
      'nazwa kampanii|campaign id name'
  ),
  'attribution.utmTerm': split('utm term'),
  'attribution.utmContent': split('utm content|ad name|creative name|anzeigenname'),
  'attribution.gclid': split('gclid|google click id|gcl id|gclid value'),
  'attribution.fbclid': split('fbclid|facebook click id'),
  'attribution.campaignId': split('campaign id'),
  'attribution.adId': split('ad id|creative id'),
  'attribution.adsetId': split('adset id|ad set id|ad group id|adgroup id'),
  'attribution.adsetName': split('adset name|ad set name|ad group|ad group name'),
  'attribution.formId': split('form id|lead form id'),
  'attribution.formName': split(
    'form name|lead form|lead form name|formularname|nazwa formularza|' + 'nombre del formulario'
  )
}

/** All names, with those of more languages. */
export const COLUMN_NAMES = joined(NAMES, FOREIGN_NAMES, MORE_COLUMN_NAMES)

function joined(...tables: readonly (typeof NAMES)[]): typeof NAMES {
  const paths = new Set(tables.flatMap((table) => Object.keys(table)))
  return Object.fromEntries(
    [...paths].map((path) => [path, tables.flatMap((table) => table[path] ?? [])])
  )
}

function split(names: string): string[] {
  return names.split('|')
}
