import { issueSecret } from '../../security/credentials.ts'
import type { Database } from '../../database/client.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import { newId } from '../../ids.ts'
import { Passwords } from '../../security/passwords.ts'
import { insertApiKey } from '../../repositories/access/api-keys.ts'
import { insertQueueMember } from '../../repositories/dealers/queues.ts'
import { foundDealer, makePassword } from './found-dealer.ts'

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
 * Makes the demo dealer and returns its credentials, or null where it is there already. Mail to the
 * demo goes to addresses that can't exist, so nothing it sends can reach a person.
 *
 * `keep` is given the credentials before anything commits, because they can't be read afterwards: a
 * process that dies in between leaves ones that open nothing, and the next start replaces them.
 */
export async function createDemo(
  db: Database,
  options: {
    baseUrl: string
    operatorToken: string
    now: Date
    keep: (credentials: DemoCredentials) => Promise<void>
  }
): Promise<DemoCredentials | null> {
  if ((await db.findDealerIdBySlug(SLUG)) !== null) return null
  try {
    return await makeDemo(db, options)
  } catch (error) {
    // Of processes that start together on one new database, one makes it.
    if ((await db.findDealerIdBySlug(SLUG)) !== null) return null
    throw error
  }
}

async function makeDemo(
  db: Database,
  { baseUrl, operatorToken, now, keep }: Parameters<typeof createDemo>[1]
): Promise<DemoCredentials> {
  const adminEmail = 'owner@demo.example'
  const adminPassword = makePassword()
  const passwordHash = await new Passwords().hash(adminPassword)
  const credentials = {
    baseUrl,
    dealer: SLUG,
    apiKey: '',
    adminEmail,
    adminPassword,
    operatorToken
  }
  await foundDealer(db, {
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
    now,
    complete: async (tx, { dealer, ownerId, defaultQueueId }) => {
      const secret = issueSecret('lk_live_', dealer.id)
      credentials.apiKey = secret.text
      await insertQueueMember(tx, { queueId: defaultQueueId, userId: ownerId, now })
      await insertApiKey(tx, {
        id: newId(),
        name: 'Demo key',
        prefix: secret.prefix,
        keyHash: secret.hash,
        scopes: ['admin'],
        sourceId: null,
        lenient: false,
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
        createdBy: null,
        version: 1,
        createdAt: now,
        updatedAt: now
      })
      await keep(credentials)
    }
  })
  return credentials
}
