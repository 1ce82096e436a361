/**
 * Whether a text stands for an absent value: `null`, `N/A`, `-`, `brak`, `sin nombre`, as forms, templates
 * and people write it in English, Spanish, Polish and German. Case, brackets, hyphens and underscores
 * around and between the words do not count. A blank text is absent too.
 */
export function isAbsentValue(text: string): boolean {
  if (text.length > MAX_LENGTH) return text.trim() === ''
  if (/^[\s\p{P}]*$/u.test(text)) return true
  const plain = text.trim()
  if (SHEET_ERROR.test(plain) || UNFILLED.test(plain) || ABBREVIATIONS.has(plain)) return true
  const [, bracketed] = IN_BRACKETS.exec(plain) ?? []
  if (bracketed !== undefined && EMPTY_WORDS.has(bracketed.trim().toLowerCase())) return true
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}/]+/gu, ' ')
  return plain === 'NaN' || ABSENT_WORDS.has(words.trim()) || UNWILLING.test(words.trim())
}

const MAX_LENGTH = 40

/** People who would rather not say: `nie chcę podawać`, `prefer not to say`. */
const UNWILLING =
  /^(?:(?:ja )?(?:nie chc[eę]|wol[eę] nie) (?:\p{L}+ )?(?:poda(?:ć|c|wać|wac)|mówić|mowic)|(?:i )?(?:(?:would )?(?:prefer|rather) not|(?:do not|don t) (?:want|wish)) (?:to )?(?:say|give|share|tell|provide|answer)|(?:no quiero|prefiero no) (?:\p{L}+ )?(?:dar|decir|darlo|decirlo|facilitar|facilitarlo)|(?:ich )?(?:möchte|will) (?:ich )?nicht (?:angeben|sagen|nennen))(?: \p{L}+){0,3}$/u
/** What a spreadsheet shows for a formula that failed. */
const SHEET_ERROR =
  /^#(?:VALUE!|ERROR!|NAME\?|REF!|NUM!|DIV\/0!|NULL!|NV|WERT!|BEZUG!|ZAHL!|N\/D!|ARG!|ADR!|DZIEL\/0!|NAZWA\?|LICZBA!|ZERO!|¡VALOR!|¿NOMBRE\?|¡REF!|¡NUM!|¡DIV\/0!|¡NULO!)$/i

/** What a template prints for a field that it does not know: `{{first_name}}`, `%LASTNAME%`, `[your-name]`. */
const UNFILLED =
  /^(?:\{\{[^{}]{1,34}\}\}|\$?\{[\w.: -]{1,34}\}|%%?[a-z][\w. -]{0,30}%%?|\*\|[\w:]{1,30}\|\*|<%=?[\w. @-]{1,30}%>|\[[a-z]{1,20}[_-][a-z_-]{1,20}\]|\[\[[\w. -]{1,30}\]\])$/i

/** In capitals or small letters alone: others are names and initials. */
const ABBREVIATIONS: ReadonlySet<string> = new Set([
  ...['k.A.', 'k. A.', 'k.a.', 'n.d.', 'n. d.', 'n.a.', 'N.A.', 's.d.', 'NA NA', 'ND ND']
])

/** What a pivot table or a program writes for an empty cell; without brackets some are names. */
const IN_BRACKETS = /^[([{<]([^()[\]{}<>]{1,20})[)\]}>]$/
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'blank',
  'empty',
  'leer',
  'pusto',
  'puste',
  'pusty',
  'vacío',
  'vacio',
  'vacía',
  'en blanco'
])

/** Not in the list, because they are names or codes too: `na`, `nd`, `nil`, `nan`. */
const ABSENT_WORDS: ReadonlySet<string> = new Set([
  // English, and words of programs.
  ...[
    'null',
    'undefined',
    'none',
    'n/a',
    'unknown',
    'not specified',
    'unspecified',
    'not provided'
  ],
  ...[
    'not given',
    'not available',
    'not applicable',
    'not set',
    'not entered',
    'no name',
    'noname'
  ],
  ...['not known', 'has none', 'doesn t have', 'does not have', 'no number', 'left blank'],
  ...['no data', 'no value', 'no email', 'no e mail', 'no phone', 'null null'],
  ...['undefined undefined', 'none none', 'no answer', 'don t have'],
  // Spanish.
  ...['ninguno', 'ninguna', 'desconocido', 'desconocida', 'sin nombre', 'sin apellido'],
  ...['sin apellidos', 'sin datos', 'sin dato', 'sin especificar', 'no especificado'],
  ...['no especificada', 'no disponible', 'no aplica', 'no indicado', 'no informado', 'no consta'],
  ...['no tiene', 'no hay', 'no sé', 'no tiene email', 'no tiene correo', 'no tiene teléfono'],
  ...[
    'no tengo email',
    'no tengo correo',
    'sin número',
    'sin numero',
    'no facilitado',
    'no facilita'
  ],
  ...['no tengo', 'sin email', 'sin correo', 'sin teléfono', 'sin telefono', 's/d', 'n/d', 's/n'],
  // Polish.
  ...['brak', 'brak danych', 'nie podano', 'nie podał', 'nie podała', 'nie dotyczy', 'nieznany'],
  ...['nieznana', 'nieznane', 'nie określono', 'nieokreślone', 'bez nazwiska', 'bez imienia'],
  ...['brak imienia', 'brak nazwiska', 'brak telefonu', 'brak numeru', 'brak email', 'brak e mail'],
  ...['nie mam', 'brak maila', 'brak adresu', 'nie ma', 'nie posiada', 'nie posiadam', 'pusto'],
  ...['nie ma maila', 'nie ma telefonu', 'bez telefonu', 'bez maila', 'nie wiem', 'nie znam'],
  ...['nie wypełniono', 'nieznany numer', 'do uzupełnienia'],
  // German.
  ...[
    'keine angabe',
    'keine angaben',
    'ohne angabe',
    'ohne angaben',
    'unbekannt',
    'keine',
    'keiner'
  ],
  ...[
    'nicht angegeben',
    'nicht verfügbar',
    'nicht bekannt',
    'kein name',
    'ohne name',
    'ohne namen'
  ],
  ...[
    'hat keine',
    'habe keine',
    'nicht vorhanden',
    'keine telefonnummer',
    'keine nummer',
    'weiß nicht'
  ],
  ...['keine e mail', 'keine email', 'kein telefon', 'entfällt'],
  // Czech, Slovak, Hungarian, Turkish, French, Italian, Dutch, Romanian, Ukrainian and Russian.
  ...['žádný', 'žádná', 'žádné', 'neuvedeno', 'nemám', 'není', 'žiadny', 'žiadna', 'neuvedené'],
  ...[
    'nincs',
    'nincs megadva',
    'ismeretlen',
    'yok',
    'belirtilmemiş',
    'bilinmiyor',
    'aucun',
    'aucune'
  ],
  ...[
    'non renseigné',
    'non communiqué',
    'inconnu',
    'inconnue',
    'nessuno',
    'nessuna',
    'non specificato'
  ],
  ...[
    'non disponibile',
    'sconosciuto',
    'geen',
    'niet opgegeven',
    'onbekend',
    'niet bekend',
    'niciunul'
  ],
  ...[
    'niciuna',
    'niciun',
    'nespecificat',
    'nu am',
    'немає',
    'нема',
    'нет',
    'нету',
    'не указано',
    'невідомо'
  ],
  ...['не вказано', 'неизвестно', 'отсутствует', 'відсутній']
])
