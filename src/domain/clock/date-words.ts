// What stands around the numbers of a day.

/**
 * The months in English, Spanish, Polish, German, French, Italian, Portuguese, Dutch, Czech, Russian, Ukrainian, Turkish,
 * Romanian, Croatian and Finnish, folded; a word of three
 * letters or more may be cut off.
 */
const MONTHS = [
  'january enero styczen stycznia januar janner i janvier gennaio janeiro januari leden ledna январь января січень січня ocak ianuarie sijecanj sijecnja tammikuu',
  'february febrero luty lutego februar feber ii fevrier febbraio fevereiro februari unor unora февраль февраля лютии лютого subat februarie veljaca veljace helmikuu',
  'march marzo marzec marca marz mrz iii mars marzo marco maart brezen brezna март марта березень березня mart martie ozujak ozujka maaliskuu',
  'april abril kwiecien kwietnia iv avril aprile duben dubna апрель апреля квітень квітня nisan aprilie travanj travnja huhtikuu',
  'may mayo maj maja mai v maggio maio mei kveten kvetna маи мая травень травня mayis svibanj svibnja toukokuu',
  'june junio czerwiec czerwca juni vi juin giugno junho cerven cervna июнь июня червень червня haziran iunie kesakuu',
  'july julio lipiec lipca juli vii juillet luglio julho cervenec cervence июль июля липень липня temmuz iulie heinakuu',
  'august agosto sierpien sierpnia viii aout augustus srpen srpna август августа серпень серпня agustos kolovoz kolovoza elokuu',
  'september septiembre setiembre wrzesien wrzesnia ix septembre settembre setembro zari сентябрь сентября вересень вересня eylul septembrie rujan rujna syyskuu',
  'october octubre pazdziernik pazdziernika oktober x octobre ottobre outubro rijen rijna октябрь октября жовтень жовтня ekim octombrie lokakuu',
  'november noviembre listopad listopada xi novembre novembro ноябрь ноября листопада kasim noiembrie listopadu marraskuu',
  'december diciembre grudzien grudnia dezember xii decembre dicembre dezembro декабрь декабря грудень грудня aralik decembrie prosinec prosince prosinac prosinca joulukuu'
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
    'г года р року hod hodin saat ' +
    'понедельник вторник среда четверг пятница суббота воскресенье ' +
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
