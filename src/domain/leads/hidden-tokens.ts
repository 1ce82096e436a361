import { squeeze } from '../text/fold.ts'
import type { LeadContent } from './lead.ts'

/** Parts of names of fields that a page fills anew each time it is shown or sent. */
const PARTS =
  /nonce|csrf|xsrf|token|captcha|turnstile|honeypot|timestamp|sessionid|requestid|submissionid|buildid|starttime|loadtime|rendertime|elapsed|signature|uuid|guid|checksum|cachebust/
const NAMES: ReadonlySet<string> = new Set(
  'hp ts sid formtime sendtime gotcha nocache random rand'.split(' ')
)

/** What programs make for one request, under any name: a long run of letters and digits. */
const OPAQUE = /^(?=.*\d)(?=.*[a-z])[\w+/=.-]{24,}$/i

/**
 * The content without the hidden fields that say nothing of the request: a click on `Send` twice, or the same
 * form sent again, differs in them.
 */
export function withoutTokens(content: LeadContent): LeadContent {
  const isSaid = ([name]: [string, unknown]) => !PARTS.test(squeeze(name))
  return {
    ...content,
    unmapped: content.unmapped.filter(
      ({ path, text, code }) =>
        (code !== undefined && code !== 'unknown_member') || !isToken(lastOf(path), text)
    ),
    customFields: Object.fromEntries(Object.entries(content.customFields).filter(isSaid)),
    attribution: Object.fromEntries(Object.entries(content.attribution).filter(isSaid))
  }
}

function isToken(name: string, value: string): boolean {
  const word = squeeze(name)
  return PARTS.test(word) || NAMES.has(word) || OPAQUE.test(value)
}

/** The name of a field in its path: `token` of `/form[token]`. */
function lastOf(path: string): string {
  return path.split(/[/[\]]+/).findLast((part) => part !== '') ?? ''
}
