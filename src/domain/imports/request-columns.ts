/** Of a lead's message and of a client's description. */
const NOTES = split(
  'description|note|notes|comment|comments|remarks|message|descripcion|nota|notas|comentarios|observaciones|opis|' +
    'notatka|notatki|uwagi|komentarz|nachricht|bemerkung|bemerkungen|kommentar|notiz|notizen|beschreibung|' +
    'internal notes|anmerkungen|poznamka|poznamky|megjegyzes|leiras|commentaire|commentaires|remarque|remarques|' +
    'osservazioni|observacoes|observatii|opmerking|opmerkingen|notitie|notities|комментарий|примечание|коментар|' +
    'примітка'
)

/** What columns about the request, the vehicle and the advertisement are called; see `column-names.ts`. */
export const REQUEST_COLUMNS: Partial<Record<string, readonly string[]>> = {
  type: split(
    'type|type of lead|lead type|tipo|tipo de lead|typ|rodzaj|anfrageart|anfragetyp|leadtyp'
  ),
  externalId: split(
    'external id|your own id|id|lead id|record id|reference|ref|reference number|referencia|identificador|identyfikator|' +
      'numer|numer zgloszenia|nr zgloszenia|leadgen id|lead lead id|anfrage id|anfragenummer|vorgangsnummer|numer leada|' +
      'id leada|record id contact|lead number|inquiry id|enquiry id|submission id|response id|entry id|id wpisu|' +
      'id respuesta|eintrags id|id de registro|identyfikator rekordu|datensatz id'
  ),
  submittedAt: split(
    'submitted at|sent at|date|created|created at|created on|request date|requestdate|timestamp|received|received at|' +
      'lead date|fecha|fecha de solicitud|fecha de alta|fecha de creacion|data|data zgloszenia|data utworzenia|' +
      'data kontaktu|createdat|receivedat|created time|create date|created date|create time|creation date|date created|' +
      'date submitted|submitted|submission date|submission time|submit time|lead submit time|lead created|lead lead created|' +
      'deal created|enquiry date|inquiry date|date of enquiry|date received|received date|request time|datum|anfragedatum|' +
      'eingangsdatum|eingang|eingang am|eingegangen am|eingegangen|erhalten am|received on|submitted on|recibido el|' +
      'recibido|otrzymano|data wplywu|erstellt am|erstellungsdatum|erstellt|angelegt am|datum der anfrage|zeitpunkt|' +
      'zeitstempel|fecha creacion|fecha y hora|fecha de contacto|fecha de envio|marca temporal|utworzono|utworzony|' +
      'data i godzina|data wyslania|data otrzymania|sygnatura czasowa|czas|znacznik czasu|hora de envio|added on|add time|' +
      'lead date time|creado el|creada el|creado|utworzono dnia|data dodania|erstelldatum|anlagedatum|angelegt|' +
      'datum poptavky|datum vytvoreni|vytvoreno|datum vytvorenia|vytvorene|datum letrehozasa|letrehozva|date de creation|' +
      'date de la demande|cree le|data creazione|data di creazione|creato il|data richiesta|data de criacao|criado em|' +
      'data crearii|creat la|aanmaakdatum|aangemaakt op|datum aanvraag|дата|дата создания|создано|дата заявки|' +
      'дата створення|створено|entry date|date of entry|data zgl|data zg|data wpl|f entrada|fecha entrada|fecha de entrada|' +
      'f alta|fecha alta|f solicitud|fecha solicitud|fecha recepcion|fecha de recepcion|date de demande|date demande|' +
      'date de reception|date d entree|data wejscia|eingangsdat|dat anfrage|inq date|enq date|req date|date rec d'
  ),
  message: [
    ...NOTES,
    ...split(
      'pytanie|pregunta|frage|duda|anliegen|mitteilung|textarea|details|szczegoly|detalles|questions|pytania|preguntas|' +
        'fragen|tell us more|how can we help|how can we help you|how may we help you|what can we do for you|' +
        'en que podemos ayudarte|en que podemos ayudarle|en que podemos ayudar|como podemos ayudarte|' +
        'wie konnen wir helfen|wie konnen wir ihnen helfen|wie durfen wir helfen|w czym mozemy pomoc|jak mozemy pomoc|' +
        'w czym ci pomoc|o co chcesz zapytac|additional comments|additional information|additional info|' +
        'dodatkowe informacje|dodatkowe uwagi|informacion adicional|comentarios adicionales|zusatzliche informationen|' +
        'message to seller|message to dealer|questions or comments|comments or questions|questions comments|' +
        'pytania i uwagi|wiadomosc do sprzedawcy|question|enquiry|inquiry|mensaje|comentario|consulta|wiadomosc|tresc|' +
        'zapytanie|your message|customer message|customer comments|lead notes|comments questions|body|text|anfrage|' +
        'anfragetext|anmerkung|mensaje del cliente|tresc wiadomosci|tresc zapytania|deal notes|lead note|zprava|komentar|' +
        'dotaz|sprava|uzenet|messaggio|commento|commenti|richiesta|observacao|mensagem|comentario adicional|mesaj|' +
        'comentariu|comentarii|bericht|toelichting|комментарии|примечания|сообщение|вопрос|заметка|коментарі|примітки|' +
        'повідомлення|питання|votre message|demande|il tuo messaggio|domanda|vase zprava|kerdes|uw bericht|vraag|mesajul|' +
        'mesajiniz|intrebare|aciklama|msg|meddelande|ditt meddelande|besked|din besked|melding|beskjed|viesti|poruka|vasa poruka|μηνυμα|enquiry text|inquiry text|enquiry message|enquiry details|الرسالة|留言|お問い合わせ内容|メッセージ'
    )
  ],
  description: NOTES,
  'vehicle.interest': split(
    'interest|interested in|intention|interes|intencion|zainteresowanie|interesse|kaufinteresse|rodzaj zapytania'
  ),
  'vehicle.condition': split(
    'condition|new or used|new used|vehicle condition|vehicle status|estado|nuevo o usado|stan|stan pojazdu|' +
      'nowy czy uzywany|zustand|neu oder gebraucht|neu gebraucht|fahrzeugzustand|vehicle type new used|stock type|' +
      'new used cpo'
  ),
  'vehicle.year': split(
    'year|model year|vehicle year|ano|ano del modelo|ano modelo|rok|rok produkcji|rok prod|r prod|rocznik|baujahr|' +
      'modelljahr|erstzulassung|jahr|ano de fabricacion|ano de matriculacion|ano fab|ano fabricacion|ano matriculacion|bj|' +
      'ez|year of manufacture|mfg year|rok modelowy|rok vyroby|evjarat|gyartasi ev|annee|annee modele|anno|' +
      'anno immatricolazione|an fabricatie|anul fabricatiei|bouwjaar|год|год выпуска|год производства|рік|рік випуску|' +
      'anno di immatricolazione|jaar|model yili'
  ),
  'vehicle.make': split(
    'make|brand|manufacturer|car make|vehicle make|marca|marca del vehiculo|marka|marka pojazdu|marka auta|producent|' +
      'fahrzeugmarke|hersteller|vehicle of interest make|brand of interest|marka samochodu|marke|automarke|znacka|' +
      'znacka vozu|znacka vozidla|gyarto|marque|casa automobilistica|merk|automerk|марка|марка авто|marque du vehicule|' +
      'marca auto|gyartmany'
  ),
  'vehicle.model': split(
    'model|car model|vehicle model|modelo|modelo del vehiculo|model pojazdu|model auta|car|vehicle|modell|fahrzeug|' +
      'fahrzeugmodell|auto|vehicle of interest|vehicle of interest model|model of interest|car of interest|' +
      'interested vehicle|vehiculo|vehiculo de interes|coche|samochod|pojazd|model samochodu|' +
      'jaki model cie interesuje|jaki model pana pania interesuje|jaki samochod cie interesuje|que modelo te interesa|' +
      'que modelo le interesa|que coche te interesa|que coche le interesa|welches modell interessiert sie|welches fahrzeug interessiert sie|' +
      'which car are you interested in|which model are you interested in|what vehicle are you interested in|marka i model|' +
      'marka model|make and model|make model|marca y modelo|marca modelo|marke und modell|marke modell|year make model|' +
      'rok marka model|vehicle name|vehicle description|vehicle title|vehicle details|car details|fahrzeugbezeichnung|' +
      'descripcion del vehiculo|nombre del vehiculo|nazwa pojazdu|opis pojazdu|dane pojazdu|interesujacy pojazd|' +
      'gewunschtes fahrzeug|fahrzeug von interesse|vehiculo interesado|coche de interes|coche interesado|auto de interes|' +
      'vozidlo|modele|modello|tipus|vehicule|veicolo|veiculo|vehicul|voertuig|модель|автомобиль|автомобіль|' +
      'modele du vehicule|voiture|modello auto|vuz|jarmu|modelul|masina|arac|model adi|модель авто|wunschfahrzeug|fordon|bil|ajoneuvo|auto kojim|vozilo|οχημα|αυτοκινητο|tytul ogloszenia|ogloszenie tytul|titulo del anuncio|anzeigentitel|inserattitel|listing title|advert title|ad title'
  ),
  'vehicle.trim': split(
    'trim|version|trim level|vehicle trim|acabado|wersja|wersja wyposazenia|ausstattung|ausstattungslinie|variante|' +
      'variant'
  ),
  'vehicle.vin': split(
    'vin|vin number|chassis number|vehicle vin|bastidor|numero de bastidor|numer vin|nr vin|numer nadwozia|' +
      'fahrgestellnummer|fin|fahrzeug identifizierungsnummer|fahrzeugidentnummer|numero de chasis|numero vin|alvazszam|' +
      'numero de chassis|telaio|numero di telaio|serie sasiu|chassisnummer|вин|vin kod'
  ),
  'vehicle.plate': split(
    'plate|plate number|number plate|license plate|licence plate|license plate number|registration|registration number|' +
      'registration plate|reg|reg no|reg number|vehicle registration|vrm|matricula|numero de matricula|placa|placas|patente|' +
      'tablica|tablica rejestracyjna|tablice|numer rejestracyjny|nr rejestracyjny|nr rej|rejestracja|kennzeichen|' +
      'amtliches kennzeichen|kfz kennzeichen|nummernschild|spz|rz|registracni znacka|ecv|evidencne cislo|rendszam|' +
      'immatriculation|plaque|plaque d immatriculation|targa|numar de inmatriculare|nr inmatriculare|numar inmatriculare|' +
      'veh reg|vehicle reg|reg plate|car reg|registreringsnummer|kenteken|госномер|гос номер|номер авто|регистрационный номер|держномер|номерний знак|numero d immatriculation|' +
      'kennz|kfz kennz|amtl kennz|' +
      'numero di targa|evc|kentekennummer|plaka|arac plakasi'
  ),
  'vehicle.stockNumber': split(
    'stock number|stocknumber|stock no|stock|stock id|numero de stock|referencia de stock|numer magazynowy|numer oferty|' +
      'nr oferty|interne nummer|fahrzeugnummer|inseratsnummer|inserat id|anzeigennummer|anzeigen id|angebotsnummer|' +
      'listing id|ad number|retailer item id|stk|stock number of interest|vehicle id|car id|id vehiculo|id del vehiculo|' +
      'id pojazdu|id samochodu|fahrzeug id|numero de anuncio|id anuncio|numer ogloszenia|id ogloszenia|internal number'
  ),
  'vehicle.bodyStyle': split(
    'body style|body type|carroceria|nadwozie|karosserie|karosserieform|tipo de carroceria|typ nadwozia'
  ),
  'vehicle.transmission': split(
    'transmission|gearbox|cambio|skrzynia biegow|getriebe|caja de cambios'
  ),
  'vehicle.odometer': split(
    'odometer|mileage|kilometres|kilometers|km|kilometraje|kilometros|przebieg|vehicle odometer|vehicles 0 odometer value|' +
      'kilometerstand|laufleistung|kms|miles|millas|kilometraz|km stand|stan licznika|recorrido|najeto|tachometr|najazdene|' +
      'futott km|kilometeroraallas|kilometrage|chilometraggio|chilometri|quilometragem|kilometraj|rulaj|пробег|пробіг|' +
      'stav tachometru|futasteljesitmeny|kilometre'
  ),
  'vehicle.price': split(
    'price|asking price|budget|vehicle price|amount|precio|importe|presupuesto|cena|kwota|budzet|vehicles 0 price amount|' +
      'preis|fahrzeugpreis|listing price|precio del vehiculo|cena pojazdu|precio final|precio con iva|bruttopreis|' +
      'verkaufspreis|endpreis|cena ofertowa|cena sprzedazy|list price|sale price|ar|vetelar|prix|prezzo|preco|pret|prijs|' +
      'цена|стоимость|ціна|вартість|fiyat|prix ttc|prix ht|prix de vente|pvp|prezzo iva inclusa|vk preis'
  ),
  'timeframe.description': split(
    'timeframe|purchase timeframe|plazo de compra|termin zakupu|purchase time frame|time frame|buying timeframe|' +
      'when are you looking to buy|when do you want to buy|kaufzeitpunkt|cuando desea comprar|kiedy planujesz zakup'
  ),
  'attribution.landingPage': split(
    'landing page|page url|conversion page|source url|first page seen|url de la pagina|landing page url|page uri'
  ),
  'attribution.referrer': split('referrer|referrer url|original referrer|http referrer'),
  'attribution.utmSource': split('utm source|platform|source medium'),
  'attribution.utmMedium': split('utm medium|medium|medium id'),
  'attribution.utmCampaign': split(
    'utm campaign|campaign|campaign name|kampagne|kampania|campana|nombre de la campana|nazwa kampanii|campaign id name'
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
    'form name|lead form|lead form name|formularname|nazwa formularza|nombre del formulario'
  )
}

function split(names: string): string[] {
  return names.split('|')
}
