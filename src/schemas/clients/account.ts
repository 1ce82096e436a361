import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { NO_ACCOUNT_CONTENT } from '../../domain/clients/account.ts'
import type { Account, AccountContent } from '../../domain/clients/account.ts'
import { AddressInputSchema, AddressSchema, readAddress } from '../leads/contact.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { mergePatch } from '../merge-patch.ts'
import { Named } from '../named.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  pageOf,
  ref,
  requiredText,
  text,
  wordsText
} from '../shared.ts'
import { formed } from '../text-forms.ts'
import { EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

const ACCOUNT_EXAMPLE = {
  id: EXAMPLE_IDS.account,
  name: 'Auto Żółć sp. z o.o.',
  email: 'office@zolc.example',
  phone: '+48221234567',
  website: 'https://zolc.example',
  taxNumber: 'PL5260250274',
  address: LEAD_EXAMPLE.contact.address,
  description: 'Leases four cars a year.',
  responsibleUser: EXAMPLE_USER,
  createdFromLead: null,
  version: 1,
  createdAt: '2026-11-21T17:20:00.000Z',
  updatedAt: '2026-11-21T17:20:00.000Z'
} as const

export const AccountSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    email: nullable(Type.String()),
    phone: nullable(
      Type.String({ description: 'In E.164 format if the number is valid, otherwise as sent.' })
    ),
    website: nullable(Type.String()),
    taxNumber: nullable(Type.String()),
    address: nullable(ref(AddressSchema)),
    description: nullable(Type.String()),
    responsibleUser: nullable(ref(ReferenceSchema)),
    createdFromLead: nullable(Id('The id of the lead whose conversion created the account.')),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Account',
    ...closed,
    description: 'A company that clients belong to.',
    examples: [ACCOUNT_EXAMPLE]
  }
)

const name = wordsText()

const content = {
  email: Type.Optional(nullable(formed(requiredText(320), 'email'))),
  phone: Type.Optional(nullable(text(60, 'A phone number in any common form.'))),
  website: Type.Optional(nullable(formed(requiredText(2000, 'http or https.'), 'web-address'))),
  taxNumber: Type.Optional(nullable(text(40))),
  address: Type.Optional(nullable(ref(AddressInputSchema))),
  description: Type.Optional(nullable(text(20_000)))
}

export const CreateAccountSchema = Type.Object(
  {
    name,
    ...content,
    responsibleUserId: Type.Optional(
      nullable(Named('user', 'Default: the calling member; null for an admin or a key.'))
    ),
    allowDuplicate: Type.Optional(
      Type.Boolean({
        description: '`true` creates the account even if an account with this name exists.'
      })
    )
  },
  {
    $id: 'CreateAccount',
    ...closed,
    examples: [{ name: 'Auto Żółć sp. z o.o.', website: 'https://zolc.example' }]
  }
)

export const PatchAccountSchema = Type.Object(
  {
    name: Type.Optional(name),
    ...content,
    responsibleUserId: Type.Optional(nullable(Named('user')))
  },
  {
    $id: 'PatchAccount',
    ...closed,
    description: 'RFC 7396 merge patch: null removes a value.',
    examples: [{ phone: '22 123 45 67', description: null }]
  }
)

export const AccountPageSchema = pageOf(AccountSchema)

export const accountSchemas = [
  AccountSchema,
  CreateAccountSchema,
  PatchAccountSchema,
  AccountPageSchema
]

type Patch = Static<typeof PatchAccountSchema>

/** The content of a new account. The caller reads e-mail and phone, because that needs the country. */
export function readAccountContent(input: Patch): AccountContent {
  return patchAccountContent(NO_ACCOUNT_CONTENT, input)
}

/** The content with a merge patch applied. */
export function patchAccountContent(before: AccountContent, patch: Patch): AccountContent {
  const { address, name: _, responsibleUserId: __, ...plain } = patch
  return {
    ...before,
    ...plain,
    ...(address === undefined
      ? {}
      : {
          address:
            address === null
              ? null
              : readAddress(mergePatch(before.address, address) as typeof address)
        })
  }
}

export function presentAccount(account: Account): Static<typeof AccountSchema> {
  return {
    id: account.id,
    name: account.name,
    ...account.content,
    responsibleUser: account.responsibleUser,
    createdFromLead: account.createdFromLeadId,
    version: account.version,
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString()
  }
}
