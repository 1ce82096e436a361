import { fold } from './fold.ts'

/**
 * Words for an absent value, in small letters, by language: `nie podano`, `não informado`, `ei tiedossa`. Not among
 * them, because they are names or codes too: `na`, `nd`, `nan`, `nav`.
 */
const WORDS: Readonly<Record<string, string>> = {
  english:
    'null|undefined|none|n/a|unknown|not specified|unspecified|not provided|not given|not available|' +
    'not applicable|not set|not entered|no name|noname|not known|has none|doesn t have|does not have|' +
    'no number|left blank|no data|no value|no email|no e mail|no phone|null null|undefined undefined|' +
    'none none|no answer|don t have|not disclosed|not supplied|not stated|not found|not recorded|' +
    'not defined|not answered|no entry|no info|no information|no response|no first name|no last name|' +
    'no lastname|no surname|unnamed|name unknown|unknown name|unknown unknown|tbd|tba|tbc|' +
    'to be determined|to be confirmed|n/k|missing value|object object',
  spanish:
    'ninguno|ninguna|desconocido|desconocida|sin nombre|sin apellido|sin apellidos|sin datos|sin dato|' +
    'sin especificar|no especificado|no especificada|no disponible|no aplica|no indicado|no informado|' +
    'no consta|no tiene|no hay|no sé|no tiene email|no tiene correo|no tiene teléfono|no tengo email|' +
    'no tengo correo|sin número|sin numero|no facilitado|no facilita|no tengo|sin email|sin correo|' +
    'sin teléfono|sin telefono|s/d|n/d|s/n|no especifica|no definido|no definida|no proporcionado|' +
    'no conocido|sin definir|sin información|sin informar|no registra|no registrado|no sabe|ns/nc|' +
    'no contesta|no dispone|no procede|n/c|sin rellenar|sin completar|por definir|nombre desconocido',
  polish:
    'brak|brak danych|nie podano|nie podał|nie podała|nie dotyczy|nieznany|nieznana|nieznane|' +
    'nie określono|nieokreślone|bez nazwiska|bez imienia|brak imienia|brak nazwiska|brak telefonu|' +
    'brak numeru|brak email|brak e mail|nie mam|brak maila|brak adresu|nie ma|nie posiada|' +
    'nie posiadam|pusto|nie ma maila|nie ma telefonu|bez telefonu|bez maila|nie wiem|nie znam|' +
    'nie wypełniono|nieznany numer|do uzupełnienia|nie podane|nie podany|niepodano|niepodane|' +
    'nie określone|nieokreślony|nieokreślona|nie uzupełniono|nie wskazano|nie udostępniono|' +
    'brak informacji|brak wpisu|brak nazwy|bez nazwy|b/d',
  german:
    'keine angabe|keine angaben|ohne angabe|ohne angaben|unbekannt|keine|keiner|nicht angegeben|' +
    'nicht verfügbar|nicht bekannt|kein name|ohne name|ohne namen|hat keine|habe keine|' +
    'nicht vorhanden|keine telefonnummer|keine nummer|weiß nicht|keine e mail|keine email|' +
    'kein telefon|entfällt|ohne|nichts angegeben|nicht definiert|nicht ausgefüllt|nicht hinterlegt|' +
    'nicht genannt|nicht gesetzt|nicht zutreffend|nicht mitgeteilt|keine daten|kein nachname|' +
    'kein vorname|kein eintrag|ohne telefon|ohne email|ohne e mail|fehlt|name unbekannt|' +
    'unbekannter name',
  portugueseCatalan:
    'não informado|não informada|não especificado|não especificada|não tem|não tenho|não indicado|' +
    'não disponível|não aplicável|não fornecido|não consta|não sei|não há|sem nome|sem apelido|' +
    'sem sobrenome|sem telefone|sem email|sem e mail|sem dados|sem informação|desconhecido|' +
    'desconhecida|nenhum|nenhuma|no especificat|desconegut|desconeguda|sense nom',
  french:
    'aucun|aucune|non renseigné|non renseignée|non communiqué|inconnu|inconnue|non spécifié|' +
    'non spécifiée|non précisé|non précisée|non fourni|non fournie|non disponible|non indiqué|' +
    'non indiquée|non défini|non connu|non applicable|sans nom|sans prénom|sans email|sans téléphone|' +
    'sans objet|pas de nom|pas de téléphone|pas d email|pas de mail|pas renseigné|je n ai pas|' +
    'indisponible|s/o',
  italian:
    'nessuno|nessuna|non specificato|non specificata|non disponibile|sconosciuto|sconosciuta|' +
    'non indicato|non indicata|non fornito|non noto|non definito|non inserito|non pervenuto|' +
    'non applicabile|non lo so|non ho|nessun nome|nessun dato|nessun telefono|nessuna email|' +
    'senza nome',
  dutch:
    'geen|niet opgegeven|onbekend|niet bekend|niet gespecificeerd|niet ingevuld|niet beschikbaar|' +
    'niet van toepassing|n v t|nvt|geen naam|geen telefoon|geen email|geen e mail|zonder naam|' +
    'weet niet',
  czechSlovak:
    'žádný|žádná|žádné|neuvedeno|nemám|není|žiadny|žiadna|žiadne|neuvedené|neuveden|neuvedena|neuvedl|' +
    'neuvedla|neznámý|neznámá|neznámé|neznámy|neznáma|nespecifikováno|nespecifikovaný|nespecifikované|' +
    'nezadáno|nezadané|nevyplněno|nevyplnené|není k dispozici|není známo|bez jména|bez mena|bez údajů|' +
    'bez údajov|nevím|neviem',
  croatianSerbianSlovenian:
    'nije navedeno|nije poznato|nije uneseno|nije uneto|nije dostupno|nije određeno|nepoznato|' +
    'nepoznat|nepoznata|nema|nema podataka|bez imena|ni podatka|ni navedeno|ni na voljo|neznano|' +
    'neznan|непознато|није наведено|нема података',
  hungarian:
    'nincs|nincs megadva|ismeretlen|nem ismert|nincs adat|nem adta meg|nem megadott|nincs kitöltve|' +
    'nincs név|név nélkül|nincs telefon|nem tudom',
  romanian:
    'niciunul|niciuna|niciun|nespecificat|nespecificată|nu am|nu are|necunoscut|necunoscută|nedefinit|' +
    'necompletat|fără nume|nu se aplică|nu este specificat|nu știu|indisponibil',
  turkish:
    'yok|belirtilmemiş|belirtilmedi|bilinmiyor|bilinmeyen|belirsiz|bilmiyorum|girilmemiş|isimsiz|' +
    'mevcut değil',
  nordicLanguages:
    'ei tiedossa|ei tietoa|ei ole|ei ilmoitettu|ei määritelty|ei saatavilla|tuntematon|okänd|okänt|' +
    'saknas|uppgift saknas|ingen uppgift|ej angivet|ej angiven|inte angivet|ej specificerat|vet ej|' +
    'inget namn|ukendt|ikke angivet|ikke oplyst|ikke kendt|uden navn|ukjent|ikke oppgitt|' +
    'ikke spesifisert|ikke kjent|uten navn',
  balticLanguages:
    'nežinoma|nežinomas|nenurodyta|nėra|nav norādīts|nezināms|puudub|teadmata|määramata',
  ukrainianRussianBulgarianGreek:
    'немає|нема|нет|нету|не указано|невідомо|не вказано|неизвестно|отсутствует|відсутній|невідомий|' +
    'невідома|не зазначено|не визначено|немає даних|без імені|неизвестен|неизвестный|неизвестная|' +
    'неизвестна|не указан|не указана|не задано|не определено|нет данных|без имени|не е посочено|няма|' +
    'няма данни|не знаю|не знам|άγνωστο|άγνωστος|άγνωστη|δεν έχει|δεν υπάρχει|δεν δόθηκε|χωρίς όνομα|' +
    'μη διαθέσιμο'
}

/** The words as they are and as people without their accents write them: `nao informado`. */
export const ABSENT_WORDS: ReadonlySet<string> = new Set(
  Object.values(WORDS).flatMap((words) => words.split('|').flatMap((word) => [word, plain(word)]))
)

/** Marks of the words stay, such as the one of `n/a`. */
function plain(word: string): string {
  return word.includes('/') ? word : fold(word)
}
