import { Type } from '@fastify/type-provider-typebox'

import {
  ADF_PLACEMENTS,
  COLLEAGUE_LINKS,
  ENTERED_LEADS,
  STATUS_REASON_RULES
} from '../../domain/dealers/dealer.ts'
import { MATCHING_POLICIES } from '../../domain/matching/matching-policy.ts'
import { Named } from '../named.ts'
import { closed, nullable, oneOf, requiredText } from '../shared.ts'
import { formed } from '../text-forms.ts'

/** An address on the web. */
export const Url = (description = 'http or https.') =>
  formed(requiredText(2000, description), 'web-address')

const Screen = (description: string) => formed(requiredText(2000, description), 'screen')

const Minutes = (description: string) => Type.Integer({ minimum: 1, maximum: 100_000, description })

/** The descriptions of settings, shared by the responses and the requests. */
const settings = {
  duplicateWindowHours: Type.Integer({
    minimum: 0,
    maximum: 8760,
    description:
      'The hours within which a second request of the same person about the same vehicle is a duplicate.'
  }),
  announceDuplicates: Type.Boolean({
    description:
      'Whether mails announce a duplicate as they announce other leads. `false`: it is stored, and no mail is sent.'
  }),
  matchingPolicy: oneOf(
    MATCHING_POLICIES,
    'How people are compared. `fuzzy`, the default: by all that is known of them, also where no ' +
      'e-mail address or phone number is the same; such a match is never `sure`. `exact`: by a ' +
      'common e-mail address or phone number, and then by the names.'
  ),
  keepOwner: Type.Boolean({
    description:
      'Whether the next lead of a known person is assigned to the user who already has the ' +
      'person.'
  }),
  ownEnteredLeads: oneOf(
    ENTERED_LEADS,
    'The assignment of a lead that a user enters without an assignee, of a person without a user. ' +
      '`rules`, the default: the assignment rules decide, and where none fits, the user who entered ' +
      'it. `author`: the user who entered it. That user can read the lead in any case.'
  ),
  matchesShowColleaguesClients: Type.Boolean({
    description:
      'Whether members see clients of colleagues among the matches of their leads: the name, the ' +
      'responsible user and what agrees.'
  }),
  linkToColleaguesClient: oneOf(
    COLLEAGUE_LINKS,
    'Whether members may link their leads to such a client. `at_once`: the link is made. `ask`: ' +
      'the responsible user of the client must agree. `no`: only users who see the client make links to it.'
  ),
  statusReasons: oneOf(
    STATUS_REASON_RULES,
    'What a move of a lead to the groups `lost` and `deleted` must say. `listed`: a reason of ' +
      '`GET /v1/status-reasons`. `required`, the default: one of them, or a text. `optional`: nothing.'
  ),
  leadAddress: nullable(
    formed(
      Type.String({
        maxLength: 254,
        description: 'The mailbox that gets a mail about each lead, for people. Null: none.'
      }),
      'email'
    )
  ),
  adfAddress: nullable(
    formed(
      Type.String({
        maxLength: 254,
        description:
          'The mailbox that gets each lead as ADF, such as that of the dealer’s CRM. Null: none.'
      }),
      'email'
    )
  ),
  adfPlacement: oneOf(ADF_PLACEMENTS, 'The place of the ADF document in the mail.'),
  adfSubject: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: /^[^\u0000-\u001f\u007f]+$/u.source,
    description:
      'The subject of ADF mails. `{dealer}`, `{source}` and `{id}` are replaced by the values ' +
      'of the lead.'
  }),
  testAddress: nullable(
    formed(
      Type.String({
        maxLength: 254,
        description: 'The only address that is notified of test leads.'
      }),
      'email'
    )
  ),
  mailPrequalification: Type.Boolean({
    description: 'Whether mails show prequalification data, such as income and housing cost.'
  }),
  replyToPerson: Type.Boolean({
    description:
      'Whether mails to staff about a lead have the person’s e-mail address as `Reply-To`, ' +
      'where the lead has a valid one, and mails to staff about a promoter the promoter’s. Mails to ' +
      'promoters never have it, and mails in which a colleague asks or answers have that colleague’s.'
  }),
  fallbackAssigneeId: nullable(
    Named('user', 'The user who gets the leads of a referral link when the user of the link can’t.')
  ),
  referralCreditPercent: Type.Integer({
    minimum: 0,
    maximum: 100,
    description:
      'The percentage of a sale that is credited to the user of the referral link, when another ' +
      'user sold. A change applies to later sales.'
  }),
  leadUrl: nullable(
    Screen(
      'The dealer’s own screen of a lead, an http or https address with `{id}`. Links in mails and ' +
        'calendars lead there. Null: to a page that opens for the recipient for a month.'
    )
  ),
  clientUrl: nullable(
    Screen(
      'The dealer’s own screen of a client, an http or https address with `{id}`. Links in mails, ' +
        'calendars and notifications lead there. Null: they lead to a page of the service.'
    )
  ),
  promoterUrl: nullable(
    Screen(
      'The dealer’s own screen of a promoter for users, an http or https address with `{id}`. Links in ' +
        'mails to users lead there. Null: to a page that opens for the recipient for a month.'
    )
  ),
  landingPage: nullable(
    formed(
      Type.String({
        maxLength: 2000,
        description:
          'The address that visitors of a referral link come to, where the link has no target of its own. Null: a page of the API.'
      }),
      'page'
    )
  ),
  invitationPage: nullable(
    formed(
      Type.String({
        maxLength: 2000,
        description:
          'The dealer’s page for invited promoters. Its URL gets the parameter `invitation` ' +
          'with the secret for `GET /v1/promoter-invitations/{secret}`. Null: the mail links to ' +
          'that operation, which is a page for browsers.'
      }),
      'page'
    )
  ),
  promoterPage: nullable(
    formed(
      Type.String({
        maxLength: 2000,
        description:
          'The dealer’s page for promoters. Its URL gets the parameter `promoter` with the ' +
          'secret of the promoter’s page. Null: mails link to `GET /v1/promoter-page/{secret}`, ' +
          'which is a page for browsers.'
      }),
      'page'
    )
  ),
  webOrigins: Type.Array(formed(requiredText(300), 'origin'), {
    maxItems: 20,
    description:
      'The origins of the dealer’s web pages, such as `https://www.dealer.example`. Scripts of these ' +
      'pages may use the public operations of referral links (CORS).'
  }),
  apiOrigins: Type.Array(formed(requiredText(300), 'origin'), {
    maxItems: 20,
    description:
      'The origins of the dealer’s own screens, such as `https://desk.dealer.example`. Their scripts may use ' +
      'all operations with an API key or access token of the dealer (CORS). Default: none.'
  }),
  formThanksUrl: nullable(
    formed(
      Type.String({
        maxLength: 2000,
        description:
          'The https page that a browser shows after a form was posted to a referral link. Null: a page ' +
          'of the API.'
      }),
      'https-address'
    )
  ),
  formErrorUrl: nullable(
    formed(
      Type.String({
        maxLength: 2000,
        description:
          'The https page that a browser shows when such a form could not be stored. Its URL gets the ' +
          'parameter `error` with the type of the problem, such as `unreachable-contact`. Null: a page ' +
          'of the API.'
      }),
      'https-address'
    )
  ),
  responseLimitMinutes: nullable(
    Minutes('The working minutes within which a user must act on a lead. Null: no limit.')
  ),
  responseWarningMinutes: nullable(
    Minutes(
      'The working minutes after which a warning is sent, before the response limit. Null: no ' +
        'warning.'
    )
  ),
  offerMinutes: Minutes('The working minutes after which an offer of a lead expires.'),
  temperatureHoldDays: nullable(
    Type.Integer({
      minimum: 1,
      maximum: 3650,
      description:
        'The days after which a temperature set by a user drops by one step. Null: never.'
    })
  )
}

export const DealerSettingsSchema = Type.Object(settings, { $id: 'DealerSettings', ...closed })

export const PatchDealerSettingsSchema = Type.Partial(Type.Object(settings), {
  $id: 'PatchDealerSettings',
  ...closed
})

const { fallbackAssigneeId: _, ...initialSettings } = settings

/** A new dealer has no users to name yet. */
export const InitialSettingsSchema = Type.Partial(Type.Object(initialSettings), {
  $id: 'InitialDealerSettings',
  ...closed
})

export const dealerSettingsSchemas = [
  DealerSettingsSchema,
  PatchDealerSettingsSchema,
  InitialSettingsSchema
]
