import { ABSENT_WORDS } from './absent-words.ts'

/**
 * Whether a text stands for an absent value: `null`, `N/A`, `-`, `brak`, `sin nombre`, as forms, templates
 * and people write it in the languages of Europe. Case, brackets, hyphens and underscores
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
  /^(?:\{\{[^{}]{1,34}\}\}|\$?\{[\w.: -]{1,34}\}|%%?[a-z][\w. -]{0,30}%%?|\*\|[\w:]{1,30}\|\*|<%=?[\w. @-]{1,30}%>|\[(?:[a-z]{1,20}[_-][a-z_-]{1,20}|(?:first|last|full|user)? ?name|e-?mail|phone)\]|\$[a-z]{2,12}(?:[_.]?[a-z]{2,12})?|\[\[[\w. -]{1,30}\]\])$/i

/** In capitals or small letters alone: others are names and initials. */
const ABBREVIATIONS: ReadonlySet<string> = new Set([
  ...['k.A.', 'k. A.', 'k.a.', 'n.d.', 'n. d.', 'n.a.', 'N.A.', 's.d.', 'NA NA', 'ND ND'],
  ...['o.A.', 'o. A.', 'b.d.', 'b. d.', 'bd.', 'nil', 'Array']
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
  'en blanco',
  ...['vide', 'vazio', 'vuoto', 'leeg', 'prázdné', 'üres', 'boş', 'tomt', 'tyhjä', 'пусто']
])
