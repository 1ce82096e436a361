import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import t from 'tap'

import {
  ACTIVITY_STATES,
  ACTIVITY_TYPES,
  ALL_OUTCOMES
} from '../../src/domain/activities/activity.ts'
import { LOCALES } from '../../src/domain/dealers/dealer.ts'
import type { Locale } from '../../src/domain/dealers/dealer.ts'
import { DEFAULT_SOURCES } from '../../src/domain/dealers/source.ts'
import { DELIVERY_STATES } from '../../src/domain/deliveries/delivery.ts'
import {
  ADDRESS_TYPES,
  ATTRIBUTION_KEYS,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  INCOME_PERIODS,
  LEAD_TYPES,
  PHONE_TYPES
} from '../../src/domain/leads/lead.ts'
import {
  FINANCE_METHODS,
  VEHICLE_CONDITIONS,
  VEHICLE_INTERESTS,
  VEHICLE_STATES
} from '../../src/domain/leads/vehicle.ts'
import { LEAD_PROGRESSES, STATUS_GROUPS } from '../../src/domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../src/domain/leads/temperature.ts'
import { REWARD_STATES } from '../../src/domain/sales/reward.ts'
import { wordingFor } from '../../src/mail/wording/wording.ts'
import { promoterPageWording } from '../../src/routes/public/promoter-page.ts'
import { ACTIVITY_WORDINGS } from '../../src/wording/activities.ts'
import { FIRST_NAMES, queueName, sourceName, statusName } from '../../src/wording/first-names.ts'
import { TIMELINE_WORDINGS } from '../../src/wording/timeline.ts'

type Words = (locale: Locale) => Readonly<Record<string, string>>

/** Every enumeration whose values people read, and its words. */
const SHOWN: Record<string, [values: readonly string[], words: Words]> = {
  ACTIVITY_STATES: [ACTIVITY_STATES, (locale) => TIMELINE_WORDINGS[locale].states],
  ACTIVITY_TYPES: [ACTIVITY_TYPES, (locale) => ACTIVITY_WORDINGS[locale].types],
  ADDRESS_TYPES: [ADDRESS_TYPES, (locale) => wordingFor(locale).addressTypes],
  ALL_OUTCOMES: [ALL_OUTCOMES, (locale) => ACTIVITY_WORDINGS[locale].outcomes],
  ATTRIBUTION_KEYS: [ATTRIBUTION_KEYS, (locale) => wordingFor(locale).attribution],
  CONTACT_CHANNELS: [CONTACT_CHANNELS, (locale) => wordingFor(locale).channels],
  CONTACT_TIMES: [CONTACT_TIMES, (locale) => wordingFor(locale).times],
  DEFAULT_SOURCES: [DEFAULT_SOURCES.map(({ key }) => key), (locale) => FIRST_NAMES[locale].sources],
  DELIVERY_STATES: [DELIVERY_STATES, (locale) => TIMELINE_WORDINGS[locale].deliveries],
  FINANCE_METHODS: [FINANCE_METHODS, (locale) => wordingFor(locale).financeMethods],
  INCOME_PERIODS: [INCOME_PERIODS, (locale) => wordingFor(locale).incomePeriods],
  LEAD_PROGRESSES: [LEAD_PROGRESSES, (locale) => promoterPageWording(locale).progress],
  LEAD_TYPES: [LEAD_TYPES, (locale) => wordingFor(locale).types],
  PHONE_TYPES: [PHONE_TYPES, (locale) => wordingFor(locale).phoneTypes],
  REWARD_STATES: [REWARD_STATES, (locale) => promoterPageWording(locale).states],
  STATUS_GROUPS: [STATUS_GROUPS, (locale) => FIRST_NAMES[locale].statuses],
  TEMPERATURES: [TEMPERATURES, (locale) => wordingFor(locale).temperatures],
  VEHICLE_CONDITIONS: [VEHICLE_CONDITIONS, (locale) => wordingFor(locale).conditions],
  VEHICLE_INTERESTS: [VEHICLE_INTERESTS, (locale) => wordingFor(locale).interests],
  VEHICLE_STATES: [VEHICLE_STATES, (locale) => wordingFor(locale).vehicleStates]
}

/** Files of the domain whose lists stand in the parts of a lead, a mail or a page that people read. */
const READ_BY_PEOPLE = [
  'activities/activity.ts',
  'leads/lead.ts',
  'leads/status-groups.ts',
  'leads/temperature.ts'
]

/** Lists in these files that no mail or page shows: units are written by Intl, steps are of reports. */
const NOT_SHOWN = ['DISTANCE_UNITS', 'FUNNEL_STEPS', 'TEMPERATURE_ORIGINS']

void t.test('every enumeration has a word for each value in each language', async (t) => {
  for (const [name, [values, words]] of Object.entries(SHOWN)) {
    for (const locale of LOCALES) {
      const found = words(locale)
      t.strictSame(Object.keys(found).toSorted(), values.toSorted(), `${name}, ${locale}`)
      for (const [value, word] of Object.entries(found)) {
        t.match(word, /^\p{L}[^_{}]*$/u, `${name}, ${locale}: ${value}`)
        t.equal(word, word.trim())
      }
      const distinct = new Set(Object.values(found))
      t.equal(distinct.size, values.length, `${name}, ${locale}: no two values have one word`)
    }
    t.strictNotSame(words('es'), words('en'), `${name} is translated`)
    t.strictNotSame(words('pl'), words('en'), `${name} is translated`)
  }
})

// A list that is added to a part which people read fails here until it has words, or is said to need none.
void t.test('no enumeration is left out', async (t) => {
  const folder = fileURLToPath(new URL('../../src/domain', import.meta.url))
  const files = await readdir(folder, { recursive: true })
  for (const file of READ_BY_PEOPLE) {
    t.ok(files.includes(file), file)
    const text = await readFile(join(folder, file), 'utf8')
    const lists = Array.from(text.matchAll(/^export const ([A-Z_]+)(?:: readonly \w+\[\])? = \[/gm))
    t.ok(lists.length > 0, `${file} has lists`)
    for (const [, name = ''] of lists) t.ok(name in SHOWN || NOT_SHOWN.includes(name), name)
  }
})

void t.test(
  'what a dealer begins with has a name of the reader’s, what it renamed has not',
  async (t) => {
    t.equal(statusName('new', 'pl'), 'Nowy')
    t.equal(statusName('Świeże', 'es'), 'Świeże')
    t.equal(statusName('constructor', 'es'), 'constructor')
    t.equal(sourceName({ key: 'trade-fair', name: 'Trade fair' }, 'es'), 'Feria')
    t.equal(sourceName({ key: 'trade-fair', name: 'Motor Show' }, 'es'), 'Motor Show')
    t.equal(
      sourceName({ key: 'own', name: 'Phone' }, 'es'),
      'Phone',
      'a source of the dealer’s own'
    )
    t.equal(queueName('Default', 'es'), 'Predeterminada')
    t.equal(queueName('Evening', 'es'), 'Evening')
  }
)
