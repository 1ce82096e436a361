/**
 * What columns are called, in English, Spanish and Polish, and in ADF: folded (see `fold`), that is
 * without case, accents and punctuation. The last part of a path that stands here is a name too; paths
 * as a whole need not stand here.
 */
export const COLUMN_NAMES: Partial<Record<string, readonly string[]>> = {
  'contact.firstName': split('first name|firstname|forename|given name|nombre|imie|name first'),
  'contact.middleName': split('middle name|middlename|segundo nombre|drugie imie|name middle'),
  'contact.lastName': split(
    'last name|lastname|surname|family name|apellido|apellidos|primer apellido|nazwisko|name last'
  ),
  'contact.nameSuffix': split('name suffix|suffix'),
  'contact.fullName': split(
    'full name|fullname|name|contact|contact name|customer|customer name|client|client name|' +
      'nombre completo|nombre y apellidos|cliente|contacto|imie i nazwisko|nazwisko i imie|klient|' +
      'osoba kontaktowa|name full'
  ),
  'contact.companyName': split(
    'company|company name|organisation|organization|business|business name|account|empresa|' +
      'compania|razon social|firma|nazwa firmy|spolka'
  ),
  'contact.email': split(
    'email|e mail|email address|e mail address|mail|correo|correo electronico|email de contacto|' +
      'adres email|adres e mail|poczta'
  ),
  'contact.otherEmails': split(
    'other email|other emails|second email|email 2|e mail 2|alternate email|otro correo|correo 2|drugi email'
  ),
  'contact.phone': split(
    'phone|phone number|phone no|telephone|telephone number|tel|mobile|mobile phone|mobile number|' +
      'cell|cell phone|cellphone|telefono|telefono movil|movil|celular|numero de telefono|telefon|' +
      'telefon komorkowy|komorka|tel kom|numer telefonu|nr telefonu|nr tel|tel komorkowy'
  ),
  'contact.otherPhones': split(
    'other phone|other phones|second phone|phone 2|home phone|work phone|landline|telefono fijo|otro telefono|' +
      'telefono 2|telefon 2|telefon stacjonarny|drugi telefon|telefon domowy|otherphones 0 number|' +
      'contact otherphones 0 number'
  ),
  'contact.preferredChannel': split(
    'preferred channel|preferred contact|contact method|preferred contact method|canal preferido|' +
      'medio de contacto|preferowany kontakt|forma kontaktu|kanal kontaktu'
  ),
  'contact.preferredTime': split(
    'preferred time|best time|best time to call|contact time|horario preferido|hora preferida|' +
      'horario de contacto|preferowana pora|pora kontaktu'
  ),
  'contact.language': split('language|lang|idioma|lengua|jezyk'),
  'contact.address.street': split(
    'street|address|street address|address 1|address line 1|direccion|calle|domicilio|ulica|adres|' +
      'ulica i numer|contact address street'
  ),
  'contact.address.apartment': split('apartment|flat|piso|numer mieszkania|nr mieszkania'),
  'contact.address.city': split(
    'city|town|ciudad|poblacion|localidad|municipio|miasto|miejscowosc'
  ),
  'contact.address.region': split(
    'region|state|county|province|regioncode|provincia|comunidad|wojewodztwo'
  ),
  'contact.address.postalCode': split(
    'postal code|postalcode|postcode|post code|zip|zip code|zipcode|codigo postal|cp|kod pocztowy|kod'
  ),
  'contact.address.country': split('country|country code|pais|kraj|panstwo'),
  type: split('type|type of lead|lead type|tipo|tipo de lead|typ|rodzaj'),
  externalId: split(
    'external id|your own id|id|lead id|record id|reference|ref|reference number|referencia|' +
      'identificador|identyfikator|numer|numer zgloszenia|nr zgloszenia'
  ),
  submittedAt: split(
    'submitted at|sent at|date|created|created at|created on|request date|requestdate|timestamp|' +
      'received|received at|lead date|fecha|fecha de solicitud|fecha de alta|fecha de creacion|data|' +
      'data zgloszenia|data utworzenia|data kontaktu|createdat|receivedat'
  ),
  message: split(
    'message|comment|comments|note|notes|remarks|question|description|enquiry|inquiry|mensaje|' +
      'comentario|comentarios|notas|observaciones|consulta|wiadomosc|komentarz|uwagi|tresc|notatka|' +
      'zapytanie|opis'
  ),
  description: split(
    'description|note|notes|comment|comments|remarks|message|descripcion|nota|notas|comentarios|' +
      'observaciones|opis|notatka|notatki|uwagi|komentarz'
  ),
  'vehicle.interest': split('interest|interested in|intention|interes|intencion|zainteresowanie'),
  'vehicle.condition': split(
    'condition|new or used|new used|vehicle condition|vehicle status|estado|nuevo o usado|stan|' +
      'stan pojazdu|nowy czy uzywany'
  ),
  'vehicle.year': split(
    'year|model year|vehicle year|ano|ano del modelo|ano modelo|rok|rok produkcji|rocznik'
  ),
  'vehicle.make': split(
    'make|brand|manufacturer|car make|vehicle make|marca|marca del vehiculo|marka|marka pojazdu|' +
      'marka auta|producent'
  ),
  'vehicle.model': split(
    'model|car model|vehicle model|modelo|modelo del vehiculo|model pojazdu|model auta|car|vehicle'
  ),
  'vehicle.trim': split('trim|version|trim level|vehicle trim|acabado|wersja|wersja wyposazenia'),
  'vehicle.vin': split(
    'vin|vin number|chassis number|vehicle vin|bastidor|numero de bastidor|numer vin|nr vin|' +
      'numer nadwozia'
  ),
  'vehicle.stockNumber': split(
    'stock number|stocknumber|stock no|stock|stock id|numero de stock|referencia de stock|' +
      'numer magazynowy|numer oferty|nr oferty'
  ),
  'vehicle.bodyStyle': split('body style|body type|carroceria|nadwozie'),
  'vehicle.transmission': split('transmission|gearbox|cambio|skrzynia biegow'),
  'vehicle.odometer': split(
    'odometer|mileage|kilometres|kilometers|km|kilometraje|kilometros|przebieg|vehicle odometer|' +
      'vehicles 0 odometer value'
  ),
  'vehicle.price': split(
    'price|asking price|budget|vehicle price|amount|precio|importe|presupuesto|cena|kwota|budzet|' +
      'vehicles 0 price amount'
  ),
  'timeframe.description': split('timeframe|purchase timeframe|plazo de compra|termin zakupu'),
  'attribution.landingPage': split('landing page'),
  'attribution.referrer': split('referrer'),
  'attribution.utmSource': split('utm source'),
  'attribution.utmMedium': split('utm medium'),
  'attribution.utmCampaign': split('utm campaign'),
  'attribution.utmTerm': split('utm term'),
  'attribution.utmContent': split('utm content'),
  'attribution.gclid': split('gclid')
}

function split(names: string): string[] {
  return names.split('|')
}
