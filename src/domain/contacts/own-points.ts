import { mailProviders } from './mail-domains.ts'
import type { OwnPoints, PointParsing } from './point-parsing.ts'

/** The addresses, numbers and web pages of a dealer and its users. */
interface DealerPoints {
  emails: readonly string[]
  /** The addresses of the dealer, whose domain is its own. */
  mailboxes: readonly string[]
  phones: readonly string[]
  urls: readonly string[]
}

export function ownPointsOf(
  { emails, mailboxes, phones, urls }: DealerPoints,
  { country, parsePhone }: { country: string } & Pick<PointParsing, 'parsePhone'>
): OwnPoints {
  const hosts = [
    ...mailboxes.map((address) => address.slice(address.lastIndexOf('@') + 1)),
    ...urls.flatMap((url) => /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(url)?.[1] ?? [])
  ].map((host) => host.toLowerCase())
  return new Set([
    ...[...emails, ...mailboxes].map((address) => address.toLowerCase()),
    ...hosts.filter((host) => !MAIL_PROVIDERS.has(host)).map((host) => `@${host}`),
    ...phones.flatMap((phone) => parsePhone(phone, country) ?? [])
  ])
}

const MAIL_PROVIDERS: ReadonlySet<string> = new Set(mailProviders())

export function isOwnEmail(address: string, own: OwnPoints | undefined): boolean {
  if (own === undefined) return false
  const key = address.toLowerCase()
  return own.has(key) || own.has(key.slice(key.lastIndexOf('@')))
}
