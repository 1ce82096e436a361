import { readFile, writeFile } from 'node:fs/promises'

import t from 'tap'

import { COLLEAGUE_TOPICS, colleagueWordingFor } from '../../src/mail/wording/colleague-wording.ts'
import { composeColleagueMail } from '../../src/mail/compose/compose-colleague-mail.ts'
import type { ColleagueMailInput } from '../../src/mail/compose/compose-colleague-mail.ts'
import { ACTIVITY_WORDINGS } from '../../src/wording/activities.ts'
import { LOCALES } from '../../src/domain/dealers/dealer.ts'
import { CONTEXTS, appointment, handover } from './colleague-samples.ts'
import { LEAD_URL, contact, content, dealer, mailedLead, plausibleLead } from './samples.ts'

function compose(input: Partial<ColleagueMailInput> & Pick<ColleagueMailInput, 'context'>) {
  return composeColleagueMail({
    locale: 'en',
    dealer: dealer(),
    lead: plausibleLead('en'),
    leadUrl: LEAD_URL,
    ...input
  })
}

// After a change that is meant: UPDATE_EXPECTED=1 npx tap test/mail, then read the difference.
void t.test('mails between colleagues read as in test/mail/expected', async (t) => {
  for (const topic of COLLEAGUE_TOPICS) {
    for (const locale of LOCALES) {
      const mail = compose({ context: CONTEXTS[topic], locale, lead: plausibleLead(locale) })
      const files = {
        [`${topic}-${locale}.txt`]: `Subject: ${mail.subject}\n\n${mail.text}`,
        ...(locale === 'en' && { [`${topic}-${locale}.html.txt`]: mail.html })
      }
      for (const [name, found] of Object.entries(files)) {
        const file = new URL(`expected/${name}`, import.meta.url)
        if (process.env.UPDATE_EXPECTED) await writeFile(file, found)
        t.strictSame(found, await readFile(file, 'utf8'), name)
      }
    }
  }
})

void t.test('every language has words of its own', async (t) => {
  const sentences = LOCALES.map((locale) => {
    const { subjects, intros } = colleagueWordingFor(locale)
    return COLLEAGUE_TOPICS.flatMap((topic) => [subjects[topic], intros[topic]])
  }).flat()
  t.equal(new Set(sentences).size, 3 * 2 * COLLEAGUE_TOPICS.length)
  for (const locale of LOCALES) {
    const { intros, ...rest } = colleagueWordingFor(locale)
    t.ok(Object.values(intros).every((text) => text.split('{dealer}').length === 2))
    t.notMatch(JSON.stringify(rest), /\{dealer\}|:""/, 'nothing is left to fill in, or out')
    for (const words of [...Object.values(rest), ...Object.values(ACTIVITY_WORDINGS[locale])]) {
      const said: string[] = Object.values(words)
      t.equal(new Set(said).size, said.length, `${locale}: no two things have one name`)
    }
  }
})

void t.test('the mail about the end of an offer names the lead and no more of it', async (t) => {
  for (const topic of ['accepted', 'declined', 'expired', 'withdrawn', 'feedback'] as const) {
    const { text, html } = compose({ context: CONTEXTS[topic] })
    t.match(text, 'Łukasz')
    t.notMatch(text + html, /601|lukasz@|Długa|Is the blue one|9,000/, topic)
  }
  t.match(compose({ context: CONTEXTS.offer }).text, '+48601234567', 'who is to decide reads all')
})

void t.test('values that are missing leave no empty row', async (t) => {
  const bare = { fromUserId: null, fromUser: null, message: null, expiresAt: null }
  t.notMatch(compose({ context: { handover: handover(bare) } }).text, /== Offer ==|^From/m)
  const missed = appointment({ state: 'missed', outcome: null, feedback: null, dueAt: null })
  const { text } = compose({ context: { activity: missed, byName: null } })
  t.match(text, '== What you arranged ==\nType: Appointment\nState: Did not take place\n\n')
})

void t.test('the subject of mail about a test lead says that it is a test', async (t) => {
  const lead = mailedLead(content({ contact: contact({ firstName: 'Jan' }), isTest: true }))
  t.equal(
    compose({ context: CONTEXTS.expired, lead }).subject,
    '[Test] Your offer expired without a response: Jan'
  )
})

void t.test('nothing a person or a colleague says becomes markup, a link, or a row', async (t) => {
  const hostile = [
    '<script>window.__xss = 1</script>',
    '"><img src=x onerror=alert(1)>',
    '{dealer} $& www.evil.example https://evil.example',
    'Bcc: a@evil.example\r\nOutcome: Sold\u2028== Lead ==\u202e'
  ].join('\n')
  const name = { id: 'x', name: hostile }
  const words = { message: hostile, reason: hostile, fromUser: name, endedByUser: name }
  const contexts = [
    { handover: handover(words) },
    { handover: handover({ ...words, state: 'declined' }) },
    { activity: appointment({ feedback: hostile }), byName: hostile }
  ]
  const lead = mailedLead(content({ contact: contact({ fullName: hostile }), message: hostile }))
  for (const context of contexts) {
    const mail = compose({ context, lead, dealer: dealer({}, { name: hostile }) })
    t.notMatch(mail.subject, /[\r\n\u2028\u202e]/)
    t.ok(mail.subject.length <= 140)
    t.notMatch(mail.html, /<(script|img)|\son\w+="/)
    t.match(mail.html, '&lt;script&gt;window.__xss = 1&lt;/script&gt;', 'it stays readable')
    t.strictSame(mail.html.match(/href="[^"]*"/g), [`href="${LEAD_URL}"`], 'one link: ours')
    for (const part of [mail.text, mail.html]) {
      t.notMatch(part.replaceAll(LEAD_URL, ''), /https?:\/\/|www\.|[\r\u2028\u202e]/i)
      t.ok(part.includes('{dealer} $&'), 'and nothing is put into it')
    }
    t.notMatch(mail.text, /^(Bcc|Outcome: Sold)/m, 'no forged row')
    t.equal(mail.text.match(/^== Lead ==$/gm)?.length, 1, 'no forged section')
  }
})
