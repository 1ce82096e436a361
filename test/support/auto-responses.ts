import { newId } from '../../src/ids.ts'
import { templates } from '../../src/database/schema.ts'
import type { TestDealer } from './app.ts'
import type { Caller } from './response.ts'
import type { Decision, Delivery } from './contract-types.ts'
import type { TestDatabase } from './database.ts'

/** A template of a dealer, whose subject is its name, and its id. */
export async function makeTemplate(
  { db }: TestDatabase,
  { id: dealerId }: Pick<TestDealer, 'id'>,
  name = 'Thank you'
): Promise<string> {
  const id = newId()
  const at = new Date()
  const wording = { subject: name, text: 'We call you back.', html: null }
  await db.transaction(dealerId, (tx) =>
    tx.orm.insert(templates).values({
      ...{ dealerId, id, name, content: { languages: { en: wording } } },
      ...{ version: 1, createdAt: at, updatedAt: at }
    })
  )
  return id
}

/** Publishes rules of auto-responses and returns the version's id. */
export async function publishAutoResponses(call: Caller, rules: object): Promise<string> {
  const draft = await call('POST', '/v1/auto-responses', { rules })
  if (draft.status !== 201) throw new Error(`the draft was refused: ${draft.text}`)
  const published = await call('POST', `/v1/auto-responses/${draft.body.id}/publish`)
  if (published.status !== 200) throw new Error(`it was not published: ${published.text}`)
  return draft.body.id
}

/** The decision on a lead's auto-response, or undefined: none was taken. */
export async function autoRespondedDecision(
  call: Caller,
  leadId: string
): Promise<Decision | undefined> {
  const { body } = await call('GET', `/v1/leads/${leadId}/decisions`)
  return body.data.findLast(({ step }) => step === 'auto_responded')
}

/** The auto-responses to a lead: those to be sent, and those that were. */
export async function autoResponsesOf(call: Caller, leadId: string): Promise<Delivery[]> {
  const { body } = await call('GET', `/v1/leads/${leadId}/deliveries?purpose=auto_response`)
  return body.data
}
