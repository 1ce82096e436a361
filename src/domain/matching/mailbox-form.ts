import { fold } from '../text/fold.ts'
import { editDistance } from './edit-distance.ts'
import { FREE_DOMAINS, mailboxKind } from './known-mailboxes.ts'
import type { MailboxKind } from './known-mailboxes.ts'
import { mailboxOwner } from './mailbox-owner.ts'
import type { MailboxOwner } from './mailbox-owner.ts'
import type { NameForm } from './name-form.ts'

/** An e-mail address in the form it is compared in. */
export interface MailboxForm {
  kind: MailboxKind
  /** Without tag, and without the dots that Gmail ignores. */
  local: string
  /** As written, but for googlemail. */
  domain: string
  /** With a slip in the name of a known provider mended: never an address to send to. */
  repaired: string
  /** The letters of the local part, and its digits, of a year the last two. */
  letters: string
  digits: string
  owner: MailboxOwner
}

/** The form of an address, or null where it has no `@`. `name` is the person's. */
export function mailboxForm(address: string, name: NameForm): MailboxForm | null {
  const text = address.trim().toLowerCase().normalize('NFKC')
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1) return null
  const written = text.slice(at + 1).replace(/\.{1,5}$/, '')
  const domain = written === 'googlemail.com' ? 'gmail.com' : written
  const repaired = repairedDomain(domain)
  const tagless = withoutTag(text.slice(0, at))
  const local = repaired === 'gmail.com' ? tagless.replaceAll('.', '') : tagless
  const kind = mailboxKind(local, domain)
  const { letters, digits } = partsOf(local)
  const owner = kind === 'own' ? mailboxOwner(letters, name) : 'handle'
  return { kind, local, domain, repaired, letters, digits, owner }
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+')
  return plus > 0 ? local.slice(0, plus) : local
}

/** The known provider that a domain is a slip of; the domain itself where that is not certain. */
export function repairedDomain(domain: string): string {
  if (FREE_DOMAINS.has(domain)) return domain
  const known = REPAIRED.get(domain)
  if (known !== undefined) return known
  const found = nearestProvider(domain)
  if (REPAIRED.size >= MAX_REPAIRED) REPAIRED.clear()
  REPAIRED.set(domain, found)
  return found
}

const REPAIRED = new Map<string, string>()
const MAX_REPAIRED = 5000

function nearestProvider(given: string): string {
  const domain = given.replace(/[,;:\s]+/g, '.').replace(/\.{2,}/g, '.')
  if (FREE_DOMAINS.has(domain)) return domain
  const bare = domain.replaceAll('.', '')
  let [best, least, isUnique] = [domain, 3, true]
  for (const provider of FREE_DOMAINS) {
    if (provider.replaceAll('.', '') === bare) return provider
    const most = provider.length >= 9 ? 2 : 1
    // `wp.pl` and `op.pl`, `o2.pl` and `go2.pl`: short names are words of their own but for the ending.
    if (provider.length < 7 && !isShortSlip(domain, provider)) continue
    const distance = editDistance(domain, provider, most)
    if (distance > most || distance > least) continue
    isUnique = distance < least
    ;[best, least] = [provider, distance]
  }
  const prefixed = [...FREE_DOMAINS].filter((provider) => provider.startsWith(`${domain}.`))
  if (least > 2 && prefixed.length > 0) return prefixed[0] ?? domain
  return isUnique ? best : domain
}

function isShortSlip(domain: string, provider: string): boolean {
  const name = provider.slice(0, provider.indexOf('.'))
  return domain.startsWith(`${name}.`) && domain.length < provider.length + 2
}

function partsOf(local: string): { letters: string; digits: string } {
  const isPlain = /^[a-z\d._-]*$/.test(local)
  const letters = isPlain ? local.replace(/[\d._-]+/g, '') : fold(local).replace(/[^\p{L}]/gu, '')
  return { letters, digits: local.replace(/\D+/g, '').replace(/^(?:19|20)(?=\d\d$)/, '') }
}

/** Whether the address names its company: the mailboxes of colleagues share it. */
export function isCompanyDomain({ repaired, kind }: MailboxForm): boolean {
  return (kind === 'own' || kind === 'role') && !FREE_DOMAINS.has(repaired)
}
