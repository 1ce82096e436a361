import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { ownPointsOf } from '../../domain/contacts/own-points.ts'
import type { OwnPoints, PointParsing } from '../../domain/contacts/point-parsing.ts'

interface OwnRow {
  country: string
  mailboxes: (string | null)[]
  phones: (string | null)[]
  urls: (string | null)[]
  users: { email: string; phone: string | null }[]
}

/** A dealer with more users has them known by its domain. */
const OWN_POINTS = statement(
  'own-points',
  {},
  `select d.country,
    array[d.email, d.settings->>'leadAddress', d.settings->>'adfAddress',
      d.settings->>'testAddress'] as mailboxes,
    array[d.phone] as phones, array[d.url] as urls,
    (select coalesce(jsonb_agg(u), '[]') from (
      select email, phone from users where dealer_id = :dealerId order by id limit 5000
    ) u) as users
  from dealers d where d.id = :dealerId`
).returning<OwnRow>()

/** By what the dealer and its users are reached. */
export async function findOwnPoints(
  tx: Transaction,
  parsePhone: PointParsing['parsePhone']
): Promise<OwnPoints> {
  const [row] = await tx.run(OWN_POINTS, {})
  if (!row) throw new Error('a dealer whose lead is read is gone')
  const { country, mailboxes, phones, urls, users } = row
  const given = (texts: readonly (string | null)[]) => texts.filter((text) => text !== null)
  return ownPointsOf(
    {
      emails: users.map(({ email }) => email),
      mailboxes: given(mailboxes),
      phones: given([...phones, ...users.map(({ phone }) => phone)]),
      urls: given(urls)
    },
    { country, parsePhone }
  )
}
