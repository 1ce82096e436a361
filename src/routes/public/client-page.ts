import type { Client } from '../../domain/clients/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { inertLine } from '../../mail/inert-text.ts'
import { contactRows } from '../../mail/sections/contact-rows.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import { wantedVehicleNames } from '../../mail/sections/lead-sections.ts'
import { join, linkedRow, row, sectionOf } from '../../mail/sections/rows.ts'
import { wordingFor } from '../../mail/wording/wording.ts'
import { sourceName, statusName } from '../../wording/first-names.ts'
import { NOTE, sectionHtml } from './lead-page.ts'
import { heading, page, paragraph } from './page.ts'
import { plannedSection } from './planned-section.ts'
import type { PlannedActivity } from './planned-section.ts'

const WORDING: Record<Locale, { responsible: string; leads: string }> = {
  en: { responsible: 'Responsible user', leads: 'Leads' },
  es: { responsible: 'Usuario responsable', leads: 'Leads' },
  pl: { responsible: 'Odpowiedzialny użytkownik', leads: 'Leady' }
}

const WENT: Record<Locale, { title: string; text: string; with: (name: string) => string }> = {
  en: {
    title: 'This client went to a colleague',
    text: 'You do not see the client any more. An owner or admin can tell you why.',
    with: (name) => `${name} looks after the client now.`
  },
  es: {
    title: 'Este cliente ha pasado a otra persona',
    text: 'Ya no puede verlo. Un propietario o administrador puede decirle por qué.',
    with: (name) => `Ahora se ocupa del cliente: ${name}.`
  },
  pl: {
    title: 'Tego klienta przejęła inna osoba',
    text: 'Nie widzą Państwo już tego klienta. Powód może podać właściciel lub administrator.',
    with: (name) => `Klientem zajmuje się teraz: ${name}.`
  }
}

/** Who looks after a client that the reader was told of and sees no more. */
export function clientWentPage(holder: string | null, locale: Locale): string {
  const wording = WENT[locale]
  const held = holder === null ? [] : [paragraph(wording.with(inertLine(holder)))]
  return page(locale, wording.title, [heading(wording.title), ...held, paragraph(wording.text)])
}

/** What the page of a client shows: what its reader sees of it. */
export interface ShownClient {
  client: Client
  planned: readonly PlannedActivity[]
  /** The newest leads, with the address of the page of each. */
  leads: readonly { lead: Lead; url: string }[]
  dealer: Dealer
}

/** A client as it is now: contact, responsible user, what is planned, and leads. Nothing can be changed here. */
export function clientPage(
  { client, planned, leads, dealer }: ShownClient,
  { locale, until, now }: { locale: Locale; until: Date; now: Date }
): string {
  const wording = wordingFor(locale)
  const formats = createFormats(locale, dealer)
  const title = inertLine(client.displayName)
  const sections = [
    ...plannedSection(planned, locale, { formats, now }),
    ...sectionOf(wording.sections.contact, [
      ...contactRows({ wording, formats }, client.content.contact),
      ...row(WORDING[locale].responsible, client.responsibleUser?.name)
    ]),
    ...sectionOf(
      WORDING[locale].leads,
      leads.flatMap(({ lead, url }) => {
        const [vehicle] = wantedVehicleNames(lead.content)
        const status = statusName(lead.status.name, locale)
        const facts = join([status, vehicle, sourceName(lead.source, locale)], ' · ')
        return linkedRow(formats.instant(lead.receivedAt), facts, url)
      })
    )
  ]
  return page(locale, title, [
    heading(title),
    ...sections.map(sectionHtml),
    paragraph(NOTE[locale](formats.instant(until)), 'note')
  ])
}
