import type { Locale } from '../domain/dealers/dealer.ts'
import { DEFAULT_QUEUE_NAME } from '../domain/access/user.ts'
import { DEFAULT_SOURCES } from '../domain/dealers/source.ts'
import { STATUS_GROUPS } from '../domain/leads/status-groups.ts'
import { STEP_LABELS } from '../domain/reports/funnel.ts'
import { RESPONSE_LABELS } from '../domain/reports/response-times.ts'
import type { ReportChart, ReportTable, ReportValue } from '../domain/reports/report.ts'
import { FIRST_NAMES } from './first-names.ts'

/** The columns that are drawn: what is counted, and what it is counted for. */
const DRAWN = [
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

/** The names of reports, as their titles begin. */
export type ReportName =
  | 'Funnel'
  | 'Leads by source'
  | 'Leads by source and month'
  | 'Leads by source and month in detail'
  | 'Sales by source and month'
  | 'Response times'
  | 'Team'
  | 'Incentives'
  | 'Leads by promoter'
  | 'Leads by referral link'
  | 'Work list'

/** What stands in a drawing beside its data. */
export interface ChartWording {
  /** For numbers: BCP 47. */
  locale: Locale
  noData: string
  drawn: (shown: number, all: number, of: string) => string
  drawnSeries: (shown: number, all: number) => string
  axes: {
    time: string
    seconds: string
    minutes: string
    hours: string
    days: string
    amount: string
    money: string
    share: string
    points: string
    leads: string
    number: string
  }
}

export const CHART_WORDINGS: Record<Locale, ChartWording> = {
  en: {
    locale: 'en',
    noData: 'No data',
    drawn: (shown, all, of) => `The first ${shown} of ${all} (${of}) are drawn`,
    drawnSeries: (shown, all) => `The first ${shown} of ${all} series are drawn`,
    axes: {
      time: 'Time',
      seconds: 'seconds',
      minutes: 'minutes',
      hours: 'hours',
      days: 'days',
      amount: 'Amount',
      money: 'money',
      share: 'Share',
      points: 'Points',
      leads: 'Leads',
      number: 'Number'
    }
  },
  es: {
    locale: 'es',
    noData: 'Sin datos',
    drawn: (shown, all, of) => `Se muestran los primeros ${shown} de ${all} (${of})`,
    drawnSeries: (shown, all) => `Se muestran las primeras ${shown} de ${all} series`,
    axes: {
      time: 'Tiempo',
      seconds: 'segundos',
      minutes: 'minutos',
      hours: 'horas',
      days: 'días',
      amount: 'Importe',
      money: 'dinero',
      share: 'Proporción',
      points: 'Puntos',
      leads: 'Leads',
      number: 'Número'
    }
  },
  pl: {
    locale: 'pl',
    noData: 'Brak danych',
    drawn: (shown, all, of) => `Pokazano pierwsze ${shown} z ${all} (${of})`,
    drawnSeries: (shown, all) => `Pokazano pierwsze ${shown} z ${all} serii`,
    axes: {
      time: 'Czas',
      seconds: 'sekundy',
      minutes: 'minuty',
      hours: 'godziny',
      days: 'dni',
      amount: 'Kwota',
      money: 'pieniądze',
      share: 'Udział',
      points: 'Punkty',
      leads: 'Leady',
      number: 'Liczba'
    }
  }
}

/** The words of one language for the data that reports name in English. */
interface Translation {
  columns: Record<DrawnColumn, string>
  reports: Record<ReportName, string>
  period: (from: string, to: string) => string
  steps: Record<keyof typeof STEP_LABELS, string>
  times: Record<keyof typeof RESPONSE_LABELS, string>
  rows: Record<'All' | 'Unassigned', string>
}

const TRANSLATIONS: Record<Exclude<Locale, 'en'>, Translation> = {
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

/** A report's table and chart as a reader of this language has them drawn. */
export function inLanguage<Forms extends { table: ReportTable; chart: ReportChart }>(
  forms: Forms,
  locale: Locale
): Pick<Forms, 'table' | 'chart'> {
  if (locale === 'en') return forms
  const { table, chart } = forms
  const translation = TRANSLATIONS[locale]
  const values = valuesIn(locale)
  const named = [chart.category, chart.splitBy]
  const isNamed = table.columns.map(({ key }) => named.includes(key))
  const inWords = (value: ReportValue, index: number) =>
    isNamed[index] === true && typeof value === 'string' ? (values.get(value) ?? value) : value
  const columns = table.columns.map((column) => ({
    ...column,
    label: columnIn(translation, column.key) ?? column.label
  }))
  return {
    table: { ...table, columns, rows: table.rows.map((row) => row.map(inWords)) },
    chart: { ...chart, title: titleIn(translation, chart.title) }
  }
}

function columnIn({ columns }: Translation, key: string): string | undefined {
  const base = DRAWN.find((one) => one === key || `${one}Minutes` === key)
  return base && columns[base]
}

/** The title's parts: the report, its period, and what narrows it. */
function titleIn({ reports, period }: Translation, title: string): string {
  const [name = '', days = '', ...rest] = title.split(', ')
  const known = new Map<string, string>(Object.entries(reports)).get(name) ?? name
  const [from, to] = days.split(' to ')
  const time = from !== undefined && to !== undefined ? period(from, to) : days
  return [known, time, ...rest].filter((part) => part !== '').join(', ')
}

/** Names that came with the service, and names of rows. */
function valuesIn(locale: Exclude<Locale, 'en'>): ReadonlyMap<string, string> {
  const { steps, times, rows } = TRANSLATIONS[locale]
  const { statuses, sources, queue } = FIRST_NAMES[locale]
  const keys = <Key extends string>(labels: Record<Key, string>) => Object.keys(labels) as Key[]
  return new Map([
    ...keys(STEP_LABELS).map((step) => [STEP_LABELS[step], steps[step]] as const),
    ...keys(RESPONSE_LABELS).map((time) => [RESPONSE_LABELS[time], times[time]] as const),
    ...STATUS_GROUPS.map((group) => [group, statuses[group]] as const),
    ...DEFAULT_SOURCES.map(({ key, name }) => [name, sources[key]] as const),
    ...Object.entries(rows),
    [DEFAULT_QUEUE_NAME, queue] as const
  ])
}
