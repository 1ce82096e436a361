/** What columns about the person are called; see `column-names.ts`. */
export const CONTACT_COLUMNS: Partial<Record<string, readonly string[]>> = {
  'contact.firstName': split(
    'first name|firstname|forename|given name|nombre|nombre s|imie|name first|vorname|first|person first name|' +
      'nombre de pila|imiona|fname|jmeno|krestni jmeno|meno|krstne meno|keresztnev|utonev|prenom|nome|primeiro nome|prenume|' +
      'prenumele|voornaam|roepnaam|имя|імя|prenoms|fornamn|fornavn|etunimi|ονομα|ime|tilltalsnamn'
  ),
  'contact.middleName': split(
    'middle name|middlename|segundo nombre|drugie imie|name middle|additional name|middle|second name|weitere vornamen|' +
      'zweiter vorname|tussenvoegsel|отчество|по батькові|deuxieme prenom|secondo nome'
  ),
  'contact.lastName': split(
    'last name|lastname|surname|family name|apellido|apellidos|primer apellido|nazwisko|name last|nachname|familienname|' +
      'zuname|last|person last name|apellido paterno|lname|apellido 1|1er apellido|segundo apellido|apellido materno|' +
      'apellido 2|2 apellido|2do apellido|second last name|second surname|drugie nazwisko|prijmeni|priezvisko|vezeteknev|' +
      'csaladnev|nom de famille|cognome|sobrenome|apelido|ultimo nome|nume de familie|achternaam|familienaam|фамилия|' +
      'прізвище|soyad|soyadi|soyisim|efternamn|efternavn|etternavn|sukunimi|prezime|επωνυμο|επιθετο'
  ),
  'contact.nameSuffix': split('name suffix|suffix|namenszusatz|sufiks|sufijo'),
  'contact.fullName': split(
    'name vorname|nombre apellidos|apellidos nombre|apellidos y nombre|apellido y nombre|apellidos y nombres|' +
      'apellido nombre|buyer|comprador|nabywca|kupujacy|kaufer|godnosc|name firma|nazwisko imie|what is your name|' +
      'whats your name|jak masz na imie|jak sie nazywasz|como te llamas|como se llama|wie heissen sie|wie heisst du|' +
      'full name|fullname|name|contact|contact name|customer|customer name|consumer|consumer name|sender name|client|' +
      'client name|nombre completo|nombre y apellidos|cliente|contacto|imie i nazwisko|nazwisko i imie|klient|' +
      'osoba kontaktowa|name full|person name|display name|lead name|your name|real name|realname|ansprechpartner|kontakt|' +
      'kunde|kundenname|vor und nachname|vollstandiger name|nombre y apellido|nombre del cliente|imie nazwisko|dane klienta|' +
      'interessent|file as|record name|deal contact person|nombre del contacto|nombre de contacto|persona de contacto|' +
      'nazwa kontaktu|nazwa klienta|imie i nazwisko kontaktu|kontaktname|name des kontakts|name des kunden|kontaktperson|' +
      'jmeno a prijmeni|jmeno prijmeni|prijmeni a jmeno|prijmeni jmeno|cele jmeno|zakaznik|kontaktni osoba|' +
      'meno a priezvisko|meno priezvisko|priezvisko a meno|cele meno|zakaznicka|kontaktna osoba|nev|teljes nev|ugyfel|' +
      'ugyfel neve|nom|nom complet|nom et prenom|nom prenom|prenom et nom|prenom nom|nom du client|nome e cognome|' +
      'nome cognome|cognome e nome|cognome nome|nominativo|nome completo|nome e apelido|nome e sobrenome|nome do cliente|' +
      'nume|nume si prenume|nume prenume|nume complet|prenume si nume|persoana de contact|naam|volledige naam|' +
      'voor en achternaam|naam klant|klantnaam|contactpersoon|фио|полное имя|имя и фамилия|имя фамилия|фамилия имя|клиент|' +
      'контактное лицо|піб|повне імя|імя та прізвище|прізвище та імя|прізвище імя|клієнт|контактна особа|naam en voornaam|' +
      'ad soyad|adi soyadi|adiniz soyadiniz|isim|isim soyisim|namn|navn|nimi|ime i prezime|fullstandigt namn|fulde navn|fullt navn|koko nimi|ονοματεπωνυμο|πελατης|user name|enquirer|enquirer name|inquirer|asiakas|kupac|الاسم|姓名|名前|お名前|氏名'
  ),
  'contact.companyName': split(
    'company|company name|organisation|organization|business|business name|account|empresa|compania|razon social|firma|' +
      'nazwa firmy|spolka|organization name|organization 1 name|organisation name|company account|account name|' +
      'associated company|address company|default address company|billing company|shipping company|unternehmen|firmenname|name der firma|organizacion|nombre de la empresa|nombre empresa|' +
      'deal organization|lead organization|partner company name|partner name|zaklad|unternehmensname|firma account|' +
      'firma konto|compania cuenta|company account name|nombre de empresa|spolecnost|spolocnost|nazev firmy|nazov firmy|ceg|' +
      'cegnev|societe|entreprise|raison sociale|azienda|societa|ragione sociale|societate|companie|bedrijf|bedrijfsnaam|' +
      'nombre de la organizacion|nombre organizacion|nombre de la compania|nazwa organizacji|nazwa przedsiebiorstwa|' +
      'name der organisation|nom de l entreprise|nom de la societe|nome azienda|' +
      'компания|организация|компанія|організація|firma nazev|denumire firma|sirket|firma adi'
  ),
  'contact.email': split(
    'email|mailadresse|reply to|reply to email|email from|from email|sender email'
  ),
  'contact.phone': split(
    'your number|my number|your best number|best number|best number to reach you|twoj numer|moj numer|tu numero|su numero|' +
      'mi numero|ihre nummer|deine nummer|n o de telefono|kontaktdaten|contact details|contact info|contact information|' +
      'contact data|datos de contacto|informacion de contacto|contact number|contact no|contact nr|numer kontaktowy|' +
      'numero de contacto|kontaktnummer|dane kontaktowe|dane do kontaktu|whatsapp|whatsapp number|whatsapp nummer|' +
      'numer whatsapp|phone'
  ),
  'contact.otherPhones': split('otherphones 0 number|contact otherphones 0 number'),
  'contact.phoneCountryCode': split(
    'dial code|dialling code|dialing code|calling code|country calling code|isd|isd code|prefijo internacional|' +
      'prefijo pais|prefijo de pais|codigo de pais|codigo pais|prefijo telefonico|prefiks|prefiks kraju|kierunkowy kraju|' +
      'numer kierunkowy kraju|landesvorwahl|landervorwahl|landerkennzahl|internationale vorwahl'
  ),
  'contact.phoneAreaCode': split(
    'area code|prefijo|lada|codigo de area|kierunkowy|numer kierunkowy|nr kierunkowy|vorwahl|ortsvorwahl|std code'
  ),
  'contact.phoneExtension': split(
    'extension|ext|extn|extension number|ext number|ext no|wewnetrzny|wew|nr wewnetrzny|numer wewnetrzny|nr wew|interno|' +
      'anexo|extension telefonica|durchwahl|durchwahlnummer|nebenstelle|dw'
  ),
  'contact.preferredChannel': split(
    'preferred channel|preferred contact|contact method|preferred contact method|canal preferido|medio de contacto|' +
      'preferowany kontakt|forma kontaktu|kanal kontaktu|bevorzugter kontakt|kontaktart|bevorzugter kontaktweg'
  ),
  'contact.preferredTime': split(
    'preferred time|best time|best time to call|contact time|horario preferido|hora preferida|horario de contacto|' +
      'preferowana pora|pora kontaktu|erreichbarkeit|beste zeit|bevorzugte zeit'
  ),
  'contact.language': split('language|lang|idioma|lengua|jezyk|sprache|preferred language|locale'),
  'contact.address.street': split(
    'street|address|street address|address 1|address line 1|direccion|calle|domicilio|ulica|adres|ulica i numer|' +
      'contact address street|strasse|anschrift|strasse und hausnummer|strasse hausnummer|strasse nr|hausnummer|' +
      'house number|street 2|address 2|address line 2|numer domu|nr domu|organization address|ulice|ulice a cislo|cim|' +
      'lakcim|utca|utca hazszam|rue|numero et rue|indirizzo|via|morada|endereco|rua|adresa|strada|straat|straatnaam|' +
      'addr|addr 1|addr 2|addr line 1|addr line 2|' +
      'straat en huisnummer|адрес|улица|адреса|вулиця|adresse|sokak|gatuadress|osoite|διευθυνση|ulica i kucni broj|house no street|house number street'
  ),
  'contact.address.apartment': split(
    'apartment|flat|piso|numer mieszkania|nr mieszkania|apt|unit|suite|wohnung|piso puerta'
  ),
  'contact.address.city': split(
    'city|town|ciudad|poblacion|localidad|municipio|miasto|miejscowosc|ort|stadt|wohnort|ciudad poblacion|gemeinde|' +
      'ciudad de residencia|mesto|obec|bydliste|bydlisko|varos|telepules|ville|commune|citta|comune|cidade|localidade|oras|' +
      'localitate|localitatea|woonplaats|plaats|stad|город|місто|sehir|postort|kaupunki|grad|πολη'
  ),
  'contact.address.region': split(
    'region|state|county|province|regioncode|provincia|comunidad|wojewodztwo|state province|state region|' +
      'state or province|province state|bundesland|kanton|state id|estado provincia|bundesland kanton|provincia o estado|' +
      'provincia estado|state id name|bundesland region|estado o region|kraj okres|megye|departement|regione|distrito|judet|' +
      'judetul|provincie|область|регион|регіон'
  ),
  'contact.address.postalCode': split(
    'postal code|postalcode|postcode|post code|zip|zip code|zipcode|codigo postal|cp|kod pocztowy|kod|plz|postleitzahl|' +
      'zip postal code|postal code zip|zip or postal code|zip post code|c p|psc|iranyitoszam|irsz|code postal|cap|' +
      'codice postale|codigo de postal|cep|cod postal|индекс|почтовый индекс|індекс|поштовий індекс|posta kodu|postnummer|postinumero|postanski broj|ταχυδρομικος κωδικας'
  ),
  'contact.address.country': split(
    'country|country code|pais|kraj|panstwo|country region|land|country id|staat|pais region|kraj region|land region|' +
      'pais o region|country id name|zeme|krajina|orszag|pays|paese|nazione|tara|страна|країна|ulke'
  )
}

function split(names: string): string[] {
  return names.split('|')
}
