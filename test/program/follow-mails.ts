import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import PostalMime from 'postal-mime'
import type { Test } from 'tap'

import type { Locale } from '../../src/domain/dealers/dealer.ts'
import type { DeliveryPurpose } from '../../src/domain/deliveries/delivery.ts'
import { must } from '../support/must.ts'
import type { Program } from '../support/program.ts'
import { until } from '../support/worker.ts'
import { ask } from './qualification-scene.ts'
import type { Call } from './qualification-scene.ts'

/** A person with a mailbox. One without an account has nothing but the links of their mails. */
export interface Recipient {
  address: string
  /** The language of their mails, and of the pages that these open. */
  locale: Locale
  call?: Call
}

/** A mail in the outbox, and the delivery that it belongs to. */
export interface FollowedMail {
  id: string
  purpose: DeliveryPurpose
  leadId: string | null
  to: Recipient
  subject: string
  text: string
  html: string
  /** Every address that it leads to. */
  links: string[]
}

interface Delivery {
  id: string
  purpose: DeliveryPurpose
  leadId: string | null
  userId: string | null
  messageId: string
  nextAttemptAt: string | null
}

/** Mails without a link: documents for a CRM, news of lost clients, and news to promoters, who have no account. */
const UNLINKED: readonly DeliveryPurpose[] = [
  'dealer_adf',
  'moved_client_mail',
  'promoter_mail',
  'promoter_refusal'
]

/** What else a team member may read who got a mail of this purpose: lists that are not empty. */
const READABLE: Partial<Record<DeliveryPurpose, (leadId: string) => string>> = {
  offer_mail: (leadId) => `/v1/handovers?lead=${leadId}`,
  offer_response_mail: (leadId) => `/v1/handovers?lead=${leadId}`,
  offer_ending_mail: (leadId) => `/v1/handovers?lead=${leadId}`,
  link_request_mail: (leadId) => `/v1/link-requests?lead=${leadId}`,
  link_response_mail: (leadId) => `/v1/link-requests?lead=${leadId}`,
  feedback_mail: (leadId) => `/v1/activities?lead=${leadId}`,
  reminder_mail: (leadId) => `/v1/activities?lead=${leadId}`,
  overdue_mail: (leadId) => `/v1/activities?lead=${leadId}`
}

/** Who got which mail, for a comparison without the order in which they were sent. */
export const namesOf = (mails: readonly FollowedMail[]) =>
  mails.map(({ purpose, to }) => `${purpose} ${to.address}`).toSorted()

/** The subject of a mail to a person; where there are several, of this purpose. */
export const subjectTo = (
  mails: readonly FollowedMail[],
  { address }: { address: string },
  purpose?: DeliveryPurpose
) =>
  must(
    mails.find((mail) => mail.to.address === address && (purpose ?? mail.purpose) === mail.purpose)
  ).subject

interface Following {
  program: Program
  /** Sees all deliveries. */
  admin: Call
  recipients: readonly Recipient[]
  /** The dealer's own screens by the beginning of their addresses, and the path that each reads. */
  screens?: Record<string, (id: string) => string>
}

/**
 * Follows the mails of a program: each is read from the outbox, and each of its links opened as its
 * recipient would. Mails of any purpose are followed, also of those that are added.
 */
export class MailFollower {
  readonly #following: Following
  readonly mails: FollowedMail[] = []

  constructor(following: Following) {
    this.#following = following
  }

  /** Waits until all mails that are due were sent, opens the links of the new ones, and returns these. */
  async follow(t: Test): Promise<FollowedMail[]> {
    await this.#waitForMails()
    const known = new Set(this.mails.map(({ id }) => id))
    const all = await this.#readOutbox(t)
    const fresh = all.filter(({ id }) => !known.has(id))
    for (const mail of fresh) await this.#open(t, mail)
    this.mails.push(...fresh)
    return fresh
  }

