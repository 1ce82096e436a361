/** An encoded word of a mail's header, by its parts: RFC 2047. */
const MAIL_WORD = /=\?([\w-]{2,30})\?([qb])\?([^?\s]{0,400})\?=/gi
/** Two of them are one text, without the blank between. */
const BETWEEN_WORDS = /(?<=\?=)[ \t\r\n]{1,20}(?==\?[\w-]{2,30}\?[qb]\?)/gi
/** Escapes of JSON and of `escape()`. */
const UNICODE_ESCAPE = /(?:\\|%)u([\da-f]{4})/gi
const PERCENTS = /(?:%[\da-f]{2})+/gi

const ANY = /=\?[\w-]{2,30}\?[qb]\?|[\\%]u[\da-f]{4}|%[\da-f]{2}/i

/**
 * The text that was meant, where a program left it as headers of mails, addresses of pages or scripts have it:
 * `=?UTF-8?Q?=C5=81ukasz?=`, `%C5%81ukasz`, `Jan%20Kos`, `\u0141ukasz`, `%u0141ukasz`. Any other text is returned as it is.
 */
export function withoutTransferEncoding(text: string): string {
  if (!ANY.test(text)) return text
  const words = text
    .replace(BETWEEN_WORDS, '')
    .replace(MAIL_WORD, (given, charset: string, kind: string, word: string) =>
      orGiven(decodeWord(charset, kind, word), given)
    )
  const signs = words.replace(UNICODE_ESCAPE, (given, hex: string) => {
    const sign = String.fromCharCode(Number.parseInt(hex, 16))
    return /[\u00a0-\uffff]/.test(sign) ? sign : given
  })
  const read = isAddress(signs) ? signs : withoutPercents(signs)
  return read.isWellFormed() && !CONTROL.test(read.replace(/[\t\r\n]/g, '')) ? read : text
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function orGiven(read: string | null, given: string): string {
  return read ?? given
}

function decodeWord(charset: string, kind: string, word: string): string | null {
  const isBase64 = kind.toLowerCase() === 'b'
  if (isBase64 && !/^[\w+/]+={0,2}$/.test(word)) return null
  try {
    const bytes = isBase64
      ? atob(word)
      : word
          .replaceAll('_', ' ')
          .replace(/=([\da-f]{2})/gi, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16))
          )
    return decoded(bytes, charset)
  } catch {
    return null
  }
}

/** The text of characters that stand for bytes. Throws where they are none of the encoding. */
function decoded(bytes: string, charset: string): string {
  const codes = Uint8Array.from(bytes, (one) => one.charCodeAt(0))
  return new TextDecoder(charset, { fatal: true }).decode(codes)
}

/** Addresses of pages and their queries have percent signs of their own. */
function isAddress(text: string): boolean {
  return /[/=&?]/.test(text)
}

/** Certain only where a letter of UTF-8 is among them, or where no blank stands beside those in percent signs. */
function withoutPercents(text: string): string {
  const isLetter = /%[c-f][\da-f]%[89ab][\da-f]/i.test(text)
  const isBlank = /[\p{L}\p{N}.,]%20[\p{L}\p{N}]/u.test(text) && !/\s/.test(text)
  if (!isLetter && !isBlank) return text
  return text.replace(PERCENTS, (given) => {
    try {
      return decodeURIComponent(given)
    } catch {
      return given
    }
  })
}
