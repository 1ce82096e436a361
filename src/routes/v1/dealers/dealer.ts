import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Dealer } from '../../../domain/dealers/dealer.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer, lockDealer, updateDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { readAddress } from '../../../schemas/leads/contact.ts'
import { DealerSchema, PatchDealerSchema, presentDealer } from '../../../schemas/dealers/dealer.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import { mergePatch } from '../../../schemas/merge-patch.ts'
import { ref } from '../../../schemas/shared.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { checkDealerWords, checkSettings } from './dealer-input.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** The dealer whose credentials these are. */
export const dealerRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/dealer',
    operation({
      id: 'getDealer',
      tag: 'Dealer',
      summary: 'Read the dealer',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(DealerSchema, 'The dealer, with its settings.') },
      versioned: true
    }),
    async (request, reply) => {
      const dealer = await db.transaction(tenantOf(request).dealerId, findDealer)
      if (!dealer) throw problems.notFound('dealer')
      setVersion(reply, dealer.version)
      return presentDealer(dealer)
    }
  )

  app.patch(
    '/dealer',
    operation({
      id: 'updateDealer',
      tag: 'Dealer',
      summary: 'Change the dealer',
      description: 'A change shows within a second, in every process.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      body: ref(PatchDealerSchema),
      answers: { 200: ref(DealerSchema, 'The dealer as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      const check = new FieldCheck()
      const dealer = await db.transaction(principal.dealerId, async (tx) => {
        const before = await lockDealer(tx, principal.dealerId)
        if (!before) throw problems.notFound('dealer')
        checkVersion(request, before.version)
        const fallback = body.settings?.fallbackAssigneeId ?? null
        if (fallback !== null && !(await findUser(tx, fallback))) {
          check.fault('/settings/fallbackAssigneeId', 'is not a known user')
        }
        const change = readChange(before, body, check)
        check.finish()
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'dealer.updated',
            subject: { type: 'dealer', id: before.id },
            data: { fields: fieldsOf(body) }
          }
        ])
        return await updateDealer(tx, before.id, change, now())
      })
      setVersion(reply, dealer.version)
      return presentDealer(dealer)
    }
  )
}

function readChange(
  before: Dealer,
  body: Static<typeof PatchDealerSchema>,
  check: FieldCheck
): Partial<Dealer> {
  const { settings, address, phone, workingHours, ...words } = body
  check.timeZone('/workingHours/timeZone', workingHours?.timeZone ?? undefined)
  return {
    ...checkDealerWords(check, words),
    ...(phone === undefined
      ? {}
      : { phone: readPhoneNumber(phone, words.country ?? before.country) }),
    ...(workingHours === undefined ? {} : { workingHours: readWorkingHours(workingHours) }),
    ...(address === undefined ? {} : { address: patchAddress(before.address, address) }),
    ...(settings ? { settings: { ...before.settings, ...checkSettings(check, settings) } } : {})
  }
}

function patchAddress(
  before: Dealer['address'],
  patch: Static<typeof PatchDealerSchema>['address']
): Dealer['address'] {
  if (patch === null || patch === undefined) return null
  return readAddress(mergePatch(before, patch) as typeof patch)
}

/** Names of what was changed, settings one by one. */
function fieldsOf({ settings = {}, ...words }: Static<typeof PatchDealerSchema>): string[] {
  return [...Object.keys(words), ...Object.keys(settings).map((name) => `settings.${name}`)]
}
