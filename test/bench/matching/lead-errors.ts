/** A lead as a row of a list: the texts that a sender wrote. */
export interface LeadCells {
  first_name: string
  last_name: string
  email: string
  phone: string
  postal_code: string
  city: string
  company: string
  country: string
}

export type Draw = () => number

interface ErrorKind {
  name: string
  /** In how many leads of 1,000 that it can happen in. */
  perThousand: number
  /** The cells with the error, or null where it can't happen. */
  make: (cells: LeadCells, draw: Draw) => Partial<LeadCells> | null
}

/** The lead with errors, each by chance, and their names. */
export function withErrors(
  cells: LeadCells,
  draw: Draw,
  rate = 1
): { cells: LeadCells; ops: string[] } {
  let [current, ops]: [LeadCells, string[]] = [cells, []]
  for (const { name, perThousand, make } of ERROR_KINDS) {
    if (draw() * 1000 >= perThousand * rate) continue
    const changed = make(current, draw)
    if (changed === null) continue
    current = { ...current, ...changed }
    ops = [...ops, name]
  }
  return { cells: current, ops }
}

function pick<T>(values: readonly T[], draw: Draw, otherwise: T): T {
  return values[Math.floor(draw() * values.length)] ?? otherwise
}

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')

/** A letter wrong, missing, doubled, or in the place of its neighbour. */
export function withSlip(text: string, draw: Draw): string {
  if (text.length < 3) return text
  const at = 1 + Math.floor(draw() * (text.length - 2))
  const [head, letter, next, tail] = [
    text.slice(0, at),
    text.charAt(at),
    text.charAt(at + 1),
    text.slice(at + 2)
  ]
  const kind = Math.floor(draw() * 4)
  if (kind === 0) return head + pick(LETTERS, draw, 'a') + next + tail
  if (kind === 1) return head + next + tail
  if (kind === 2) return head + letter + letter + next + tail
  return head + next + letter + tail
}

function withDigitSlip(text: string, draw: Draw): string | null {
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index).slice(3)
  if (places.length < 4) return null
  const at = pick(places, draw, 0)
  const digit = (Number(text.charAt(at)) + 1 + Math.floor(draw() * 9)) % 10
  return text.slice(0, at) + String(digit) + text.slice(at + 1)
}

function localSlip({ email }: LeadCells, draw: Draw): Partial<LeadCells> | null {
  const at = email.indexOf('@')
  return at < 4 ? null : { email: withSlip(email.slice(0, at), draw) + email.slice(at) }
}

function domainSlip({ email }: LeadCells, draw: Draw): Partial<LeadCells> | null {
  const at = email.indexOf('@')
  return at < 1 ? null : { email: email.slice(0, at + 1) + withSlip(email.slice(at + 1), draw) }
}

function relay({ email }: LeadCells, draw: Draw): Partial<LeadCells> | null {
  if (email === '') return null
  const code = Math.floor(draw() * 1e8).toString(36)
  return { email: `lead-${code}${Math.floor(draw() * 900 + 100)}@reply.portal.example` }
}

const PLACEHOLDER_EMAILS = ['test@test.com', 'brak@brak.pl', 'none@none.com', 'no@mail.es']
const PLACEHOLDER_PHONES = ['000000000', '111111111', '123456789', '999999999', '600000000']

const SURNAMES =
  'Nowak Zalewska Duda Mazurek Wilk Lis Socha Romero Ortega Navarro Serrano Vidal Harris Cooper Bell Ward'.split(
    ' '
  )

const ERROR_KINDS: readonly ErrorKind[] = [
  {
    name: 'typo_first',
    perThousand: 30,
    make: ({ first_name }, draw) => (first_name ? { first_name: withSlip(first_name, draw) } : null)
  },
  {
    name: 'typo_last',
    perThousand: 40,
    make: ({ last_name }, draw) => (last_name ? { last_name: withSlip(last_name, draw) } : null)
  },
  {
    name: 'typo_both',
    perThousand: 5,
    make: ({ first_name, last_name }, draw) => ({
      first_name: withSlip(first_name, draw),
      last_name: withSlip(last_name, draw)
    })
  },
  {
    name: 'no_first',
    perThousand: 7,
    make: ({ last_name }) => (last_name ? { first_name: '' } : null)
  },
  {
    name: 'no_last',
    perThousand: 10,
    make: ({ first_name }) => (first_name ? { last_name: '' } : null)
  },
  {
    name: 'initial',
    perThousand: 8,
    make: ({ first_name }) => (first_name ? { first_name: `${first_name.charAt(0)}.` } : null)
  },
  {
    name: 'second_surname_only',
    perThousand: 15,
    make: ({ last_name }) => {
      const words = last_name.trim().split(' ')
      return words.length === 2 ? { last_name: words[1] ?? '' } : null
    }
  },
  {
    name: 'swapped',
    perThousand: 8,
    make: ({ first_name, last_name }) =>
      first_name && last_name ? { first_name: last_name, last_name: first_name } : null
  },
  {
    name: 'full_in_one',
    perThousand: 10,
    make: ({ first_name, last_name }, draw) => {
      if (!first_name || !last_name) return null
      return draw() < 0.5
        ? { first_name: `${first_name} ${last_name}`, last_name: '' }
        : { first_name: '', last_name: `${last_name} ${first_name}` }
    }
  },
  {
    name: 'surname_changed',
    perThousand: 3,
    make: ({ first_name, last_name }, draw) =>
      /a\s*$/i.test(first_name) && last_name ? { last_name: pick(SURNAMES, draw, '') } : null
  },
  { name: 'proxy_email', perThousand: 30, make: relay },
  { name: 'email_local_typo', perThousand: 8, make: localSlip },
  { name: 'email_domain_typo', perThousand: 8, make: domainSlip },
  {
    name: 'placeholder_email',
    perThousand: 6,
    make: (_, draw) => ({ email: pick(PLACEHOLDER_EMAILS, draw, '') })
  },
  { name: 'no_email', perThousand: 15, make: ({ phone }) => (phone ? { email: '' } : null) },
  {
    name: 'phone_typo',
    perThousand: 7,
    make: ({ phone }, draw) => {
      const slipped = withDigitSlip(phone, draw)
      return slipped === null ? null : { phone: slipped }
    }
  },
  {
    name: 'placeholder_phone',
    perThousand: 5,
    make: (_, draw) => ({ phone: pick(PLACEHOLDER_PHONES, draw, '') })
  },
  { name: 'no_phone', perThousand: 15, make: ({ email }) => (email ? { phone: '' } : null) },
  { name: 'no_postal', perThousand: 30, make: () => ({ postal_code: '' }) },
  { name: 'no_city', perThousand: 30, make: () => ({ city: '' }) },
  {
    name: 'postal_typo',
    perThousand: 4,
    make: ({ postal_code }, draw) =>
      postal_code ? { postal_code: withSlip(postal_code, draw) } : null
  },
  {
    name: 'city_typo',
    perThousand: 6,
    make: ({ city }, draw) => (city ? { city: withSlip(city, draw) } : null)
  }
]
