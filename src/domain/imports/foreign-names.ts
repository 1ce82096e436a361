/**
 * What columns are called in the languages of a dealer's neighbours: Czech, Slovak, Hungarian, French, Italian,
 * Portuguese, Romanian, Dutch, Russian and Ukrainian, without accents. They belong to `column-names.ts`. Words for
 * e-mails and phones are in `qualified-names.ts`.
 */
export const FOREIGN_NAMES: Partial<Record<string, readonly string[]>> = {
  'contact.firstName': split(
    'jmeno|krestni jmeno|meno|krstne meno|keresztnev|utonev|prenom|nome|primeiro nome|prenume|prenumele|' +
      'voornaam|roepnaam|имя|імя'
  ),
  'contact.middleName': split('tussenvoegsel|отчество|по батькові'),
  'contact.lastName': split(
    'prijmeni|priezvisko|vezeteknev|csaladnev|nom de famille|cognome|sobrenome|apelido|ultimo nome|' +
      'nume de familie|achternaam|familienaam|фамилия|прізвище'
  ),
  'contact.fullName': split(
    'jmeno a prijmeni|jmeno prijmeni|prijmeni a jmeno|prijmeni jmeno|cele jmeno|zakaznik|kontaktni osoba|' +
      'meno a priezvisko|meno priezvisko|priezvisko a meno|cele meno|zakaznicka|kontaktna osoba|nev|teljes nev|ugyfel|ugyfel neve|' +
      'nom|nom complet|nom et prenom|nom prenom|prenom et nom|prenom nom|nom du client|nome e cognome|nome cognome|' +
      'cognome e nome|cognome nome|nominativo|nome completo|nome e apelido|nome e sobrenome|nome do cliente|' +
      'nume|nume si prenume|nume prenume|nume complet|prenume si nume|persoana de contact|naam|volledige naam|' +
      'voor en achternaam|naam klant|klantnaam|contactpersoon|фио|полное имя|имя и фамилия|имя фамилия|фамилия имя|клиент|' +
      'контактное лицо|піб|повне імя|імя та прізвище|прізвище та імя|прізвище імя|клієнт|контактна особа'
  ),
  'contact.companyName': split(
    'spolecnost|spolocnost|nazev firmy|nazov firmy|ceg|cegnev|societe|entreprise|raison sociale|azienda|societa|' +
      'ragione sociale|societate|companie|bedrijf|bedrijfsnaam|компания|организация|компанія|організація'
  ),
  'contact.address.street': split(
    'ulice|ulice a cislo|cim|lakcim|utca|utca hazszam|rue|numero et rue|indirizzo|via|morada|endereco|rua|' +
      'adresa|strada|straat|straatnaam|straat en huisnummer|адрес|улица|адреса|вулиця'
  ),
  'contact.address.city': split(
    'mesto|obec|bydliste|bydlisko|varos|telepules|ville|commune|citta|comune|cidade|localidade|oras|' +
      'localitate|localitatea|woonplaats|plaats|stad|город|місто'
  ),
  'contact.address.region': split(
    'kraj okres|megye|departement|regione|distrito|judet|judetul|provincie|область|регион|регіон'
  ),
  'contact.address.postalCode': split(
    'psc|iranyitoszam|irsz|code postal|cap|codice postale|codigo de postal|cep|cod postal|индекс|' +
      'почтовый индекс|індекс|поштовий індекс'
  ),
  'contact.address.country': split('zeme|krajina|orszag|pays|paese|nazione|tara|страна|країна'),
  submittedAt: split(
    'datum poptavky|datum vytvoreni|vytvoreno|datum vytvorenia|vytvorene|datum letrehozasa|letrehozva|' +
      'date de creation|date de la demande|cree le|data creazione|data di creazione|creato il|data richiesta|' +
      'data de criacao|criado em|data crearii|creat la|aanmaakdatum|aangemaakt op|datum aanvraag|' +
      'дата|дата создания|создано|дата заявки|дата створення|створено'
  ),
  message: split(
    'poznamka|poznamky|zprava|komentar|dotaz|sprava|megjegyzes|uzenet|leiras|commentaire|commentaires|remarque|' +
      'remarques|messaggio|commento|commenti|osservazioni|richiesta|observacoes|observacao|mensagem|comentario adicional|' +
      'observatii|mesaj|comentariu|comentarii|opmerking|opmerkingen|bericht|notitie|notities|toelichting|' +
      'комментарий|комментарии|примечание|примечания|сообщение|вопрос|заметка|коментар|коментарі|' +
      'примітка|примітки|повідомлення|питання'
  ),
  description: split(
    'poznamka|poznamky|megjegyzes|leiras|commentaire|commentaires|remarque|remarques|osservazioni|observacoes|' +
      'observatii|opmerking|opmerkingen|notitie|notities|комментарий|примечание|коментар|примітка'
  ),
  'vehicle.year': split(
    'rok vyroby|evjarat|gyartasi ev|annee|annee modele|anno|anno immatricolazione|an fabricatie|anul fabricatiei|' +
      'bouwjaar|год|год выпуска|год производства|рік|рік випуску'
  ),
  'vehicle.make': split(
    'znacka|znacka vozu|znacka vozidla|gyarto|marque|casa automobilistica|merk|automerk|марка|марка авто'
  ),
  'vehicle.model': split(
    'vozidlo|modele|modello|tipus|vehicule|veicolo|veiculo|vehicul|voertuig|модель|автомобиль|автомобіль'
  ),
  'vehicle.vin': split(
    'alvazszam|numero de chassis|telaio|numero di telaio|serie sasiu|chassisnummer|вин|vin kod'
  ),
  'vehicle.plate': split(
    'spz|rz|registracni znacka|ecv|evidencne cislo|rendszam|immatriculation|plaque|plaque d immatriculation|targa|' +
      'numar de inmatriculare|nr inmatriculare|numar inmatriculare|kenteken|госномер|гос номер|номер авто|' +
      'регистрационный номер|держномер|номерний знак'
  ),
  'vehicle.odometer': split(
    'najeto|tachometr|najazdene|futott km|kilometeroraallas|kilometrage|chilometraggio|chilometri|quilometragem|' +
      'kilometraj|rulaj|kilometerstand|пробег|пробіг'
  ),
  'vehicle.price': split('ar|vetelar|prix|prezzo|preco|pret|prijs|цена|стоимость|ціна|вартість')
}

function split(names: string): string[] {
  return names.split('|')
}
