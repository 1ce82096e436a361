import type { ReportUnit } from '../domain/reports/report.ts'
import type { ChartWording } from '../wording/charts.ts'

/** The unit of an axis: `factor` of the table's units are one of its. */
export interface ValueAxis {
  name: string
  factor: number
  /** Whether there is nothing between two whole numbers. */
  isWhole: boolean
  /** Writes a number on an axis or a bar. */
  format: (value: number) => string
}

const TIMES = [
  { name: 'days', seconds: 86_400 },
  { name: 'hours', seconds: 3_600 },
  { name: 'minutes', seconds: 60 }
] as const

/** Two of a unit at least: below, the next smaller one says more. */
const LEAST_OF_A_UNIT = 2

/** The axis of values in a unit, the largest of which is given. */
export function valueAxisOf(
  unit: ReportUnit,
  { largest, currency }: { largest: number; currency: string | null },
  { axes, locale }: ChartWording
): ValueAxis {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const format = (value: number) => numbers.format(value)
  const axis = (name: string, factor = 1) => ({ name, factor, isWhole: false, format })
  switch (unit) {
    case 'seconds': {
      const time = TIMES.find(({ seconds }) => largest >= LEAST_OF_A_UNIT * seconds)
      return axis(`${axes.time} (${axes[time?.name ?? 'seconds']})`, time?.seconds)
    }
    case 'minutes':
      return axis(`${axes.time} (${axes.minutes})`)
    case 'money':
      return axis(`${axes.amount} (${currency ?? axes.money})`)
    case 'percent':
      return axis(`${axes.share} (%)`)
    case 'points':
      return axis(axes.points)
    case 'leads':
      return { ...axis(axes.leads), isWhole: true }
    case 'count':
      return { ...axis(axes.number), isWhole: true }
    case 'text':
      throw new TypeError('texts have no axis')
  }
}
