/**
 * What a person wrote themselves: without the lines of an earlier message that a mail program put below a
 * reply. A text that begins with such lines is a forwarded one, and stays whole.
 */
export function unquotedText(text: string): string {
  const lines = text.split(/\r?\n/)
  const end = lines.findIndex((_, at) => isQuoteAt(lines, at))
  const own = (end === -1 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line))
  return own.some((line) => /[\p{L}\p{N}]/u.test(line)) ? own.join('\n') : text
}

/** Whether an earlier message begins at a line: by a rule, by who wrote it, or by its header. */
function isQuoteAt(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? ''
  if (line.length > MAX_LINE) return false
  if (RULE.test(line)) return true
  const next = (lines[at + 1] ?? '').trim().slice(0, MAX_LINE)
  if (/\d/.test(line) && (isIntroduction(line) || isIntroduction(`${line} ${next}`))) return true
  return SENDER.test(line) && lines.slice(at + 1, at + 4).some((other) => SENT.test(other.trim()))
}

/** `On Mon, 30 Nov 2026 at 10:00, Sales <sales@…> wrote:`, also where it is broken before its verb. */
function isIntroduction(line: string): boolean {
  return BEFORE_DATE.test(line) && line.endsWith(':') && WROTE.test(line)
}

const MAX_LINE = 300

/** `-----Original Message-----` in the languages of mail programs. */
const RULE =
  /^-{2,} ?(?:original message|mensaje original|oryginalna wiadomość|wiadomość oryginalna|ursprüngliche nachricht|original-nachricht|originalnachricht) ?-{2,}$/i
const BEFORE_DATE = /^(?:on|el|le|am|w dniu|dnia|\p{L}{2,12}\.?,|\d)/iu
const WROTE = /(?<!\p{L})(?:wrote|escribió|escribio|napisał(?:\(a\)|a)?|pisze|schrieb)(?!\p{L})/iu
const SENDER = /^\*?(?:from|de|od|von)\*?:\*? ?\S/i
const SENT = /^\*?(?:sent|date|enviado(?: el)?|fecha|wysłano|data|gesendet|datum)\*?:/i
