import type { DealerSettings, Locale } from '../dealers/dealer.ts'
import type { Promoter } from './promoter.ts'

/** How long an invitation can be accepted, from when its mail is composed. */
const INVITATION_DAYS = 30

export function invitationEnd(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * 24 * 60 * 60 * 1000)
}

/** An invitation as shown to the holder of its secret. */
export interface Invitation {
  dealerName: string
  /** The team member under whom they were invited; null: the dealer itself. */
  invitedBy: string | null
  name: string | null
  /** The language they are written to in; null: the dealer's. */
  locale: Locale | null
  expiresAt: Date
}

/** Where an invitation leads: to the dealer's own page for it, else to ours. */
export function invitationUrl(
  { invitationPage }: Pick<DealerSettings, 'invitationPage'>,
  secret: string,
  publicUrl: string
): string {
  return invitationPage === null
    ? `${publicUrl}/v1/promoter-invitations/${secret}`
    : withParameter(invitationPage, 'invitation', secret)
}

/** The address of a promoter's own page: at the dealer's, else at ours. */
export function promoterPageUrl(
  { promoterPage }: Pick<DealerSettings, 'promoterPage'>,
  secret: string,
  publicUrl: string
): string {
  return promoterPage === null
    ? `${publicUrl}/v1/promoter-page/${secret}`
    : withParameter(promoterPage, 'promoter', secret)
}

function withParameter(page: string, name: string, value: string): string {
  const url = new URL(page)
  url.searchParams.set(name, value)
  return url.href
}

/** The name shown until the promoter gives one: the address of the invitation. */
export function provisionalName({ name, email }: { name: string | null; email: string }): string {
  return name ?? email
}

/** The name that the promoter or the inviting user gave; null without one. */
export function givenName({ name, email }: Pick<Promoter, 'name' | 'email'>): string | null {
  return name === email ? null : name
}
