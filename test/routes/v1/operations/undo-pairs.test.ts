import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'
import { moveTo, salesOf } from '../../../support/sales.ts'

const CONSENT = { purpose: 'marketing', channel: 'email', granted: true } as const

/** A lead with what operations need beside it. */
interface Scene {
  call: Caller
  lead: `/v1/leads/${string}`
  leadId: string
  /** The client that the lead can have. */
  clientId: string
  otherClientId: string
  userIds: string[]
  statuses: Awaited<ReturnType<typeof findStatusIds>>
}

/** What an operation does to whether the lead has a client: `before` it, and `after` it. */
interface Act {
  before: 'none' | 'client' | 'any'
  after: 'none' | 'client' | 'same'
  /** Returns the id of the operation. */
  act: (scene: Scene) => Promise<string>
}

const ACTS: Record<string, Act> = {
  link: {
    ...{ before: 'none', after: 'client' },
    act: async ({ call, lead, clientId }) =>
      (await call('POST', `${lead}/link`, { clientId })).body.operationId
  },
  convert: {
    ...{ before: 'none', after: 'client' },
    act: async ({ call, lead }) =>
      (
        await call('POST', `${lead}/convert`, {
          ...{ account: { name: `Firm of ${lead}` }, opportunity: {} }
        })
      ).body.operationId
  },
  'convert into': {
    ...{ before: 'none', after: 'client' },
    act: async ({ call, lead, clientId }) =>
      (await call('POST', `${lead}/convert`, { clientId, overwrite: true })).body.operationId
  },
  unlink: {
    ...{ before: 'client', after: 'none' },
    act: async ({ call, lead }) => (await call('POST', `${lead}/unlink`)).body.operationId
  },
  move: {
    ...{ before: 'client', after: 'client' },
    act: async ({ call, lead, clientId: one, otherClientId: other }) => {
      const { client } = (await call('GET', lead)).body
      const to = { clientId: client?.id === other ? one : other }
      return (await call('POST', `${lead}/move`, to)).body.operationId
    }
  },
  merge: {
    ...{ before: 'client', after: 'client' },
    act: async ({ call, lead }) => {
      const { client } = (await call('GET', lead)).body
      const contact = { fullName: `Namesake of ${lead}` }
      const goneId = (await call('POST', '/v1/clients', { contact, description: 'Tall' })).body.id
      const path = `/v1/clients/${must(client).id}/merge` as const
      return (await call('POST', path, { clientId: goneId, overwrite: true })).body.operationId
    }
  },
  'bulk assign': {
    ...{ before: 'any', after: 'same' },
    act: async ({ call, lead, leadId, userIds }) => {
      const { assignee } = (await call('GET', lead)).body
      const assigneeId = must(userIds.find((id) => id !== assignee?.id))
      const { body } = await call('POST', '/v1/leads/assign', { leadIds: [leadId], assigneeId })
      return must(body.operationId)
    }
  },
  'bulk status': {
    ...{ before: 'any', after: 'same' },
    act: async ({ call, lead, leadId, statuses }) => {
      // Another status each time.
      const { group } = (await call('GET', lead)).body.status
      const statusId = must(group === 'nurturing' ? statuses.qualified : statuses.nurturing)
      const { body } = await call('POST', '/v1/leads/status', { leadIds: [leadId], statusId })
      return must(body.operationId)
    }
  },
  sale: {
    ...{ before: 'any', after: 'same' },
    act: async ({ call, leadId }) => {
      await moveTo(call, leadId, 'sold')
      return only(await salesOf(call, leadId)).operationId
    }
  }
}

/** Bulk moves leave sold leads, which have no second sale and are not unlinked, either. */
const NEVER_AFTER: Record<string, string[]> = { sale: ['bulk status', 'sale', 'unlink'] }

/** Whether the second can follow the first, and whether the lead must have a client before both. */
function arrange(first: Act, second: Act): { startsWithClient: boolean } | null {
  const starts = [false, true].filter(
    (has) => first.before === 'any' || has === (first.before === 'client')
  )
  const fits = starts.find((has) => {
    const then = first.after === 'same' ? has : first.after === 'client'
    return second.before === 'any' || then === (second.before === 'client')
  })
  return fits === undefined ? null : { startsWithClient: fits }
}

void t.test('a change that was taken back does not prevent an undo', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin: call, withUser } = await createDealer()
  // Converted leads are assigned to users who can work on them.
  const sees = { grants: ['conversions.view' as const] }
  const [anna, ben] = [await withUser(sees), await withUser(sees)]
  const statuses = await findStatusIds(call)
  let count = 0

  const prepare = async (startsWithClient: boolean): Promise<Scene> => {
    const contact = { fullName: 'Rita Regular', email: `rita${String(++count)}@example.com` }
    const consents = [CONSENT]
    const given = { contact, consents, assignee: anna.id, message: 'Hello' }
    const { id: leadId } = await postLead(call, given)
    const lead = `/v1/leads/${leadId}` as const
    const known = async (fullName: string) =>
      (await call('POST', '/v1/clients', { contact: { fullName } })).body.id
    const [clientId, otherClientId] = [await known('Known'), await known('Other')]
    if (startsWithClient) await call('POST', `${lead}/link`, { clientId })
    return { call, lead, leadId, clientId, otherClientId, userIds: [anna.id, ben.id], statuses }
  }
  const standing = async ({ lead, clientId }: Scene) => {
    const { status, client, assignee, queue } = (await call('GET', lead)).body
    const known = (await call('GET', `/v1/clients/${clientId}`)).body
    const { contact, description, responsibleUser } = known
    const stands = { status: status.group, client: client?.id, assignee: assignee?.id, queue }
    return { ...stands, known: { contact, description, responsibleUser } }
  }

  for (const [name, first] of Object.entries(ACTS)) {
    for (const [later, second] of Object.entries(ACTS)) {
      const arranged = arrange(first, second)
      if (!arranged || NEVER_AFTER[name]?.includes(later)) continue
      await t.test(`${name}, ${later}`, async (t) => {
        const scene = await prepare(arranged.startsWithClient)
        const before = await standing(scene)
        const operationId = await first.act(scene)
        const between = await standing(scene)
        const laterId = await second.act(scene)
        const undo = async (id: string) => await call('POST', `/v1/operations/${id}/undo`)
        const laterUndone = await undo(laterId)
        t.equal(laterUndone.status, 200, laterUndone.text)
        t.strictSame(await standing(scene), between)
        const undone = await undo(operationId)
        t.equal(undone.status, 200, undone.text)
        t.strictSame(await standing(scene), before)
      })
    }
  }
})
