import type { Locale } from '../domain/dealers/dealer.ts'

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
