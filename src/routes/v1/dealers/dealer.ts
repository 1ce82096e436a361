import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Dealer } from '../../../domain/dealers/dealer.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { readWorkingHours } from '../../../schemas/clock/working-hours.ts'
import { DealerSchema, PatchDealerSchema, presentDealer } from '../../../schemas/dealers/dealer.ts'
import { readAddress } from '../../../schemas/leads/contact.ts'
import { mergePatch } from '../../../schemas/merge-patch.ts'
import { ref } from '../../../schemas/shared.ts'
import { changeDealer } from '../../../use-cases/dealers/change-dealer.ts'
import { checkDealerInput, checkSettings } from './dealer-input.ts'

/** The dealer whose credentials these are. */
export const dealerRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/dealer',
    operation({
      id: 'getDealer',
      tag: 'Dealer',
      summary: 'Read the dealer',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(DealerSchema, 'The dealer, with its settings.') },
      versioned: true
    }),
    async (request, reply) => {
      const dealer = await read(db, request, findDealer)
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
      description: 'All processes use the change within a second.',
      access: access.tenant('admin', 'admin'),
      body: ref(PatchDealerSchema),
      responses: { 200: ref(DealerSchema, 'The changed dealer.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const content = checkContent(request.body)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeDealer(db, {
            ...command,
            change: (before) => readChange(before, content),
            fields: fieldsOf(request.body)
          }),
        present: presentDealer
      })
    }
  )
}

type Content = Static<typeof PatchDealerSchema>

/** The change as sent, with each value checked and in its normal form. */
function checkContent({ settings, workingHours, ...input }: Content): Content {
  const check = new FieldCheck()
  const checked = {
    ...checkDealerInput(check, input),
    ...(workingHours === undefined ? {} : { workingHours }),
    ...(settings ? { settings: checkSettings(check, settings) } : {})
  }
  check.finish()
  return checked
}

function readChange(
  before: Dealer,
  { settings, address, phone, workingHours, ...input }: Content
): Partial<Dealer> {
  return {
    ...input,
    ...(phone === undefined
      ? {}
      : { phone: readPhoneNumber(phone, input.country ?? before.country) }),
    ...(workingHours === undefined ? {} : { workingHours: readWorkingHours(workingHours) }),
    ...(address === undefined ? {} : { address: patchAddress(before.address, address) }),
    ...(settings ? { settings: { ...before.settings, ...settings } } : {})
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
function fieldsOf({ settings = {}, ...input }: Static<typeof PatchDealerSchema>): string[] {
  return [...Object.keys(input), ...Object.keys(settings).map((name) => `settings.${name}`)]
}
