/** The first line of a file whose cells are all between such quotes: “Name”, „Name”, «Name» or 'Name'. */
const FIRST_LINE =
  /^[\s\ufeff]{0,9}(?:([“„”«])[^“”„«»"\n]{1,200}([”“»])|(')[^'\n]{1,200}('))[ ]?([,;|\t])[ ]?(?:\1|\3)/
const MAX_LINE = 10_000

/** Puts the usual quotes in the place of others around the cells of a table, piece by piece. */
export class OtherQuotes {
  readonly #pattern: RegExp
  /** The last character of the pieces before, and the one that waits for what follows it. */
  #before = '\n'
  #held = ''

  constructor(open: string, close: string) {
    this.#pattern = new RegExp(String.raw`(?<=[,;|\t\n]\s?)${open}|${close}(?=\s?[,;|\t\n])`, 'g')
  }

  /** The text of a piece, up to what the next one decides. */
  replace(piece: string): string {
    return this.#read(this.#held + piece, HELD)
  }

  /** The text that waited. */
  end(): string {
    return this.#read(`${this.#held}\n`, 1)
  }

  #read(all: string, held: number): string {
    const end = Math.max(all.length - held, 0)
    const read = (this.#before + all).replace(this.#pattern, '"')
    const { length } = this.#before
    this.#held = all.slice(end)
    const text = read.slice(length, length + end)
    if (end > 0) this.#before = all.slice(Math.max(end - HELD, 0), end)
    return text
  }
}

/** A quote, a blank behind it and a separator. */
const HELD = 2

/** The quotes of a table that are not the usual ones, by its beginning; null: it has others or none. */
export function otherQuotes(head: string): OtherQuotes | null {
  const [, curlyOpen, curlyClose, straightOpen, straightClose] = FIRST_LINE.exec(head) ?? []
  const [open, close] = [curlyOpen ?? straightOpen, curlyClose ?? straightClose]
  const line = head.slice(0, MAX_LINE).split('\n', 1)[0]?.trim() ?? ''
  const areAll = open !== undefined && close !== undefined && line.endsWith(close)
  return areAll && !line.includes('"') ? new OtherQuotes(open, close) : null
}
