import type { WorkingHours } from '../clock/working-hours.ts'
import type { PostalAddress } from '../leads/lead.ts'
import type { MatchingPolicy } from '../matching/matching-policy.ts'

export const LOCALES = ['en', 'es', 'pl'] as const
export type Locale = (typeof LOCALES)[number]

/** The locale of a language tag, such as `pl-PL`; undefined: the service does not speak it. */
export function localeOfLanguage(language: string): Locale | undefined {
  return LOCALES.find((locale) => locale === language.split('-')[0])
}

/** Where an ADF receiver looks for the document; receivers differ, and most refuse the others. */
export const ADF_PLACEMENTS = ['body', 'attachment', 'both'] as const
export type AdfPlacement = (typeof ADF_PLACEMENTS)[number]

/** Who gets leads that users enter: their author, or the assignment rules before the author. */
export const ENTERED_LEADS = ['author', 'rules'] as const
export type EnteredLeads = (typeof ENTERED_LEADS)[number]

/** How a member’s lead is linked to a client of a colleague. */
export const COLLEAGUE_LINKS = ['at_once', 'ask', 'no'] as const
export type ColleagueLinks = (typeof COLLEAGUE_LINKS)[number]

/**
 * What a move to `lost` or `deleted` must say: one of the dealer's reasons, one of them or a text, or
 * nothing.
 */
export const STATUS_REASON_RULES = ['listed', 'required', 'optional'] as const
export type StatusReasonRule = (typeof STATUS_REASON_RULES)[number]

/** The settings of a dealer for captures and notifications. Every member has a default. */
export interface DealerSettings {
  /** How long a second request by the same person about the same vehicle counts as a repeat. */
  duplicateWindowHours: number
  /** Whether a lead with `duplicateOf` is announced like any other. */
  announceDuplicates: boolean
  /** How people are compared. */
  matchingPolicy: MatchingPolicy
  /** Whether a person's next lead goes to the user who already has them. */
  keepOwner: boolean
  /** Whose a lead is that a user entered: the user's, or first of all as the rules say. */
  ownEnteredLeads: EnteredLeads
  /** Whether members are shown the clients of colleagues that match their leads. */
  matchesShowColleaguesClients: boolean
  /** Whether members may link their leads to those clients. */
  linkToColleaguesClient: ColleagueLinks
  /** What a move to `lost` or `deleted` must say. */
  statusReasons: StatusReasonRule
  /** The shared mailbox that hears of every lead, or null: off. */
  leadAddress: string | null
  /** The mailbox of the dealer's CRM that reads ADF, or null: off. */
  adfAddress: string | null
  adfPlacement: AdfPlacement
  /** Subject of ADF mails; `{dealer}`, `{source}` and `{id}` are replaced. */
  adfSubject: string
  /** The only address that is notified of leads with `isTest`; null for no notification. */
  testAddress: string | null
  /** Whether mails show income, housing cost and the like. */
  mailPrequalification: boolean
  /** Whether mails to staff about a lead have the person's e-mail address as `Reply-To`. */
  replyToPerson: boolean
  /** The user who gets the leads of a referral link when its user can't. Null: the default queue. */
  fallbackAssigneeId: string | null
  /** The percentage of a sale that is credited to the user of the lead's referral link. */
  referralCreditPercent: number
  /** The dealer's own screen of a lead, with `{id}`, or null: a page of ours. */
  leadUrl: string | null
  /** The dealer's own screen of a client, with `{id}`, or null: links lead to none. */
  clientUrl: string | null
  /** The dealer's own screen of a promoter, with `{id}`, or null: a page of ours. */
  promoterUrl: string | null
  /** Where `GET /r/{code}` sends visitors of links without a target of their own. */
  landingPage: string | null
  /** The dealer's page for invited promoters, which gets `?invitation=<secret>`, or null: ours. */
  invitationPage: string | null
  /** The dealer's page for promoters, which gets `?promoter=<secret>`, or null: ours. */
  promoterPage: string | null
  /** Origins of the dealer's web pages, whose scripts may use the public routes of referral links. */
  webOrigins: string[]
  /** Origins of the dealer's own screens, whose scripts may use /v1 with a credential. */
  apiOrigins: string[]
  /** Where a browser goes after a form to a referral link was stored, or null: to a page of ours. */
  formThanksUrl: string | null
  /** Where it goes after a form that could not be stored, or null: to a page of ours. */
  formErrorUrl: string | null
  /**
   * The response limit in minutes of working time; null for no limit. The assignment rules for
   * `overdue` say what happens after it.
   */
  responseLimitMinutes: number | null
  /** Minutes of working time after which a warning goes ahead of that, or null: none does. */
  responseWarningMinutes: number | null
  /** Minutes of working time after which an offer expires. */
  offerMinutes: number
  /** Days after which a temperature that a person set cools by one step, or null: it stays. */
  temperatureHoldDays: number | null
}

export const DEFAULT_DEALER_SETTINGS: DealerSettings = {
  duplicateWindowHours: 24,
  announceDuplicates: true,
  matchingPolicy: 'fuzzy',
  keepOwner: true,
  ownEnteredLeads: 'rules',
  matchesShowColleaguesClients: true,
  linkToColleaguesClient: 'at_once',
  statusReasons: 'required',
  leadAddress: null,
  adfAddress: null,
  adfPlacement: 'body',
  adfSubject: 'New lead for {dealer} from {source}',
  testAddress: null,
  mailPrequalification: false,
  replyToPerson: true,
  fallbackAssigneeId: null,
  referralCreditPercent: 50,
  leadUrl: null,
  clientUrl: null,
  promoterUrl: null,
  landingPage: null,
  invitationPage: null,
  promoterPage: null,
  webOrigins: [],
  apiOrigins: [],
  formThanksUrl: null,
  formErrorUrl: null,
  responseLimitMinutes: null,
  responseWarningMinutes: null,
  offerMinutes: 120,
  temperatureHoldDays: 14
}

/** The tenant, as far as rules and messages need it. */
export interface Dealer {
  id: string
  name: string
  slug: string
  locale: Locale
  /** IANA name. */
  timeZone: string
  /** ISO 3166-1 alpha-2; also the region of phones without a prefix. */
  country: string
  /** ISO 4217. */
  currency: string
  email: string | null
  phone: string | null
  url: string | null
  address: PostalAddress | null
  settings: DealerSettings
  /** Null: every minute is working time. */
  workingHours: WorkingHours | null
  version: number
  createdAt: Date
  updatedAt: Date
}
