import { seeded } from './fit-weights.ts'
import type { LabelledRow } from './labelled-leads.ts'
import { withErrors } from './lead-errors.ts'
import type { Draw, LeadCells } from './lead-errors.ts'
import { POPULATIONS } from './own-names.ts'
import type { Population } from './own-names.ts'

/** A person, and the kind of hard negative they are to another, or an empty text. */
interface Person {
  cells: LeadCells
  group: string
}

/** How many leads of 1,000 persons there are, and of how many persons of 1,000 there is a hard negative. */
const LEADS_PER_1000 = 1430
const HARD_PER_1000 = 120
/** How many of 1,000 have a surname of their own. */
const RARE_PER_1000 = 550

/**
 * Leads of invented persons of Poland, Spain and Britain, in a random order of arrival: persons who return, with
 * errors, and persons who share what families, colleagues and namesakes share. The seed decides all of it.
 */
export function ownPopulation(persons: number, seed: number): LabelledRow[] {
  const draw = seeded(seed)
  TAKEN.clear()
  const all: Person[] = []
  while (all.length < persons) {
    const person = newPerson(draw)
    all.push({ cells: person, group: '' })
    if (draw() * 1000 < HARD_PER_1000) all.push(hardNegative(person, draw))
  }
  const rows = all.flatMap(({ cells, group }, cluster) =>
    Array.from({ length: leadsOf(draw) }, () => {
      const lead = withErrors(changed(cells, draw), draw)
      return { ...lead, cluster: String(cluster), group, at: draw() }
    })
  )
  return rows
    .toSorted((a, b) => a.at - b.at)
    .map(({ cells, cluster, group, ops }, place) => ({
      id: String(place + 1),
      cluster,
      cells,
      group,
      ops
    }))
}

/** One lead, or several: on average as many as `LEADS_PER_1000` says. */
function leadsOf(draw: Draw): number {
  let leads = 1
  while (leads < 6 && draw() < 1 - 1000 / LEADS_PER_1000) leads += 1
  return leads
}

function pick<T>(values: readonly T[], draw: Draw): T {
  const value = values[Math.floor(draw() * values.length)]
  if (value === undefined) throw new Error('Nothing to pick from')
  return value
}

function newPerson(draw: Draw): LeadCells {
  const people = pick(POPULATIONS, draw)
  // Few names are very common: the square draws the first ones of a list more often.
  const common = (names: readonly string[]) =>
    names[Math.floor(draw() ** 2 * names.length)] ?? pick(names, draw)
  const first = common(people.first)
  const isRare = draw() * 1000 < RARE_PER_1000
  const last = lastName(isRare ? rareSurname(people, draw) : common(people.last), first, people)
  const second = people.country === 'ES' && draw() < 0.6 ? ` ${common(people.last)}` : ''
  const place = pick(people.places, draw)
  return {
    first_name: first,
    last_name: last + second,
    email: mailbox(first, last, people, draw),
    phone: phone(people, draw),
    postal_code: place.code.replace(/#/g, () => String(Math.floor(draw() * 10))),
    city: place.city,
    company: '',
    country: people.country
  }
}

function rareSurname({ syllables, endings }: Population, draw: Draw): string {
  const word = pick(syllables, draw) + pick(syllables, draw) + pick(endings, draw)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Polish surnames of women. */
function lastName(name: string, first: string, { country }: Population): string {
  return country === 'PL' && first.endsWith('a') ? name.replace(/([sc])ki$/, '$1ka') : name
}

function mailbox(first: string, last: string, { providers }: Population, draw: Draw): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('ł', 'l')
      .normalize('NFD')
      .replace(/[^a-z]/g, '')
  const [one, other] = [plain(first), plain(last)]
  const digits = draw() < 0.35 ? String(Math.floor(draw() * 90 + 10)) : ''
  const forms = [`${one}.${other}`, `${one}${other}`, `${one.charAt(0)}${other}`, `${other}.${one}`]
  const handle = `${pick(['sun', 'max', 'vip', 'luna', 'kot', 'auto'], draw)}${Math.floor(draw() * 900)}`
  const local = draw() < 0.12 ? handle : pick(forms, draw)
  const host = pick(providers, draw)
  let address = `${local}${digits}@${host}`
  while (TAKEN.has(address)) address = `${local}${Math.floor(draw() * 900 + 100)}@${host}`
  TAKEN.add(address)
  return address
}

/** Two persons never have one address by chance. */
const TAKEN = new Set<string>()

function phone({ mobiles, digits }: Population, draw: Draw): string {
  const start = pick(mobiles, draw)
  const rest = Array.from({ length: digits - start.length }, () => Math.floor(draw() * 10))
  return start + rest.join('')
}

/** A person whom a careless matcher takes for this one. */
function hardNegative(person: LeadCells, draw: Draw): Person {
  const stranger = newPerson(draw)
  const people =
    POPULATIONS.find(({ country }) => country === person.country) ?? pick(POPULATIONS, draw)
  const first = pick(
    people.first.filter((name) => name !== person.first_name),
    draw
  )
  const kinds: Record<string, () => Partial<LeadCells>> = {
    family: () => ({
      first_name: first,
      phone: draw() < 0.6 ? person.phone : phone(people, draw),
      email: draw() < 0.5 ? person.email : mailbox(first, person.last_name, people, draw)
    }),
    namesake: () => ({
      phone: phone(people, draw),
      email: mailbox(person.first_name, person.last_name, people, draw),
      ...(draw() < 0.5 ? { postal_code: stranger.postal_code, city: '' } : {})
    }),
    same_name_family: () => ({
      phone: draw() < 0.1 ? person.phone : phone(people, draw),
      email: mailbox(person.first_name, person.last_name, people, draw)
    }),
    recycled_phone: () => ({ ...stranger, phone: person.phone, country: person.country }),
    next_number: () => ({
      ...stranger,
      country: person.country,
      phone: person.phone.slice(0, -1) + String((Number(person.phone.slice(-1)) + 1) % 10)
    })
  }
  const [group, make] = pick(Object.entries(kinds), draw)
  return { cells: { ...person, ...make() }, group }
}

/** What changes in the life of a person between leads. */
function changed(cells: LeadCells, draw: Draw): LeadCells {
  const people =
    POPULATIONS.find(({ country }) => country === cells.country) ?? pick(POPULATIONS, draw)
  const isOther = (perThousand: number) => draw() * 1000 < perThousand
  return {
    ...cells,
    ...(isOther(30) ? { phone: phone(people, draw) } : {}),
    ...(isOther(30) ? { email: mailbox(cells.first_name, cells.last_name, people, draw) } : {}),
    ...(isOther(120)
      ? { first_name: people.nicknames.get(cells.first_name) ?? cells.first_name }
      : {}),
    ...(isOther(400) ? { last_name: cells.last_name.split(' ')[0] ?? '' } : {}),
    ...(isOther(130) ? { first_name: cells.first_name.toLowerCase() } : {}),
    ...(isOther(150) ? { postal_code: '' } : {}),
    ...(isOther(150) ? { city: '' } : {})
  }
}
