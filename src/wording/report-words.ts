import type { Locale } from '../domain/dealers/dealer.ts'
import type { STEP_LABELS } from '../domain/reports/funnel.ts'
import type { RESPONSE_LABELS } from '../domain/reports/response-times.ts'
import type { ReportName } from './charts.ts'

/** The columns that are drawn: what is counted, and what it is counted for. */
export const DRAWN = [
  'name',
  'measure',
  'month',
  'sourceName',
  'promoter',
  'referralLink',
  'place',
  'entered',
  'standing',
  'total',
  'received',
  'reached',
  'shown',
  'qualified',
  'converted',
  'sold',
  'handled',
  'appointmentsShown',
  'sales',
  'median',
  'p90',
  'unassigned',
  'overdue',
  'dueSoon'
] as const
type DrawnColumn = (typeof DRAWN)[number]

/** The words of one language for the data that reports name in English. */
export interface Translation {
  columns: Record<DrawnColumn, string>
  reports: Record<ReportName, string>
  period: (from: string, to: string) => string
  steps: Record<keyof typeof STEP_LABELS, string>
  times: Record<keyof typeof RESPONSE_LABELS, string>
  rows: Record<'All' | 'Unassigned', string>
}

export const TRANSLATIONS: Record<Exclude<Locale, 'en'>, Translation> = {
  es: {
    columns: {
      name: 'Nombre',
      measure: 'Desde y hasta',
      month: 'Mes',
      sourceName: 'Origen',
      promoter: 'Promotor',
      referralLink: 'Enlace',
      place: 'Cola o usuario',
      entered: 'Han pasado por ahí',
      standing: 'Están ahí',
      total: 'Total',
      received: 'Recibidos',
      reached: 'Contactados',
      shown: 'Acudieron',
      qualified: 'Calificados',
      converted: 'Convertidos',
      sold: 'Vendidos',
      handled: 'Gestionados',
      appointmentsShown: 'Citas celebradas',
      sales: 'Ventas',
      median: 'Mediana',
      p90: 'Percentil 90',
      unassigned: 'Sin asignar',
      overdue: 'Vencidos',
      dueSoon: 'A punto de vencer'
    },
    reports: {
      Funnel: 'Embudo',
      'Leads by source': 'Leads por origen',
      'Leads by source and month': 'Leads por origen y mes',
      'Leads by source and month in detail': 'Leads por origen y mes en detalle',
      'Sales by source and month': 'Ventas por origen y mes',
      'Response times': 'Tiempos de respuesta',
      Team: 'Equipo',
      Incentives: 'Incentivos',
      'Leads by promoter': 'Leads por promotor',
      'Leads by referral link': 'Leads por enlace de recomendación',
      'Work list': 'Trabajo pendiente'
    },
    period: (from, to) => `${from} a ${to}`,
    steps: {
      received: 'Recibidos',
      worked: 'Trabajados',
      qualified: 'Calificados',
      client: 'Clientes',
      sold: 'Vendidos'
    },
    times: {
      leadToContact: 'Del lead al primer contacto',
      leadToReached: 'Del lead al contacto logrado',
      leadToClient: 'Del lead al cliente',
      clientToCall: 'Del cliente a la primera llamada',
      clientToMail: 'Del cliente al primer correo',
      clientToMeeting: 'Del cliente a la primera reunión'
    },
    rows: { All: 'Todos', Unassigned: 'Sin asignar' }
  },
  pl: {
    columns: {
      name: 'Nazwa',
      measure: 'Od czego do czego',
      month: 'Miesiąc',
      sourceName: 'Źródło',
      promoter: 'Polecający',
      referralLink: 'Link',
      place: 'Kolejka lub użytkownik',
      entered: 'Były tam',
      standing: 'Są tam',
      total: 'Razem',
      received: 'Otrzymane',
      reached: 'Nawiązano kontakt',
      shown: 'Przyszli',
      qualified: 'Zakwalifikowane',
      converted: 'Zamienione w klientów',
      sold: 'Sprzedane',
      handled: 'Obsłużone',
      appointmentsShown: 'Odbyte wizyty',
      sales: 'Sprzedaże',
      median: 'Mediana',
      p90: '90. percentyl',
      unassigned: 'Bez opiekuna',
      overdue: 'Po terminie',
      dueSoon: 'Tuż przed terminem'
    },
    reports: {
      Funnel: 'Lejek',
      'Leads by source': 'Leady według źródła',
      'Leads by source and month': 'Leady według źródła i miesiąca',
      'Leads by source and month in detail': 'Leady według źródła i miesiąca, szczegółowo',
      'Sales by source and month': 'Sprzedaże według źródła i miesiąca',
      'Response times': 'Czasy odpowiedzi',
      Team: 'Zespół',
      Incentives: 'Premie',
      'Leads by promoter': 'Leady według polecającego',
      'Leads by referral link': 'Leady według linku polecającego',
      'Work list': 'Lista zadań'
    },
    period: (from, to) => `${from} do ${to}`,
    steps: {
      received: 'Otrzymane',
      worked: 'Opracowywane',
      qualified: 'Zakwalifikowane',
      client: 'Klienci',
      sold: 'Sprzedane'
    },
    times: {
      leadToContact: 'Od leada do pierwszego kontaktu',
      leadToReached: 'Od leada do nawiązania kontaktu',
      leadToClient: 'Od leada do klienta',
      clientToCall: 'Od klienta do pierwszego telefonu',
      clientToMail: 'Od klienta do pierwszego e-maila',
      clientToMeeting: 'Od klienta do pierwszego spotkania'
    },
    rows: { All: 'Wszystkie', Unassigned: 'Bez opiekuna' }
  }
}
