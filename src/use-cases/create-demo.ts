import { hashPassword, issueSecret } from '../credentials.ts'
import type { Database } from '../database/client.ts'
import { SYSTEM_ACTOR } from '../domain/event.ts'
import { newId } from '../ids.ts'
import { insertApiKey } from '../repositories/api-keys.ts'
import { insertQueueMember } from '../repositories/queues.ts'
import { createDealer, makePassword } from './create-dealer.ts'

/** How to get into a new installation: what its first start prints and keeps in a file. */
export interface DemoCredentials {
  baseUrl: string
  dealer: string
  apiKey: string
  adminEmail: string
  adminPassword: string
  operatorToken: string
}

const SLUG = 'demo'

/**
 * Makes the demo dealer and answers its credentials, or null where it is there already. Mail to the
 * demo goes to addresses that can't exist, so nothing it sends can reach anybody.
 */
export async function createDemo(
  db: Database,
  { baseUrl, operatorToken, now }: { baseUrl: string; operatorToken: string; now: Date }
): Promise<DemoCredentials | null> {
  if ((await db.findDealerIdBySlug(SLUG)) !== null) return null
  const adminEmail = 'owner@demo.example'
  const adminPassword = makePassword()
  const passwordHash = await hashPassword(adminPassword)
  let apiKey = ''
  await createDealer(
    db,
    {
      incoming: {
        name: 'Demo Motors',
        slug: SLUG,
        locale: 'en',
        timeZone: 'Europe/Warsaw',
        country: 'PL',
        currency: 'PLN',
        email: 'hello@demo.example',
        phone: '+48221234567',
        url: 'https://demo.example',
        address: null,
        settings: { leadAddress: 'leads@demo.example', adfAddress: 'adf@demo.example' },
        owner: { name: 'Demo Owner', email: adminEmail, passwordHash }
      },
      actor: SYSTEM_ACTOR,
      now
    },
    async (tx, { dealer, ownerId, defaultQueueId }) => {
      const secret = issueSecret('lk_live_', dealer.id)
      apiKey = secret.text
      await insertQueueMember(tx, { queueId: defaultQueueId, userId: ownerId, now })
      await insertApiKey(tx, {
        id: newId(),
        name: 'Demo key',
        prefix: secret.prefix,
        keyHash: secret.hash,
        scopes: ['admin'],
        sourceId: null,
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
        createdBy: null,
        version: 1,
        createdAt: now,
        updatedAt: now
      })
    }
  )
  return { baseUrl, dealer: SLUG, apiKey, adminEmail, adminPassword, operatorToken }
}
