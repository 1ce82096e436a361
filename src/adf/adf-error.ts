export type AdfErrorKind = 'doctype' | 'malformed' | 'too-complex'

/** Why a document was refused. The message quotes nothing of the document: it may be logged. */
export class AdfError extends Error {
  override readonly name = 'AdfError'
  readonly kind: AdfErrorKind
  /** 1-based, in the text as given. */
  readonly line: number
  /** 0-based. */
  readonly column: number

  constructor(kind: AdfErrorKind, reason: string, position: { line: number; column: number }) {
    const said = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`
    super(`${said} (line ${position.line}, column ${position.column + 1})`)
    this.kind = kind
    this.line = position.line
    this.column = position.column
  }
}

/** The place of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') - 1 }
}
