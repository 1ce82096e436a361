/**
 * A name that was encoded twice and then put into small or capital letters (`å»urek`, `WRÃ³BLEWSKI`), which
 * the readers of contacts leave. Only pairs that are letters of Spanish and Polish are turned back.
 */
export function withoutLowerMojibake(text: string): string {
  if (!/[ãåäâÃÅÄÂ][^\p{L}\s]/u.test(text)) return text
  return text.replace(
    /([ãåäÃÅÄ])([^\p{L}\s])/gu,
    (pair, lead: string, sign: string) => LETTERS.get(lead.toUpperCase() + sign) ?? pair
  )
}

/** What windows-1252 has where latin1 has control characters, by its bytes from 0x80 on. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const LETTERS = new Map(
  Array.from('áéíóúñüÁÉÍÓÚÑÜąćęłńśźżĄĆĘŁŃŚŹŻ').flatMap((letter): [string, string][] => {
    const bytes = new TextEncoder().encode(letter)
    const [lead = 0, second = 0] = bytes
    const head = String.fromCharCode(lead)
    const signs = [String.fromCharCode(second), HIGH.charAt(second - 0x80)]
    return signs.filter((sign) => sign !== '').map((sign) => [head + sign, letter])
  })
)
