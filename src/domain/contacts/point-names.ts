/** Whether a value of this name is a number of a fax, which is no phone of a person. */
export function isOfFax(name: string): boolean {
  return /fax|faks/i.test(name)
}

/** Whether a value of this name is an id, a day or an amount, or is about another than the person. */
export function holdsNoPoint(name: string): boolean {
  return isOfFax(name) || OTHERS.test(name)
}

const OTHERS =
  /id$|code|zip|post|tax|nip$|pesel|dni|ssn|birth|date|price|income|vendor|provider|prefi[xj]|vorwahl|kierunk/i
