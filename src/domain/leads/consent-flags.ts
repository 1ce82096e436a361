import { fold } from '../text/fold.ts'
import { MAX_SAID, consentNamed, isRefusing } from './consent-names.ts'
import type { NamedConsent } from './consent-names.ts'
import { readFlag } from './written-values.ts'

/** What a person says by being out of a list, or of all of them. */
const LEFT =
  /^(?:no (?:thanks|thank you|gracias)|nein danke|nie dziekuje|abgemeldet|widerrufen|widersprochen|unsubscribed?|(?:no |nein )?(?:i (?:do not|don t)(?: agree| want| consent| accept)?|ich stimme nicht zu|ich mochte nicht)|(?:no )?no quiero|(?:nie )?nie chce|do not allow|not allowed|do not contact|revoked|withdrawn|(?:dado |dada )?(?:de )?baja|revocado|wypisan[aoy]|wycofan[aoy]|cofniet[aoy]|rezygnacja|sprzeciw)$/

/**
 * Whether a text beside the name of a consent says yes or no; null: it says neither. Of several values of one field a
 * no holds, unless it is the hidden field of a box: `0, 1`.
 */
export function readConsentFlag(text: string): boolean | null {
  const one = readOneFlag(text)
  if (one !== null) return one
  const several = severalFlags(text)
  if (several.length === 0) return null
  return BOXES.has(plainList(text)) || several.every((flag) => flag)
}

/** Whether the values of one field say both yes and no, and so its refusal holds. */
export function isContradictory(text: string): boolean {
  return new Set(severalFlags(text)).size > 1 && !BOXES.has(plainList(text))
}

/** What programs send for a ticked box: first the hidden field for one that is not ticked. */
const BOXES = new Set(['0,1', 'false,true', 'off,on'])

function plainList(text: string): string {
  return text.toLowerCase().replace(/\s/g, '')
}

/** The values of one field, each a yes or a no; none: it is one text. */
function severalFlags(text: string): boolean[] {
  if (text.length > MAX_SAID || !text.includes(',') || readOneFlag(text) !== null) return []
  const flags = text.split(',').map(readOneFlag)
  return flags.every((flag) => flag !== null) ? flags : []
}

function readOneFlag(text: string): boolean | null {
  const said = text.slice(0, MAX_SAID)
  const flag = readFlag(said)
  if (flag !== null) return flag
  if (isLeft(said)) return false
  // `Ja, ich möchte den Newsletter erhalten`
  const [, first = '', rest = ''] = /^\s{0,9}(\p{L}{1,9})[\s,.!]{1,3}(\S.*)$/u.exec(said) ?? []
  return readFlag(first) === true && consentNamed(rest)?.isRefusal === false ? true : null
}

/** Whether a text refuses: `no thanks`, `Nie chcę newslettera`. */
function isLeft(said: string): boolean {
  return LEFT.test(fold(said)) || (isRefusing(said) && consentNamed(said)?.isRefusal === true)
}

/** Whether the person agreed; null: nothing is said, as by who is not in a list of those who want nothing. */
export function grantedBy(
  { isRefusal }: Pick<NamedConsent, 'isRefusal'>,
  text: string
): boolean | null {
  if (!isRefusal) return readConsentFlag(text)
  // `Abmeldung: abgemeldet`
  const said = text.slice(0, MAX_SAID)
  const isYes = readFlag(said) === true || severalFlags(text).includes(true)
  return isYes || isLeft(said) ? false : null
}
