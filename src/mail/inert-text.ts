/**
 * Makes text that a stranger typed safe to show to a dealer's staff: it stays readable, and can
 * neither reorder what stands around it, nor hide, nor become a link in a mail client.
 */

/** Overrides, embeddings, isolates and marks that change the direction of the text after them. */
const BIDI_CONTROLS = /\p{Bidi_Control}/gu

/** Characters that show nothing and only serve to hide or to fingerprint text. */
const INVISIBLE = /[\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const LINE_BREAKS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/gu

/**
 * Keeps line breaks (as `\n`) and removes all other invisible characters. Addresses are broken up
 * (`https[:]//`, `www[.]`) because mail clients turn them into links, in HTML and in plain text. The
 * links in our mails are made by us: to our own service, or to call or write to the person.
 */
export function inertText(text: string): string {
  return text
    .replace(LINE_BREAKS, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(BIDI_CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(/:(?=\/\/)/g, '[:]')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}[.]`)
    .trim()
}

/** The same on one line, for subjects, labels and display names. */
export function inertLine(text: string): string {
  return inertText(text).replace(/\s+/gu, ' ')
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Shortens a line by whole characters as a reader counts them, so no accent or emoji is cut. */
export function shorten(line: string, limit: number): string {
  // A character as a reader counts them has one unit or more.
  if (line.length <= limit) return line
  // Bounds the work on hostile input: a single "character" may have any number of accents.
  const start = Array.from(line.slice(0, limit * 8))
    .slice(0, limit * 4)
    .join('')
  const characters = Array.from(SEGMENTER.segment(start), ({ segment }) => segment)
  const isWhole = characters.length <= limit && start === line
  return isWhole
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}
