import { isForeignMobile } from './foreign-mobiles.ts'

/** A country code of the ITU (E.164), as part of a pattern. */
export const COUNTRY_CODES = String.raw`[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])\d`

const CODE = new RegExp(`^(?:${COUNTRY_CODES})`)
const FIRST_GROUP = /^\(?(\d{1,3})\)?(?=[ /.-])/

/** How a plan without a length of its own tells an area code from a country code. */
interface OpenPlan {
  code: string
  /** A mobile number without its trunk zero. */
  mobile: RegExp
  /** Area codes that are written apart like a country code. */
  areas: readonly string[]
}

/** Countries whose numbers vary in length: nearly all digits are a number of theirs. */
const OPEN_PLANS: Readonly<Record<string, OpenPlan>> = {
  DE: { code: '49', mobile: /^1[567]\d{8,9}$/, areas: ['30', '40', '69', '89'] },
  AT: { code: '43', mobile: /^6[5-9]\d{7,11}$/, areas: ['1'] },
  IT: { code: '39', mobile: /^3\d{8,9}$/, areas: [] },
  LU: { code: '352', mobile: /^6\d{8}$/, areas: [] },
  FI: { code: '358', mobile: /^(?:4\d|50)\d{5,8}$/, areas: [] }
}

/** With fewer digits, the first ones are more often an area code. */
export const MIN_WITH_CODE = 11

/** The country code that digits begin with, or nothing. */
export function codeOf(digits: string): string {
  return CODE.exec(digits)?.[0] ?? ''
}

/** Whether digits are a mobile number of a country with an open plan, without its trunk zero. */
export function isOwnMobile(digits: string, country: string | undefined): boolean {
  return OPEN_PLANS[country ?? '']?.mobile.test(digits) === true
}

/** Whether numbers of a country have any length: nearly all digits are one. */
export function isOpenPlan(country: string): boolean {
  return Object.hasOwn(OPEN_PLANS, country)
}

/** Whether the country of a code is on the continent of one of `countries`, where people call from. */
export function isOfZone(code: string, countries: readonly string[]): boolean {
  return ZONES.some(
    ({ codes, members }) => codes.test(code) && countries.some((one) => members.has(one))
  )
}

const ZONES: readonly { codes: RegExp; members: ReadonlySet<string> }[] = [
  {
    codes: /^[34]/,
    members: new Set(
      (
        'AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ' +
        'ME MK MT NL NO PL PT RO RS SE SI SK SM UA XK'
      ).split(' ')
    )
  },
  {
    codes: /^[15]/,
    members: new Set(
      (
        'AG AI AR BB BM BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GU GY HN HT JM KN KY LC MS MX NI PA PE PR ' +
        'PY SR SV TC TT US UY VC VE VG VI'
      ).split(' ')
    )
  }
]

/**
 * The readings that come before all others: with a country code that the metadata of an open plan takes
 * for an area code, that is written twice, or that stands behind the `+1` of a form.
 */
export function likelyTexts(
  number: string,
  digits: string,
  countries: readonly string[]
): { texts: string[]; isSure: boolean } {
  const none = { texts: [], isSure: false }
  if (number.startsWith('+')) {
    return { ...none, texts: [...withoutFalseOne(number), ...withoutSecondCode(number)] }
  }
  const plan = OPEN_PLANS[countries[0] ?? '']
  if (plan === undefined || digits.startsWith('0') || digits.length < MIN_DIGITS) return none
  const isWhole = /^\d+$/.test(number) && !digits.startsWith(plan.code)
  if (isWhole && isForeignMobile(digits)) return { ...none, texts: [`+${digits}`] }
  const [, first = ''] = FIRST_GROUP.exec(number) ?? []
  // `4921 1234567` has its area code apart.
  const isLong = digits.length >= MIN_WITH_CODE && !/^\d{4,5}[ /-]/.test(number)
  const isOwn =
    digits.startsWith(plan.code) &&
    (first === plan.code || isLong || plan.mobile.test(digits.slice(plan.code.length)))
  const isForeign = isLong && !plan.areas.includes(first) && first !== '' && codeOf(first) === first
  // `8 800 …` has the trunk digit of another country: no German number begins with one digit.
  if (plan.code === '49' && first.length === 1 && !isForeign) return { texts: [], isSure: true }
  // An area code of the open plan has no such length.
  return isOwn || isForeign ? { texts: [`+${digits}`], isSure: isForeign && !isOwn } : none
}

const MIN_DIGITS = 9

/** Forms put `+1` before a number with another country's code: `+1 52 55 1234 5678`. */
function withoutFalseOne(number: string): string[] {
  const [, code, rest = ''] = /^\+1[ .-]+(\d{2,3})[ .-]+(\d[\d .-]*)$/.exec(number) ?? []
  if (code === undefined || codeOf(code) !== code) return []
  const digits = code + rest.replace(/\D/g, '')
  return digits.length >= MIN_WITH_CODE ? [`+${digits}`] : []
}

/** `+49 49 151 23456789`, `+494915123456789` */
function withoutSecondCode(number: string): string[] {
  const plan = Object.values(OPEN_PLANS).find(({ code }) => number.startsWith(`+${code}`))
  if (plan === undefined) return []
  const rest = number.slice(plan.code.length + 1).replace(/^[ ./-]+/, '')
  if (!rest.startsWith(plan.code)) return []
  const others = rest.slice(plan.code.length)
  const digits = others.replace(/\D/g, '')
  const isSecond = /^[ ./-]/.test(others) || plan.mobile.test(digits)
  return isSecond ? [`+${plan.code}${digits}`] : []
}
