/** Something the document has no element for, as a line of the comments. */
export interface Note {
  label: string
  text: string
}

/** Separates what the person wrote from what we add; a salesperson reads it, so it is a sentence. */
const MARKER = '--- Further details ---'
const INDENT = '    '

/** For lines under the marker that are none of ours. */
const UNLABELLED = 'Note'

/**
 * The comments of a lead: the person's words, then one `Label: value` line per note.
 *
 * Values of several lines continue indented. A message that itself contains the marker is always
 * followed by another one, so that `splitNotes` gives back exactly what was joined.
 */
export function joinNotes(message: string | null, notes: readonly Note[]): string | null {
  const isAmbiguous = message?.split('\n').some((line) => line.trim() === MARKER) ?? false
  if (notes.length === 0 && !isAmbiguous) return message
  const block = [MARKER, ...notes.map(writeNote)].join('\n')
  return message === null ? block : `${message}\n\n${block}`
}

/** Takes apart what `joinNotes` made; comments of others are a message without notes. */
export function splitNotes(comments: string): { message: string | null; notes: Note[] } {
  const lines = comments.split('\n')
  const start = lines.findLastIndex((line) => line.trim() === MARKER)
  if (start === -1) return { message: comments, notes: [] }
  const message = lines.slice(0, start).join('\n').trim()
  return { message: message === '' ? null : message, notes: readNotes(lines.slice(start + 1)) }
}

function writeNote({ label, text }: Note): string {
  const name = label.replace(/\s+/g, ' ').trim()
  return `${name}: ${text.split('\n').join(`\n${INDENT}`)}`.trimEnd()
}

function readNotes(lines: string[]): Note[] {
  const notes: Note[] = []
  for (const line of lines) {
    const last = notes.at(-1)
    if (last && (line.startsWith(INDENT) || line.trim() === '')) {
      last.text += `\n${line.slice(INDENT.length)}`
      continue
    }
    const end = /:(?= |$)/.exec(line)?.index ?? -1
    if (end > 0) notes.push({ label: line.slice(0, end), text: line.slice(end + 2) })
    else if (last?.label === UNLABELLED) last.text += `\n${line}`
    else notes.push({ label: UNLABELLED, text: line })
  }
  return notes.map(({ label, text }) => ({ label, text: text.trim() }))
}
