/** Whether a value of this name is a number of a fax, which is no phone of a person. */
export function isOfFax(name: string): boolean {
  return /fax|faks/i.test(name)
}

/** Whether a value of this name is an id, a day or an amount, or is about another than the person. */
export function holdsNoPoint(name: string): boolean {
  return isOfFax(name) || OTHERS.test(name) || PEOPLE.test(name)
}

/** The dealer's people, the receivers of a form, and friends who told of the dealer. */
const PEOPLE =
  /sales|seller|agent|advis[eo]r|consultant|assigned|(?:contact|lead|account|record|deal)[ _-]?owner|dealer|handlow|opiekun|doradc|sprzedawc|salon|vendedor|asesor|verk(?:ä|ae?)ufer|berater|admin|webmaster|recipient|odbiorc|destinatari|empf(?:ä|ae?)nger|friend|znajom|amig[oa]|freund|polecaj|referr|(?:^|[^a-z])(?:to|b?cc)$/i

const OTHERS =
  /id$|code|zip|post|tax|nip$|pesel|dni|ssn|birth|date|price|income|vendor|provider|prefi[xj]|vorwahl|kierunk/i
