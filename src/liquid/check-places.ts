import { TypeGuards } from 'liquidjs'
import type { TagToken, TopLevelToken } from 'liquidjs'

import { HtmlScanner } from './html-scanner.ts'
import type { HtmlPlace } from './html-scanner.ts'
import { LIQUID_LIMITS } from './limits.ts'
import type { Faults } from './faults.ts'

/** Where each output of an HTML part stands, by where it begins in the source. */
export type Places = ReadonlyMap<number, HtmlPlace>

const BLOCKS: readonly string[] = ['if', 'unless', 'case', 'for', 'capture']
const BRANCHES: readonly string[] = ['else', 'elsif', 'when']
const ENDINGS: readonly string[] = BLOCKS.map((name) => `end${name}`)

/** A block that is open, and where in the HTML it began. */
interface OpenBlock {
  name: string
  state: string
}

/**
 * Looks over a part from start to end: expressions and blocks are bounded, and in HTML every value
 * stands where escaping holds it, whichever way the template takes: all branches of a block lead to
 * the place in the HTML where it began.
 */
export function checkPlaces(
  tokens: readonly TopLevelToken[],
  isHtml: boolean,
  faults: Faults
): Places {
  const places = new Map<number, HtmlPlace>()
  const html = new HtmlScanner()
  const open: OpenBlock[] = []
  let isComment = false
  for (const token of tokens) {
    if (isComment) isComment = !(TypeGuards.isTagToken(token) && token.name === 'endcomment')
    else if (TypeGuards.isHTMLToken(token)) {
      if (isHtml) html.read(token.getContent())
    } else if (token.size() > LIQUID_LIMITS.expressionCharacters) {
      faults.add(token, `is longer than ${LIQUID_LIMITS.expressionCharacters} characters`)
    } else if (!TypeGuards.isTagToken(token)) places.set(token.begin, html.place)
    else if (token.name === 'comment') isComment = true
    else checkTag(token, open, html.state, faults)
  }
  const { refused } = html
  if (refused !== null) faults.add(null, `the element <${refused}> has no place in a mail`)
  // The text behind it, such as the link to unsubscribe, would end up within it.
  if (isHtml && !html.isBetweenElements) faults.add(null, 'the HTML ends within a tag')
  return places
}

function checkTag(token: TagToken, open: OpenBlock[], state: string, faults: Faults): void {
  const { name } = token
  const block = open.at(-1)
  if (BLOCKS.includes(name)) {
    open.push({ name, state })
    if (open.length > LIQUID_LIMITS.depth) {
      faults.add(token, `there are more than ${LIQUID_LIMITS.depth} blocks within each other`)
    }
    return
  }
  if (ENDINGS.includes(name)) open.pop()
  // `break` and `continue` leave a turn of a loop where a turn began.
  const isLeap = name === 'break' || name === 'continue'
  const from = isLeap ? open.findLast((one) => one.name === 'for') : block
  const isJoint = isLeap || ENDINGS.includes(name) || BRANCHES.includes(name)
  if (isJoint && from && from.state !== state) {
    faults.add(token, 'the HTML before it must close what it opened since the block began')
  }
}
