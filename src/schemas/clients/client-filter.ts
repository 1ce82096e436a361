import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import { NamedList } from '../named.ts'
import {
  SEARCH_DESCRIPTION,
  searchText,
  Id,
  createdPeriod,
  readInstant,
  updatedPeriod
} from '../shared.ts'

/** Query parameters by which clients are narrowed, in lists and in exports. */
export const clientFilterQuery = {
  responsible: Type.Optional(NamedList('user', 'The responsible user.')),
  source: Type.Optional(NamedList('source')),
  account: Type.Optional(Id('The id of the account.')),
  ...createdPeriod('clients created'),
  ...updatedPeriod('clients'),
  q: Type.Optional(searchText(SEARCH_DESCRIPTION))
}

/** The filter of clients, for repositories. */
export function readClientFilter(query: Static<TObject<typeof clientFilterQuery>>) {
  return {
    responsible: query.responsible,
    source: query.source,
    account: query.account,
    createdFrom: readInstant(query.createdFrom),
    createdTo: readInstant(query.createdTo),
    updatedFrom: readInstant(query.updatedFrom),
    updatedTo: readInstant(query.updatedTo),
    q: query.q
  }
}
