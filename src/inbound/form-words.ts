import { fold } from '../domain/text/fold.ts'

/** Words of frameworks and page builders around the name of a field, and of questions. */
const NOISE = new Set(
  (
    'field fields input inputs txt text frm form forms tx cf cf7 wpcf7 wpforms item items meta data et pb elementor ' +
    'ninja nf gf mauticform answer entry your user the my lead enquiry inquiry customer client ctl ctl00 tb id ' +
    'what whats s is please enter provide no label'
  ).split(' ')
)

/** `contact[phone]`, `contact.phone` and `vehicles[0][make]` in their parts. */
export function partsOf(name: string): string[] {
  const parts = name.split(/[.[\]]+/).filter((part) => part !== '')
  return parts.some((part) => part in {}) ? [] : parts
}

/** A name, its last part, and either without the words of frameworks and numbers. */
export function spellingsOf(name: string): string[] {
  const parts = partsOf(name)
  const last = parts.findLast((part) => !/^\d+$/.test(part)) ?? name
  // In `contact_form[name]` the form only holds the name.
  const holders = name.includes('[') ? parts.slice(0, -1) : []
  const whole =
    holders.length > 0 ? `${withoutNoise(holders.join(' '))} ${parts.at(-1) ?? ''}` : name
  return [whole, last, withoutNoise(parts.join(' ')), withoutNoise(last)]
}

/** Whether a name is one of a program, such as `field_1a2b3c` or `input_3`. */
export function isIdentifier(name: string): boolean {
  return withoutNoise(name)
    .split(' ')
    .every((word) => word === '' || /\d/.test(word))
}

function withoutNoise(name: string): string {
  const spaced = name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
  const words = fold(spaced).split(' ')
  return words.filter((word) => !NOISE.has(word) && !/^q?\d+$/.test(word)).join(' ')
}

/** What only holds the answers of a form. */
const HOLDERS = new Set(
  (
    'data payload fields formfields answers fielddata usercolumndata formresponse formdata submission ' +
    'responses response values rawrequest record records event items properties entry lead leads body'
  ).split(' ')
)

/** Whether a member of a body only holds answers. */
export function isHolder(name: string): boolean {
  return /^\d+$/.test(name) || HOLDERS.has(fold(name).replaceAll(' ', ''))
}

const TOKENS =
  /^_(?:wp|token|method|csrf|xsrf|nonce|charset)|(?:captcha|turnstile).response$|^(?:csrf|xsrf)[\w-]{0,20}token$/i

/** Whether a hidden field is of the program of the page: neither the person nor the dealer wrote it. */
export function isToken(name: string): boolean {
  return TOKENS.test(name)
}
