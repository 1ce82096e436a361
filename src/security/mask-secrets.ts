/**
 * The secrets in a stored message: signed addresses of pages (`/l/`, `/c/`, `/p/`, `/w/`, `/u/`), and secrets by their kind.
 * A masked one keeps how it begins.
 */
const SIGNED_ADDRESS = /(\/[clpuw]\/)[\w-]{40,}/g
const STAFF_ADDRESS = /(\/[clpw]\/)[\w-]{40,}/g
const SECRET = /(lk_live_|l[picu]_|rt_)[0-9A-Za-z]{40,}/g

/** Secrets that act as a promoter. They are shown to their recipient only. */
const PROMOTER_SECRET = /(l[pi]_)[0-9A-Za-z]{40,}/g

/**
 * What is masked: every secret; what opens a page as a colleague does, too; or only those that no other
 * reader may have.
 */
export type Masking = 'all' | 'staff' | 'promoters'

const PATTERNS: Readonly<Record<Masking, readonly RegExp[]>> = {
  all: [SIGNED_ADDRESS, SECRET],
  staff: [STAFF_ADDRESS, PROMOTER_SECRET],
  promoters: [PROMOTER_SECRET]
}

/** A raw mail (RFC 5322) with its secrets masked, in its headers and in each of its parts. */
export function maskSecrets(raw: string, masking: Masking): string {
  const bytes = Buffer.from(raw, 'utf8').toString('latin1')
  const boundaries = new Set([...bytes.matchAll(/boundary="([^"\r\n]+)"/g)].map(([, name]) => name))
  const parts: string[][] = [[]]
  for (const line of bytes.split('\r\n')) {
    parts.at(-1)?.push(line)
    const isBoundary = line.startsWith('--') && boundaries.has(line.slice(2))
    if (isBoundary) parts.push([])
  }
  const masked = parts.map((lines) => maskPart(lines, PATTERNS[masking])).join('\r\n')
  return Buffer.from(masked, 'latin1').toString('utf8')
}

/** Masks a part in the encoding that its header names. */
function maskPart(lines: readonly string[], patterns: readonly RegExp[]): string {
  const blank = lines.indexOf('')
  const header = lines.slice(0, blank + 1).join('\r\n')
  const end = lines.findIndex((line, at) => at > blank && line.startsWith('--'))
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(header)?.[1]?.toLowerCase()
  const plain = () => mask(lines.join('\r\n'), patterns)
  if (encoding !== 'quoted-printable' && encoding !== 'base64') return plain()
  const isLast = encoding === 'quoted-printable' || end < 0
  const body = lines.slice(blank + 1, isLast ? undefined : end).join('\r\n')
  const rest = isLast ? [] : lines.slice(end)
  const again = encoding === 'base64' ? maskBase64(body, patterns) : maskQuoted(body, patterns)
  return [mask(header, patterns), again, ...rest].join('\r\n')
}

function maskQuoted(body: string, patterns: readonly RegExp[]): string {
  const whole = body.replaceAll('=\r\n', '')
  const masked = mask(whole, patterns)
  return masked === whole ? body : masked.split('\r\n').map(foldQuoted).join('\r\n')
}

/** Lines of quoted-printable have at most 76 characters; a coded byte stays in one of them. */
function foldQuoted(line: string): string {
  if (line.length <= 76) return line
  const folded = ['']
  for (const character of line.match(/=[0-9A-F]{2}|./g) ?? []) {
    const last = folded.at(-1) ?? ''
    if (last.length + character.length > 75) folded.push(character)
    else folded.splice(-1, 1, last + character)
  }
  return folded.join('=\r\n')
}

function maskBase64(body: string, patterns: readonly RegExp[]): string {
  const whole = Buffer.from(body, 'base64').toString('latin1')
  const masked = mask(whole, patterns)
  if (masked === whole) return body
  const encoded = Buffer.from(masked, 'latin1').toString('base64')
  return (encoded.match(/.{1,76}/g) ?? []).join('\r\n')
}

function mask(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replaceAll(pattern, '$1***'), text)
}
