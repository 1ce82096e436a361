import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { LeadProgress } from '../../domain/leads/status-groups.ts'
import type { PromotedLead, PromoterPage } from '../../domain/promoter-pages/promoter-page.ts'
import type { RewardState, RewardTotals } from '../../domain/sales/reward.ts'
import { escapeHtml } from '../../escape-html.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import { referralUrl } from '../../schemas/promoters/referral-link.ts'
import { anchor, heading, page, paragraph } from './page.ts'
import { drawSvg } from './qr-codes.ts'

export interface PromoterPageWording {
  title: (dealer: string) => string
  links: string
  noLinks: string
  qr: string
  inactive: string
  visits: string
  totals: string
  leads: string
  sales: string
  rewards: Record<keyof RewardTotals, string>
  noLeads: string
  columns: { receivedAt: string; state: string; points: string }
  progress: Record<LeadProgress, string>
  states: Record<RewardState, string>
  secret: string
}

const WORDING: Record<Locale, PromoterPageWording> = {
  en: {
    title: (dealer) => `Your recommendations of ${dealer}`,
    links: 'Your links',
    noLinks: 'There is no link yet.',
    qr: 'QR code of the link',
    inactive: 'Not active: takes no visitors.',
    visits: 'Visits',
    totals: 'Totals',
    leads: 'Leads',
    sales: 'Sales',
    rewards: {
      eligible: 'Points, not approved yet',
      approved: 'Points approved',
      paid: 'Points paid',
      balance: 'Points still to be paid'
    },
    noLeads: 'There are no leads yet.',
    columns: { receivedAt: 'Received', state: 'State', points: 'Points' },
    progress: { received: 'Received', in_progress: 'In progress', sold: 'Sold', closed: 'Closed' },
    states: {
      pending: 'pending',
      eligible: 'not approved yet',
      approved: 'approved',
      paid: 'paid',
      cancelled: 'cancelled'
    },
    secret: 'This address opens your page without a password: keep it to yourself.'
  },
  es: {
    title: (dealer) => `Sus recomendaciones de ${dealer}`,
    links: 'Sus enlaces',
    noLinks: 'Todavía no hay ningún enlace.',
    qr: 'Código QR del enlace',
    inactive: 'Inactivo: no admite visitas.',
    visits: 'Visitas',
    totals: 'Totales',
    leads: 'Contactos',
    sales: 'Ventas',
    rewards: {
      eligible: 'Puntos sin aprobar',
      approved: 'Puntos aprobados',
      paid: 'Puntos pagados',
      balance: 'Puntos pendientes de pago'
    },
    noLeads: 'Todavía no hay contactos.',
    columns: { receivedAt: 'Recibido', state: 'Estado', points: 'Puntos' },
    progress: { received: 'Recibido', in_progress: 'En curso', sold: 'Vendido', closed: 'Cerrado' },
    states: {
      pending: 'pendientes',
      eligible: 'sin aprobar',
      approved: 'aprobados',
      paid: 'pagados',
      cancelled: 'anulados'
    },
    secret: 'Quien tenga esta dirección verá su página: no la comparta.'
  },
  pl: {
    title: (dealer) => `Twoje polecenia: ${dealer}`,
    links: 'Twoje linki',
    noLinks: 'Nie ma jeszcze żadnego linku.',
    qr: 'Kod QR linku',
    inactive: 'Nieaktywny: nie przyjmuje odwiedzin.',
    visits: 'Odwiedziny',
    totals: 'Razem',
    leads: 'Zgłoszenia',
    sales: 'Sprzedaże',
    rewards: {
      eligible: 'Punkty niezatwierdzone',
      approved: 'Punkty zatwierdzone',
      paid: 'Punkty wypłacone',
      balance: 'Punkty do wypłaty'
    },
    noLeads: 'Nie ma jeszcze zgłoszeń.',
    columns: { receivedAt: 'Otrzymano', state: 'Stan', points: 'Punkty' },
    progress: {
      received: 'Otrzymane',
      in_progress: 'W toku',
      sold: 'Sprzedane',
      closed: 'Zamknięte'
    },
    states: {
      pending: 'oczekują',
      eligible: 'do zatwierdzenia',
      approved: 'zatwierdzone',
      paid: 'wypłacone',
      cancelled: 'anulowane'
    },
    secret: 'Kto ma ten adres, widzi Twoją stronę: zachowaj go dla siebie.'
  }
}