  /** Waits until there is a mail of each purpose, sent or not: the watcher may need its next turn. */
  async waitFor(purposes: readonly DeliveryPurpose[]): Promise<void> {
    await until(
      async () => (await this.#deliveries('')).map(({ purpose }) => purpose),
      (found) => purposes.every((purpose) => found.includes(purpose)),
      { seconds: 90, what: `mails of ${purposes.join(', ')}` }
    )
  }

  /** Opens the links of users' mails once more, and reads what each was told of: much has changed since. */
  async readAgain(t: Test): Promise<void> {
    for (const mail of this.mails.filter(({ to }) => to.call !== undefined))
      await this.#open(t, mail)
  }

  /** All there is of a list: the owner sees it page by page. */
  async #deliveries(query: string): Promise<Delivery[]> {
    const { admin } = this.#following
    const found: Delivery[] = []
    for (let cursor = ''; ;) {
      const page = await ask(admin, 'GET', `/v1/deliveries?limit=200${query}${cursor}`)
      found.push(...(page.data as Delivery[]))
      if (page.nextCursor === null) return found
      cursor = `&cursor=${String(page.nextCursor)}`
    }
  }

  async #waitForMails(): Promise<void> {
    const isDue = ({ nextAttemptAt }: Delivery) =>
      nextAttemptAt === null || Date.parse(nextAttemptAt) < Date.now() + 2_000
    await until(
      () => this.#deliveries('&state=pending'),
      (pending) => !pending.some(isDue),
      { seconds: 30, what: 'the end of deliveries' }
    )
  }

  async #readOutbox(t: Test): Promise<FollowedMail[]> {
    const { program, recipients } = this.#following
    const sent = new Map((await this.#deliveries('&state=sent')).map((one) => [one.messageId, one]))
    const outbox = join(program.dataDirectory, 'outbox')
    const files = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'))
    t.equal(files.length, sent.size, 'a file for each mail that was sent')
    const mails: FollowedMail[] = []
    for (const file of files.toSorted()) {
      const mail = await PostalMime.parse(await readFile(join(outbox, file)))
      const delivery = must(sent.get(must(mail.messageId)))
      const [address] = (mail.to ?? []).map((to) => to.address ?? '')
      const { id, purpose, leadId } = delivery
      const [text, html] = [mail.text ?? '', mail.html ?? '']
      const way = mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? ''
      mails.push({
        ...{ id, purpose, leadId, text, html },
        to: must(recipients.find((one) => one.address === address)),
        subject: mail.subject ?? '',
        links: linksOf([purpose === 'dealer_adf' ? '' : text, way, html].join('\n'))
      })
    }
    return mails
  }

  async #open(t: Test, mail: FollowedMail): Promise<void> {
    const { purpose, leadId, to, links, html, subject } = mail
    const name = `${purpose} to ${to.address}: ${subject}`
    const hrefs = Array.from(html.matchAll(/href="([^"]*)"/g), ([, url = '']) => url)
    t.ok(
      hrefs.every((url) => /^(https?:|mailto:[^@]+@|tel:\+\d)/.test(url)),
      name
    )
    if (!UNLINKED.includes(purpose)) t.ok(links.length > 0, `${name} leads somewhere`)
    for (const link of links) await this.openLink(t, link, to, name)
    if (to.call === undefined || leadId === null) return
    t.equal((await to.call('GET', `/v1/leads/${leadId}`)).status, 200, `${name}: reads the lead`)
    const path = READABLE[purpose]?.(leadId)
    if (path !== undefined)
      t.not((await ask(to.call, 'GET', path)).data.length, 0, `${name}: ${path}`)
  }

  /** Opens a link as a person would, in the browser or in the dealer's own screens. */
  async openLink(t: Test, link: string, to: Recipient, name: string): Promise<void> {
    const { program, admin, screens = {} } = this.#following
    if (link.startsWith(program.baseUrl)) {
      const headers = { accept: 'text/html', 'accept-language': to.locale }
      const page = await fetch(link, { headers })
      const text = await page.text()
      t.equal(page.status, 200, `${name}: ${link}`)
      t.match(page.headers.get('content-type'), 'text/html')
      t.match(text, `<html lang="${to.locale}">`, `${name}: in the reader’s language`)
      t.match(text, '<h1>')
      return
    }
    const [screen, pathOf] = must(Object.entries(screens).find(([start]) => link.startsWith(start)))
    const path = pathOf(link.slice(screen.length))
    // Who reads a shared mailbox signs in to the dealer's screens as a person.
    const call = to.call ?? admin
    t.equal((await call('GET', path)).status, 200, `${name}: ${path}`)
  }
}

/** The web addresses in a text or HTML, each once. */
function linksOf(text: string): string[] {
  const found = Array.from(text.matchAll(/https?:\/\/[^\s<>"]+/g), ([url]) => url)
  return [...new Set(found)]
}
