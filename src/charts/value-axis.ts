import type { ReportUnit } from '../domain/reports/report.ts'

/** The unit of an axis: `factor` of the table's units are one of its. */
export interface ValueAxis {
  name: string
  factor: number
  /** Whether there is nothing between two whole numbers. */
  isWhole: boolean
}

const TIMES = [
  { name: 'days', seconds: 86_400 },
  { name: 'hours', seconds: 3_600 },
  { name: 'minutes', seconds: 60 }
] as const

/** Two of a unit at least: below, the next smaller one says more. */
const LEAST_OF_A_UNIT = 2

/** The axis of values in a unit, the largest of which is given. */
export function valueAxisOf(unit: ReportUnit, largest: number, currency: string | null): ValueAxis {
  switch (unit) {
    case 'seconds': {
      const time = TIMES.find(({ seconds }) => largest >= LEAST_OF_A_UNIT * seconds)
      return {
        name: `Time (${time?.name ?? 'seconds'})`,
        factor: time?.seconds ?? 1,
        isWhole: false
      }
    }
    case 'minutes':
      return { name: 'Time (minutes)', factor: 1, isWhole: false }
    case 'money':
      return { name: `Amount (${currency ?? 'money'})`, factor: 1, isWhole: false }
    case 'percent':
      return { name: 'Share (%)', factor: 1, isWhole: false }
    case 'points':
      return { name: 'Points', factor: 1, isWhole: false }
    case 'leads':
      return { name: 'Leads', factor: 1, isWhole: true }
    case 'count':
      return { name: 'Number', factor: 1, isWhole: true }
    case 'text':
      throw new TypeError('texts have no axis')
  }
}

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A number on an axis or a bar. */
export function formatNumber(value: number): string {
  return NUMBERS.format(value)
}