export function promoterPageWording(locale: Locale): PromoterPageWording {
  return WORDING[locale]
}

interface ShownPage {
  page: PromoterPage
  newest: readonly PromotedLead[]
}

/** A code is some kilobytes, and drawing it takes milliseconds. */
const MOST_CODES = 10

/** A promoter's own page: links with QR codes, totals, and how far the leads got. */
export async function promoterPage(
  { page: shown, newest }: ShownPage,
  { locale, publicUrl }: { locale: Locale; publicUrl: string }
): Promise<string> {
  const { dealer, name, links, leads, sales, rewards } = shown
  const words = promoterPageWording(locale)
  const title = words.title(dealer.name)
  const blocks = await Promise.all(
    links.map((link, index) => linkBlock(link, words, { publicUrl, isDrawn: index < MOST_CODES }))
  )
  const totals = [
    [words.leads, leads],
    [words.sales, sales],
    ...Object.entries(words.rewards).map(
      ([total, label]) => [label, rewards[total as keyof RewardTotals]] as const
    )
  ] as const
  return page(locale, title, [
    heading(title),
    paragraph(name),
    `<h2>${escapeHtml(words.links)}</h2>`,
    ...(blocks.length === 0 ? [paragraph(words.noLinks)] : blocks),
    `<h2>${escapeHtml(words.totals)}</h2>`,
    `<table class="totals"><tbody>${totals.map(totalRow).join('')}</tbody></table>`,
    `<h2>${escapeHtml(words.leads)}</h2>`,
    ...(newest.length === 0
      ? [paragraph(words.noLeads)]
      : leadTable(newest, words, locale, dealer)),
    paragraph(words.secret, 'note')
  ])
}

async function linkBlock(
  { code, visits, active }: PromoterPage['links'][number],
  words: PromoterPageWording,
  { publicUrl, isDrawn }: { publicUrl: string; isDrawn: boolean }
): Promise<string> {
  const url = referralUrl(publicUrl, code)
  const svg = active && isDrawn ? await drawSvg(url, { size: 192, margin: 4 }) : null
  const label = escapeHtml(`${words.qr} ${code}`)
  return [
    '<div class="link">',
    ...(svg === null
      ? []
      : [svg.trim().replace('<svg ', `<svg role="img" aria-label="${label}" `)]),
    `<div><p>${active ? anchor(url, url) : escapeHtml(url)}</p>`,
    ...(active ? [] : [paragraph(words.inactive, 'note')]),
    `${paragraph(`${words.visits}: ${visits}`, 'note')}</div>`,
    '</div>'
  ].join('\n')
}

function totalRow([label, value]: readonly [string, number]): string {
  return `<tr><th scope="row">${escapeHtml(label)}</th><td class="number">${value}</td></tr>`
}

function leadTable(
  leads: readonly PromotedLead[],
  { columns, progress: progresses, states }: PromoterPageWording,
  locale: Locale,
  dealer: Dealer
): string[] {
  const formats = createFormats(locale, dealer)
  const head = Object.values(columns).map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
  const rows = leads.map(({ receivedAt, progress, reward }) => {
    const points = reward === null ? '' : `${reward.points} (${states[reward.state]})`
    const cells = [formats.instant(receivedAt), progresses[progress], points]
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
  })
  return [
    `<table class="leads"><thead><tr>${head.join('')}</tr></thead><tbody>`,
    ...rows,
    '</tbody></table>'
  ]
}
