// What stands around the numbers of a day.

/**
 * The months in English, Spanish, Polish, German, French, Italian, Portuguese, Dutch and Czech; a word of three
 * letters or more may be cut off.
 */
const MONTHS = [
  'january enero styczen stycznia januar janner i janvier gennaio janeiro januari leden ledna',
  'february febrero luty lutego februar feber ii fevrier febbraio fevereiro februari unor unora',
  'march marzo marzec marca marz mrz iii mars marzo marco maart brezen brezna',
  'april abril kwiecien kwietnia iv avril aprile duben dubna',
  'may mayo maj maja mai v maggio maio mei kveten kvetna',
  'june junio czerwiec czerwca juni vi juin giugno junho cerven cervna',
  'july julio lipiec lipca juli vii juillet luglio julho cervenec cervence',
  'august agosto sierpien sierpnia viii aout augustus srpen srpna',
  'september septiembre setiembre wrzesien wrzesnia ix septembre settembre setembro zari',
  'october octubre pazdziernik pazdziernika oktober x octobre ottobre outubro rijen rijna',
  'november noviembre listopad listopada xi novembre novembro',
  'december diciembre grudzien grudnia dezember xii decembre dicembre dezembro'
].map((names) => names.split(' '))

/** The month that a folded word names, 1 to 12, or null. */
export function monthOf(word: string): number | null {
  const at = MONTHS.findIndex((names) =>
    names.some((name) => name === word || (word.length >= 3 && name.startsWith(word)))
  )
  return at === -1 ? null : at + 1
}

/** Words around a day that say nothing of it: the weekday, endings of ordinals, little words. */
const IGNORED = new Set(
  (
    'st nd rd th de del d r rok roku dnia den der at um o godz godzina a las la on el ' +
    'mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday ' +
    'lun lunes mar martes mie miercoles jue jueves vie viernes sab sabado dom domingo ' +
    'pon poniedzialek wt wtorek sr sroda czw czwartek pt pia piatek sob sobota nie ndz niedziela ' +
    'dn w dniu dnu vom le il em alle ore kl klo kell hs o ' +
    'lundi mardi mercredi jeudi vendredi samedi dimanche lunedi martedi mercoledi giovedi venerdi sabato domenica ' +
    'segunda terca quarta quinta sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ' +
    'mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag'
  )
    .split(' ')
    // `mar` is a month too, and that is more use.
    .filter((word) => word !== 'mar')
)

/** Whether a folded word around a day says nothing of it. */
export function isSaidOfNoDay(word: string): boolean {
  return IGNORED.has(word)
}
