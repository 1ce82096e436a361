import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ApiKey } from '../../domain/access/api-key.ts'
import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { User } from '../../domain/access/user.ts'
import { ApiKeySchema, presentApiKey } from './api-key.ts'
import { Id, closed, nullable, oneOf, ref, requiredText } from '../shared.ts'
import { USER_EXAMPLE, UserSchema, presentUser } from './user.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const SignInSchema = Type.Object(
  {
    dealer: requiredText(60, 'The slug of the dealer.'),
    email: requiredText(254),
    password: requiredText(200)
  },
  {
    $id: 'SignIn',
    ...closed,
    examples: [
      {
        dealer: 'auto-krakow',
        email: 'anna.nowak@example.pl',
        password: 'correct horse battery staple'
      }
    ]
  }
)

export const RefreshSchema = Type.Object(
  { refreshToken: requiredText(200) },
  { $id: 'Refresh', ...closed, examples: [{ refreshToken: 'rt_<60 letters and digits>' }] }
)

export const TokensSchema = Type.Object(
  {
    accessToken: Type.String({ description: 'A JWT. Send it as a bearer token.' }),
    refreshToken: Type.String({
      description:
        'The token for the next refresh. It can be used once; a second use ends the session.'
    }),
    tokenType: oneOf(['Bearer']),
    expiresIn: Type.Integer({ description: 'The seconds for which the access token is valid.' })
  },
  {
    $id: 'Tokens',
    ...closed,
    examples: [
      {
        accessToken: '<header>.<claims>.<signature>',
        refreshToken: 'rt_<60 letters and digits>',
        tokenType: 'Bearer',
        expiresIn: 900
      }
    ]
  }
)

export const MeSchema = Type.Object(
  {
    type: oneOf(['user', 'key']),
    user: nullable(ref(UserSchema)),
    apiKey: nullable(ref(ApiKeySchema)),
    dealer: Type.Object(
      {
        id: Id(),
        name: Type.String(),
        slug: Type.String(),
        locale: oneOf(LOCALES),
        timeZone: Type.String(),
        country: Type.String(),
        currency: Type.String()
      },
      closed
    )
  },
  {
    $id: 'Me',
    ...closed,
    description: 'The caller: a user with role and grants, or an API key with scopes.',
    examples: [
      {
        type: 'user',
        user: USER_EXAMPLE,
        apiKey: null,
        dealer: {
          id: EXAMPLE_IDS.dealer,
          name: 'Auto Kraków',
          slug: 'auto-krakow',
          locale: 'pl',
          timeZone: 'Europe/Warsaw',
          country: 'PL',
          currency: 'PLN'
        }
      }
    ]
  }
)

export const authenticationSchemas = [SignInSchema, RefreshSchema, TokensSchema, MeSchema]

export function presentMe(
  who: { user: User } | { apiKey: ApiKey },
  { id, name, slug, locale, timeZone, country, currency }: Dealer
): Static<typeof MeSchema> {
  const dealer = { id, name, slug, locale, timeZone, country, currency }
  return 'user' in who
    ? { type: 'user', user: presentUser(who.user), apiKey: null, dealer }
    : { type: 'key', user: null, apiKey: presentApiKey(who.apiKey), dealer }
}
