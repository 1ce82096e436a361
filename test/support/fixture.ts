import type { TestDealer } from './app.ts'
import { findStatusIds } from './leads.ts'
import { first } from './must.ts'
import { succeeding } from './response.ts'

/** One thing of each kind at a dealer, by the names paths and members use. */
export interface Fixture {
  dealer: TestDealer
  ids: Record<FixtureKind, string>
  /** Code of the referral link. */
  code: string
}

export const FIXTURE_KINDS = [
  'lead',
  'notification',
  'handover',
  'linkRequest',
  'duplicate',
  'question',
  'clue',
  'convertedLead',
  'client',
  'account',
  'opportunity',
  'customField',
  'conversion',
  'operation',
  'activity',
  'apiKey',
  'delivery',
  'event',
  'import',
  'promoter',
  'referralLink',
  'scoringRules',
  'assignmentRules',
  'autoResponses',
  'queue',
  'reward',
  'rewardProgramme',
  'sale',
  'saleStatus',
  'source',
  'status',
  'statusReason',
  'suppression',
  'template',
  'user'
] as const
export type FixtureKind = (typeof FIXTURE_KINDS)[number]

/** Makes a dealer with one thing of each kind, by the API and the worker's work. */
export async function createFixture(dealer: TestDealer, name: string): Promise<Fixture> {
  const { admin } = dealer
  const call = succeeding(admin)
  const make = async <const U extends string>(url: U, body: object) =>
    (await call('POST', url, body)).body
  const user = await make('/v1/users', {
    email: `${name}@users.test`,
    name: 'Una User',
    role: 'member',
    password: 'correct horse battery'
  })
  const promoter = await make('/v1/promoters', { name: 'Pia', email: `${name}@promoters.test` })
  const link = await make('/v1/referral-links', { promoterId: promoter.id })
  const contact = (part: string) => ({
    fullName: `Ann ${part}`,
    email: `${part}.${name}@leads.test`
  })
  const post = (part: string) =>
    make('/v1/leads', { source: 'website', contact: contact(part), assignee: user.id })
  const lead = await post('open')
  const rewardProgramme = await make('/v1/reward-programmes', {
    name: 'Winter',
    pointsPerSale: 500,
    active: true
  })
  const sold = await make('/v1/leads', {
    source: 'website',
    contact: contact('sold'),
    referralCode: link.code
  })
  const convertible = await post('converted')
  const converted = await make(`/v1/leads/${convertible.id}/convert`, {})
  const conversion = first((await admin('GET', '/v1/conversions')).body.data)
  const event = first((await admin('GET', `/v1/events?leadId=${lead.id}`)).body.data)
  const delivery = first((await admin('GET', `/v1/leads/${lead.id}/deliveries`)).body.data)
  const activity = await make('/v1/activities', { type: 'call', leadId: lead.id })
  const account = await make('/v1/accounts', { name: 'Ann Motors' })
  const opportunity = await make('/v1/opportunities', {
    name: 'A van',
    clientId: converted.client.id
  })
  const customField = await make('/v1/custom-fields', {
    target: 'lead',
    key: 'budget',
    label: 'Budget',
    type: 'number'
  })
  const apiKey = await make('/v1/api-keys', { name: 'A key', scopes: ['read'] })
  const queue = await make('/v1/queues', { name: 'Vans' })
  const source = await make('/v1/sources', { key: 'fair', name: 'Fair', kind: 'trade_fair' })
  const { sold: statusId } = await findStatusIds(admin)
  await make(`/v1/leads/${sold.id}/status`, { statusId })
  const sale = first((await admin('GET', '/v1/sales')).body.data)
  const reward = first((await admin('GET', '/v1/rewards')).body.data)
  const saleStatus = await make('/v1/sale-statuses', { name: 'At the workshop', group: 'open' })
  const status = await make('/v1/statuses', { name: 'Called', group: 'working' })
  const statusReason = first((await admin('GET', '/v1/status-reasons')).body.data)
  const suppression = await make('/v1/suppressions', { email: `${name}@gone.test` })
  const template = await make('/v1/templates', {
    name: 'First answer',
    languages: { en: { subject: 'Thanks', text: 'We call you back.' } }
  })
  const scoringRules = await make('/v1/scoring-rules', {})
  const assignmentRules = await make('/v1/assignment-rules', {})
  const autoResponses = await make('/v1/auto-responses', {})
  const form = (
    await admin('PUT', '/v1/qualification-forms/inquiry', {
      questions: [
        { kind: 'need', text: 'Why?', weight: 1, clues: [{ text: 'Asks', strength: 1 }] }
      ],
      qualifiesFrom: 1,
      notYetFrom: 0,
      followUpDays: 1,
      routes: false
    })
  ).body
  const question = first(form.questions)
  const leadFile = await admin('POST', '/v1/imports', `email\nfile.${name}@leads.test\n`, {
    'content-type': 'text/csv'
  })
  await admin('PUT', `/v1/sources/${source.id}/costs/2026-11`, { amount: '100.00' })
  const handover = await make(`/v1/leads/${lead.id}/handovers`, { toUserId: dealer.ownerId })
  const setLinks = (how: string) =>
    call('PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: how } })
  await setLinks('ask')
  const asker = await dealer.withUser()
  const known = { contact: contact('known'), responsibleUserId: dealer.ownerId }
  const clientId = (await make('/v1/clients', known)).id
  const walkIn = { source: 'website', contact: contact('known'), assignee: asker.id }
  const asked = await make('/v1/leads', walkIn)
  const linkRequest = (
    await succeeding(asker.call)('POST', `/v1/leads/${asked.id}/link-requests`, { clientId })
  ).body
  await setLinks('at_once')
  const twice = { contact: contact('twice'), allowDuplicate: true }
  for (const one of [twice, twice]) await make('/v1/clients', one)
  await dealer.findDuplicates()
  const duplicate = first((await admin('GET', '/v1/duplicates')).body.data)
  return {
    dealer,
    code: link.code,
    ids: {
      lead: lead.id,
      // The mail that tells the user of the lead has the id of the notification.
      notification: delivery.id,
      handover: handover.id,
      linkRequest: linkRequest.id,
      duplicate: duplicate.id,
      question: question.id,
      clue: first(question.clues).id,
      convertedLead: convertible.id,
      client: converted.client.id,
      account: account.id,
      opportunity: opportunity.id,
      customField: customField.id,
      conversion: conversion.id,
      operation: converted.operationId,
      activity: activity.id,
      apiKey: apiKey.id,
      delivery: delivery.id,
      event: event.id,
      import: leadFile.body.id,
      promoter: promoter.id,
      referralLink: link.id,
      scoringRules: scoringRules.id,
      assignmentRules: assignmentRules.id,
      autoResponses: autoResponses.id,
      queue: queue.id,
      reward: reward.id,
      rewardProgramme: rewardProgramme.id,
      sale: sale.id,
      saleStatus: saleStatus.id,
      source: source.id,
      status: status.id,
      statusReason: statusReason.id,
      suppression: suppression.id,
      template: template.id,
      user: user.id
    }
  }
}
