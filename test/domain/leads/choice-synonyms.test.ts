import t from 'tap'

import { readChoice } from '../../../src/domain/leads/choice-synonyms.ts'
import {
  ADDRESS_TYPES,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  INCOME_PERIODS,
  LEAD_TYPES,
  PHONE_TYPES
} from '../../../src/domain/leads/lead.ts'
import { DISTANCE_UNITS } from '../../../src/domain/leads/values.ts'
import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from '../../../src/domain/leads/vehicle.ts'

const CHOICES: Record<string, readonly string[]> = {
  ADDRESS_TYPES,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  DISTANCE_UNITS,
  INCOME_PERIODS,
  LEAD_TYPES,
  PHONE_TYPES,
  VEHICLE_CONDITIONS,
  VEHICLE_INTERESTS
}

void t.test('each choice is read by its own name', async (t) => {
  for (const choices of Object.values(CHOICES)) {
    for (const choice of choices) {
      t.equal(readChoice(choice, choices), choice)
      t.equal(readChoice(` ${choice.toUpperCase()}. `, choices), choice)
    }
  }
})

void t.test('synonyms in four languages are read, by the choices of the field', async (t) => {
  const cases: [string, keyof typeof CHOICES, string | null][] = [
    ['Pre-Owned', 'VEHICLE_CONDITIONS', 'used'],
    ['używany', 'VEHICLE_CONDITIONS', 'used'],
    ['Segunda mano', 'VEHICLE_CONDITIONS', 'used'],
    ['Gebrauchtwagen', 'VEHICLE_CONDITIONS', 'used'],
    ['NEU', 'VEHICLE_CONDITIONS', 'new'],
    ['cellphone', 'PHONE_TYPES', 'mobile'],
    ['cellphone', 'CONTACT_CHANNELS', 'phone'],
    ['Cell phone', 'PHONE_TYPES', 'mobile'],
    ['Telefon', 'PHONE_TYPES', 'voice'],
    ['Telefon', 'CONTACT_CHANNELS', 'phone'],
    ['służbowy', 'PHONE_TYPES', 'work'],
    ['Text message', 'CONTACT_CHANNELS', 'sms'],
    ['p.m.', 'CONTACT_TIMES', 'afternoon'],
    ['por la mañana', 'CONTACT_TIMES', 'morning'],
    ['part-exchange', 'VEHICLE_INTERESTS', 'trade-in'],
    ['jazda próbna', 'VEHICLE_INTERESTS', 'test-drive'],
    ['miesięcznie', 'INCOME_PERIODS', 'month'],
    ['Miles', 'DISTANCE_UNITS', 'mi'],
    ['kilometrów', 'DISTANCE_UNITS', 'km'],
    ['wrecked', 'VEHICLE_CONDITIONS', null],
    ['-', 'VEHICLE_CONDITIONS', null],
    ['mobile'.repeat(100_000), 'PHONE_TYPES', null],
    ['', 'PHONE_TYPES', null],
    ['constructor', 'PHONE_TYPES', null]
  ]
  for (const [text, list, value] of cases) {
    t.equal(readChoice(text, CHOICES[list] ?? []), value, `${text} of ${list}`)
  }
})
