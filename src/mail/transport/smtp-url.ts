/** The allowed parameters of an SMTP URL, so that a typing error is not ignored. */
const FLAGS = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized'] as const
const TEXTS = ['name', 'authMethod', 'tls.servername'] as const
const COUNTS = ['maxConnections', 'maxMessages', 'rateLimit', 'rateDelta'] as const
const KNOWN: readonly string[] = [...FLAGS, ...TEXTS, ...COUNTS]

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Reads `smtp://user:password@host:587` or `smtps://…` into nodemailer's options.
 *
 * Not left to nodemailer, which takes any option from the query: `?debug=true&logger=true` would
 * print every mail. And a password never goes out unencrypted, unless the server is this machine or
 * the URL says `requireTLS=false`: otherwise an attacker on the way could read it.
 *
 * Errors name the fault, never the URL: it holds the password.
 */
export function readSmtpUrl(smtpUrl: string) {
  const url = parse(smtpUrl)
  const query = url.searchParams
  const unknown = [...query.keys()].find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) throw new TypeError(`the SMTP URL has an unknown option ${unknown}`)

  const secure = url.protocol === 'smtps:'
  const hasLogin = url.username !== '' || url.password !== ''
  const requireTLS = flag(query, 'requireTLS') ?? (hasLogin && !LOOPBACK.test(url.hostname))
  const servername = query.get('tls.servername')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS,
    ignoreTLS: flag(query, 'ignoreTLS') ?? false,
    ...(hasLogin
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    tls: {
      rejectUnauthorized: flag(query, 'tls.rejectUnauthorized') ?? true,
      ...(servername === null ? {} : { servername })
    },
    ...texts(query),
    ...counts(query)
  }
}

function parse(smtpUrl: string): URL {
  if (!URL.canParse(smtpUrl)) throw new TypeError('the SMTP URL is malformed')
  const url = new URL(smtpUrl)
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') {
    throw new TypeError('the SMTP URL must begin with smtp:// or smtps://')
  }
  if (url.hostname === '') throw new TypeError('the SMTP URL names no host')
  return url
}

function flag(query: URLSearchParams, name: (typeof FLAGS)[number]): boolean | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  if (value !== 'true' && value !== 'false') {
    throw new TypeError(`${name} in the SMTP URL must be true or false`)
  }
  return value === 'true'
}

function texts(query: URLSearchParams): { name?: string; authMethod?: string } {
  const name = query.get('name')
  const authMethod = query.get('authMethod')
  return { ...(name === null ? {} : { name }), ...(authMethod === null ? {} : { authMethod }) }
}

function counts(query: URLSearchParams): Partial<Record<(typeof COUNTS)[number], number>> {
  return Object.fromEntries(
    COUNTS.filter((name) => query.has(name)).map((name) => {
      const value = Number(query.get(name))
      if (!Number.isInteger(value) || value < 1) {
        throw new TypeError(`${name} in the SMTP URL must be a whole number above zero`)
      }
      return [name, value]
    })
  )
}
