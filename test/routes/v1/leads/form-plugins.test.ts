import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

/** Forms of builders as their pages post them, and what the contact is. */
const FORMS: Record<string, [Record<string, string>, object]> = {
  'Elementor, from the page': [
    {
      post_id: '12',
      form_id: '1606c7c4',
      referer_title: 'Contact - Dealer',
      queried_id: '12',
      'form_fields[name]': 'Ola Kos',
      'form_fields[email]': 'el1@p.example',
      'form_fields[field_1a2b3c]': '601 222 301',
      'form_fields[message]': 'A test drive?',
      action: 'elementor_pro_forms_send_form'
    },
    { fullName: 'Ola Kos', email: 'el1@p.example', phone: '+48601222301' }
  ],
  'Elementor, described': [
    {
      'form[id]': 'c1d6fde',
      'form[name]': 'Kontakt',
      'fields[name][id]': 'name',
      'fields[name][title]': 'Imię',
      'fields[name][value]': 'Ola Kos',
      'fields[name][raw_value]': 'Ola Kos',
      'fields[email][id]': 'email',
      'fields[email][type]': 'email',
      'fields[email][value]': 'el2@p.example',
      'fields[email][required]': '1',
      'fields[field_1a2b3c][id]': 'field_1a2b3c',
      'fields[field_1a2b3c][title]': 'Marka',
      'fields[field_1a2b3c][value]': 'Dacia',
      'fields[field_77f]': '',
      'meta[page_url][title]': 'Page URL',
      'meta[page_url][value]': 'https://dealer.example/a'
    },
    { fullName: 'Ola Kos', email: 'el2@p.example' }
  ],
  'Contact Form 7': [
    {
      _wpcf7: '5',
      _wpcf7_unit_tag: 'wpcf7-f5-p7-o1',
      _wpnonce: 'abc123',
      'g-recaptcha-response': '03AFc',
      'your-name': 'Ola Kos',
      'your-email': 'cf@p.example',
      'tel-123': '601 222 302',
      'your-message': 'Hello there'
    },
    { fullName: 'Ola Kos', email: 'cf@p.example', phone: '+48601222302' }
  ],
  WPForms: [
    {
      'wpforms[fields][0][first]': 'Ola',
      'wpforms[fields][0][last]': 'Kos',
      'wpforms[fields][1]': 'wpf@p.example',
      'wpforms[fields][2]': 'When is it there?',
      'wpforms[fields][3]': '601 222 303',
      'wpforms[id]': '9',
      'wpforms[nonce]': 'abc'
    },
    { firstName: 'Ola', lastName: 'Kos', email: 'wpf@p.example', phone: '+48601222303' }
  ],
  'Gravity Forms': [
    {
      'input_1.3': 'Ola',
      'input_1.6': 'Kos',
      input_2: 'gf@p.example',
      input_3: '601 222 304',
      'Your message': 'Hello'
    },
    { firstName: 'Ola', lastName: 'Kos', email: 'gf@p.example', phone: '+48601222304' }
  ],
  'Jotform, the raw request': [
    {
      formID: '230000',
      submissionID: '5720000',
      rawRequest: JSON.stringify({
        slug: 'submit/230000',
        q3_name: { first: 'Ola', last: 'Kos' },
        q4_email: 'jfr@p.example',
        q5_phone: { full: '601 222 305' }
      })
    },
    { firstName: 'Ola', lastName: 'Kos', email: 'jfr@p.example', phone: '+48601222305' }
  ],
  'a mail script': [
    { from_email: 'web@site.example', reply_to: 'Ola Kos <rt@p.example>', message: 'Hi' },
    { email: 'rt@p.example', otherEmails: [] }
  ],
  'a mail script without another address': [
    { from_email: 'fe@p.example', message: 'Hi there' },
    { email: 'fe@p.example' }
  ],
  Jotform: [
    {
      action: '',
      formID: '243231271343446',
      formTitle: 'Test Drive Form',
      submissionID: '6084250982513018472',
      rawRequest: JSON.stringify({
        slug: 'submit/243',
        q3_studentsName: { first: 'Alex', last: 'Park' },
        q4_email: 'jot@p.example',
        q5_phoneNumber: { area: '', full: '601 222 305' }
      }),
      pretty: 'Name:Alex Park'
    },
    { firstName: 'Alex', lastName: 'Park', email: 'jot@p.example', phone: '+48601222305' }
  ],
  Typed: [
    { 'No Label name': 'Shara Lee', 'No Label email': 'nl@p.example', 'No Label tel': '601222306' },
    { fullName: 'Shara Lee', email: 'nl@p.example', phone: '+48601222306' }
  ]
}

/** Further builders, all with the same person. */
const MORE_FORMS: Record<string, Record<string, string>> = {
  Divi: {
    et_pb_contact_name_0: 'Ola Kos',
    et_pb_contact_email_0: 'mf1@p.example',
    et_pb_contact_message_0: 'Hi',
    et_pb_contactform_submit_0: 'et_contact_proccess',
    '_wpnonce-et-pb-contact-form-submitted-0': 'abc'
  },
  'Fluent Forms': {
    'names[first_name]': 'Ola',
    'names[last_name]': 'Kos',
    email: 'mf2@p.example',
    _fluentform_3_fluentformnonce: 'abc',
    _wp_http_referer: '/contact'
  },
  Shopify: {
    form_type: 'contact',
    utf8: '✓',
    'contact[Name]': 'Ola Kos',
    'contact[email]': 'mf3@p.example',
    'contact[body]': 'Hi'
  },
  Mailchimp: {
    type: 'subscribe',
    'data[email]': 'mf4@p.example',
    'data[merges][FNAME]': 'Ola',
    'data[merges][LNAME]': 'Kos',
    'data[merges][EMAIL]': 'mf4@p.example'
  },
  'Salesforce, web to lead': {
    oid: '00D5',
    retURL: 'https://dealer.example/thanks',
    first_name: 'Ola',
    last_name: 'Kos',
    email: 'mf5@p.example',
    '00N5A': 'Dacia'
  },
  Formspree: { name: 'Ola Kos', _replyto: 'mf6@p.example', _gotcha: '', message: 'Hi' },
  Rails: { authenticity_token: 'a', 'enquiry[name]': 'Ola Kos', 'enquiry[email]': 'mf7@p.example' },
  Symfony: {
    'contact_form[name]': 'Ola Kos',
    'contact_form[email]': 'mf8@p.example',
    'contact_form[_token]': 'abc'
  },
  Drupal: {
    form_build_id: 'form-x',
    form_id: 'webform_1',
    'submitted[your_name]': 'Ola Kos',
    'submitted[e_mail]': 'mf9@p.example',
    op: 'Send'
  },
  'pairs of names and values': {
    'fields[0][name]': 'full_name',
    'fields[0][value]': 'Ola Kos',
    'fields[1][name]': 'email',
    'fields[1][value]': 'mf10@p.example'
  }
}

/** Further services, all with the same person. */
const MORE_BODIES: Record<string, Record<string, unknown>> = {
  Tally: {
    eventType: 'FORM_RESPONSE',
    data: {
      responseId: 'r',
      formName: 'Test drive',
      fields: [
        { key: 'question_3EKz4n', label: 'Your name', type: 'INPUT_TEXT', value: 'Ola Kos' },
        { key: 'question_w4Q4Xn', label: 'Email', type: 'INPUT_EMAIL', value: 'mb1@p.example' },
        {
          key: 'question_a1',
          label: 'Which car?',
          type: 'DROPDOWN',
          value: ['id1'],
          options: [{ id: 'id1', text: 'Duster' }]
        }
      ]
    }
  },
  Netlify: {
    form_name: 'contact',
    site_url: 'https://dealer.example',
    name: 'Ola Kos',
    email: 'mb2@p.example',
    data: { name: 'Ola Kos', email: 'mb2@p.example', ip: '192.0.2.1' },
    ordered_human_fields: [
      { title: 'Name', name: 'name', value: 'Ola Kos' },
      { title: 'Email', name: 'email', value: 'mb2@p.example' }
    ]
  },
  Wix: {
    data: {
      formName: 'Contact',
      submissions: [
        { label: 'Name', value: 'Ola Kos' },
        { label: 'Email', value: 'mb3@p.example' }
      ]
    }
  },
  'Google Forms': {
    namedValues: { Timestamp: ['1/2/2026'], 'Your name': ['Ola Kos'], Email: ['mb4@p.example'] }
  },
  Paperform: {
    form_id: 'p',
    data: [
      { title: 'Full name', type: 'text', key: 'a1b2', value: 'Ola Kos' },
      { title: 'Email', type: 'email', key: 'c3d4', value: 'mb5@p.example' }
    ]
  },
  'questions and answers': {
    form: { name: 'Test drive' },
    answers: [
      { question: 'What is your name?', answer: 'Ola Kos' },
      { question: 'Your e-mail address', answer: 'mb6@p.example' }
    ]
  },
  'attributes of keys': {
    attributes: [
      { key: 'NAME', value: 'Ola Kos' },
      { key: 'EMAIL', value: 'mb7@p.example' }
    ]
  },
  Unbounce: {
    page_name: 'Offer',
    'data.json': '{"name":["Ola Kos"],"email":["mb8@p.example"],"ip_address":["192.0.2.1"]}'
  },
  'a person below a lead': {
    event: 'lead.created',
    lead: { id: 7, person: { name: 'Ola Kos', email: 'mb9@p.example' }, title: 'A new lead' }
  }
}

/** JSON of form services, and what the contact is. */
const BODIES: Record<string, [Record<string, unknown>, object]> = {
  'Webflow, old': [
    { name: 'Contact form', site: 's1', data: { Name: 'Ola Kos', Email: 'wf1@p.example' } },
    { fullName: 'Ola Kos', email: 'wf1@p.example' }
  ],
  'Webflow, without a name': [
    { name: 'Contact form', site: 's1', data: { Email: 'wf2@p.example' } },
    { fullName: null, email: 'wf2@p.example' }
  ],
  Webflow: [
    {
      triggerType: 'form_submission',
      payload: {
        name: 'Contact Us',
        siteId: 's',
        data: {
          'First Name': 'Ola',
          'Last Name': 'Kos',
          email: 'wf3@p.example',
          message: 'Hi you'
        },
        submittedAt: '2026-01-15T14:30:00.000Z',
        id: '65a5'
      }
    },
    { firstName: 'Ola', lastName: 'Kos', fullName: null, email: 'wf3@p.example' }
  ],
  'Ninja Forms': [
    {
      form_id: '1',
      fields: {
        1: { id: 1, key: 'name_1523908368154', label: 'Name', value: 'Ola Kos' },
        2: { id: 2, key: 'email', label: 'Email', value: 'nf@p.example' },
        3: { id: 3, key: 'field_88', label: 'Telefon', value: '601 222 401' }
      }
    },
    { fullName: 'Ola Kos', email: 'nf@p.example', phone: '+48601222401' }
  ],
  HubSpot: [
    {
      fields: [
        { objectTypeId: '0-1', name: 'firstname', value: 'Ola' },
        { objectTypeId: '0-1', name: 'lastname', value: 'Kos' },
        { objectTypeId: '0-1', name: 'email', value: 'hs@p.example' }
      ],
      context: { pageUri: 'https://dealer.example/a', pageName: 'Our offer', hutk: 'x' }
    },
    { firstName: 'Ola', lastName: 'Kos', fullName: null, email: 'hs@p.example' }
  ],
  'HubSpot, properties': [
    {
      vid: 7,
      properties: {
        firstname: { value: 'Ola', versions: [] },
        email: { value: 'hp@p.example', versions: [{ value: 'old@p.example' }] }
      }
    },
    { firstName: 'Ola', email: 'hp@p.example', otherEmails: [] }
  ],
  Typeform: [
    {
      event_type: 'form_response',
      form_response: {
        form_id: 'lT4Z3j',
        token: 'a3a12ec6',
        variables: [{ key: 'name', type: 'text', text: 'typeform' }],
        definition: {
          id: 'lT4Z3j',
          title: 'Our form',
          fields: [
            { id: 'JwWg', title: "What's your full name?", type: 'short_text', ref: 'r-1' },
            { id: 'SMEU', title: 'Which brands?', type: 'multiple_choice', ref: 'brands' },
            { id: 'Q7M2', title: 'Contact?', type: 'yes_no', ref: 'ok' },
            { id: 'gFFf', title: 'Where do we write?', type: 'email', ref: 'r-2' }
          ]
        },
        answers: [
          { type: 'text', text: 'Ola Kos', field: { id: 'JwWg', type: 'short_text', ref: 'r-1' } },
          {
            type: 'choices',
            choices: { labels: ['Toyota', 'Škoda'], other: 'Lada' },
            field: { id: 'SMEU', ref: 'brands' }
          },
          { type: 'email', email: 'tf@p.example', field: { id: 'gFFf', ref: 'r-2' } },
          { type: 'phone_number', phone_number: '+48601222402', field: { id: 'k6TP', ref: 'tel' } },
          { type: 'boolean', boolean: false, field: { id: 'Q7M2', ref: 'ok' } }
        ]
      }
    },
    { fullName: 'Ola Kos', email: 'tf@p.example', phone: '+48601222402' }
  ],
  'a question with yes or no': [
    {
      answers: [
        { type: 'boolean', boolean: false, field: { id: 'Q7M2', title: 'Contact?' } },
        { type: 'email', email: 'yn@p.example', field: { id: 'gFFf' } }
      ]
    },
    { fullName: null, email: 'yn@p.example' }
  ],
  'Facebook lead ads': [
    {
      created_time: '2015-02-28T08:49:14+0000',
      id: '123123123123',
      ad_id: '12312312312',
      field_data: [
        { name: 'car_make', values: ['Honda'] },
        { name: 'full_name', values: ['Ola Kos'] },
        { name: 'email', values: ['fb@p.example'] },
        { name: 'when_do_you_need_it?', values: ['May', 'June'] }
      ]
    },
    { fullName: 'Ola Kos', email: 'fb@p.example' }
  ],
  'Google Ads': [
    {
      lead_id: 'x1',
      user_column_data: [
        { column_name: 'Full Name', string_value: 'Ola Kos', column_id: 'FULL_NAME' },
        { string_value: 'ga@p.example', column_id: 'WORK_EMAIL' },
        { string_value: '+48601222403', column_id: 'PHONE_NUMBER' }
      ],
      google_key: 'k',
      gcl_id: 'g1'
    },
    { fullName: 'Ola Kos', email: 'ga@p.example', phone: '+48601222403' }
  ],
  LinkedIn: [
    {
      leadType: 'SPONSORED',
      formResponse: {
        answers: [
          { questionId: 1, name: 'firstName', accepted: { textQuestionAnswer: { answer: 'Ola' } } },
          {
            questionId: 3,
            name: 'email',
            accepted: { textQuestionAnswer: { answer: 'li@p.example' } }
          }
        ]
      }
    },
    { firstName: 'Ola', email: 'li@p.example' }
  ],
  'Gravity Forms, an entry': [
    { id: '2', form_id: '1', 1.3: 'Ola', 1.6: 'Kos', 3: '601222404', 4: 'ge@p.example', 4.3: 'x' },
    { firstName: 'Ola', lastName: 'Kos', email: 'ge@p.example', phone: '+48601222404' }
  ],
  'WPForms, fields by id': [
    {
      fields: {
        0: { name: 'Name', value: 'Ola Kos', id: 0, type: 'name', first: 'Ola', last: 'Kos' },
        1: { name: 'E-mail', value: 'wj@p.example', id: 1, type: 'email' }
      }
    },
    { email: 'wj@p.example', firstName: 'Ola', lastName: 'Kos' }
  ],
  'nested by subject': [
    {
      name: 'Ola Kos',
      reach: { email: 'ns@p.example', phone: { value: '601 222 405', type: 'mobile' } },
      vehicle: { type: 'SUV', make: 'Dacia', model: 'Duster', value: 20000 }
    },
    { fullName: 'Ola Kos', email: 'ns@p.example', phone: '+48601222405' }
  ]
}

function nameOf(contact: Record<'fullName' | 'firstName' | 'lastName', string | null>) {
  return contact.fullName ?? [contact.firstName, contact.lastName].join(' ')
}

const ANSWER = { type: 'email', field: { id: 'f1', type: 'email', ref: 'r1' } }

/** Bodies with the id and the time of the submission, by what they are called. */
const SUBMISSIONS: Record<string, [body: object, id: string, sentAt: string | null]> = {
  Typeform: [
    {
      event_id: 'EV1',
      form_response: {
        token: 'a3a12ec67a13',
        submitted_at: '2026-11-20T14:05:00Z',
        answers: [{ ...ANSWER, email: 'id1@p.example' }]
      }
    },
    'a3a12ec67a13',
    '2026-11-20T14:05:00.000Z'
  ],
  Facebook: [
    {
      leadgen_id: '444444444444',
      created_time: '1795183500',
      field_data: [{ name: 'email', values: ['id2@p.example'] }]
    },
    '444444444444',
    '2026-11-20T14:05:00.000Z'
  ],
  'Facebook, by the graph': [
    {
      id: '444444444445',
      created_time: '2026-11-20T14:05:00+0000',
      field_data: [{ name: 'email', values: ['id3@p.example'] }]
    },
    '444444444445',
    '2026-11-20T14:05:00.000Z'
  ],
  HubSpot: [
    {
      submissionId: 'hs-1',
      submittedAt: 1_795_183_500_000,
      values: [{ name: 'email', value: 'id4@p.example' }]
    },
    'hs-1',
    '2026-11-20T14:05:00.000Z'
  ],
  Tally: [
    {
      eventId: 'ev2',
      data: {
        responseId: 'tR1',
        createdAt: '2026-11-20T14:05:00.000Z',
        fields: [{ key: 'q1', label: 'Email', value: 'id5@p.example' }]
      }
    },
    'tR1',
    '2026-11-20T14:05:00.000Z'
  ],
  Jotform: [{ submissionID: 'jf1', q4_email: 'id6@p.example' }, 'jf1', null],
  Gravity: [
    { id: '77', form_id: '3', date_created: '2026-11-20 15:05:00', email: 'id7@p.example' },
    '77',
    '2026-11-20T14:05:00.000Z'
  ]
}

void t.test('the id and the time of a submission are the lead’s', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('PATCH', '/v1/dealer', { timeZone: 'Europe/Warsaw' })
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  for (const [name, [body, id, sentAt]] of Object.entries(SUBMISSIONS)) {
    const { status, body: lead } = await admin('POST', '/v1/leads', { source: 'hook', ...body })
    t.equal(status, 201, name)
    const at = lead.submittedAt === null ? null : new Date(lead.submittedAt).toISOString()
    t.strictSame([lead.externalId, at], [id, sentAt], name)
  }
  const own = { source: 'hook', id: 'form-9', date: '2026-12-01', email: 'id8@p.example' }
  const { body: plain } = await admin('POST', '/v1/leads', own)
  t.strictSame([plain.externalId, plain.submittedAt], [null, null], 'of the form, and of a visit')
})

void t.test('warnings name the member that was sent, with its value', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const { body } = await admin('POST', '/v1/leads', {
    source: 'hook',
    form_response: {
      answers: [
        { ...ANSWER, email: 'at1@p.example' },
        { type: 'text', field: { title: 'Model year' }, text: 'about 2015' },
        { type: 'text', field: { title: 'Price' }, text: 'call me' },
        { type: 'text', field: { title: 'Shoe size' }, text: '42' }
      ],
      variables: { seen: { at: 'noon' } }
    }
  })
  t.strictSame(body.unmapped.map(({ path, text }) => [path, text]).toSorted(), [
    ['/Model year', 'about 2015'],
    ['/Price', 'call me'],
    ['/Shoe size', '42'],
    ['/form_response/variables/seen/at', 'noon']
  ])
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  const fields = form({ email: 'at2@p.example', Baujahr: 'neu' }) as unknown as object
  const posted = await admin('POST', '/v1/leads', fields, urlencoded)
  t.hasStrict(posted.body.warnings, [{ pointer: '/Baujahr', code: 'unreadable_value' }])
  const ours = await admin('POST', '/v1/leads', {
    source: 'website',
    contact: { email: 'at3@p.example' },
    vehicles: [{ make: 'Kia', price: 'call me' }]
  })
  t.hasStrict(ours.body.unmapped, [{ path: '/vehicles/0/price', text: 'call me' }])
})

void t.test('consents of a form by their purpose', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  const cases: readonly [string, string[]][] = [
    ['consents[marketing]=on', ['marketing null true']],
    ['consents[]=marketing&consents[]=privacy', ['marketing null true', 'privacy null true']],
    ['consent[marketing]=0', ['marketing null false']],
    [
      'consents[marketing][email]=1&consents[marketing][sms]=no',
      ['marketing email true', 'marketing sms false']
    ],
    ['consents[0][purpose]=marketing&consents[0][granted]=on', ['marketing null true']],
    ['consents=on', []]
  ]
  for (const [at, [text, consents]] of cases.entries()) {
    const body = `email=c${at}@p.example&${text}` as unknown as object
    const posted = await admin('POST', '/v1/leads', body, urlencoded)
    t.strictSame(
      posted.body.consents.map(
        ({ purpose, channel, granted }) => `${purpose} ${channel} ${granted}`
      ),
      consents,
      text
    )
  }
  for (const [at, consents] of [
    ['marketing'],
    'marketing',
    { marketing: { email: true } }
  ].entries()) {
    const contact = { email: `cj${at}@p.example` }
    const posted = await admin('POST', '/v1/leads', { source: 'website', contact, consents })
    t.hasStrict(posted.body.consents, [{ purpose: 'marketing', granted: true }])
  }
})

void t.test('a contact of Wix, and a test of Google', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const contact = {
    name: { first: 'Ola', last: 'Kos' },
    email: 'wix@p.example',
    phones: [{ tag: 'MOBILE', formattedPhone: '+48 601-222-306', e164Phone: '+48601222306' }]
  }
  const submissions = [{ label: 'E-mail', value: 'wix@p.example' }]
  const right = {
    firstName: 'Ola',
    lastName: 'Kos',
    email: 'wix@p.example',
    otherEmails: [],
    phone: '+48601222306',
    otherPhones: []
  }
  for (const body of [{ contact, submissions }, { data: { contact, submissions } }]) {
    const posted = await admin('POST', '/v1/leads', { source: 'hook', ...body })
    t.equal(posted.status, 201, posted.text)
    t.hasStrict(posted.body.contact, right)
  }
  const tested = await admin('POST', '/v1/leads', {
    source: 'hook',
    lead_id: 'TeSter',
    user_column_data: [
      { column_id: 'EMAIL', column_name: 'User Email', string_value: 'test@p.example' }
    ],
    is_test: true
  })
  t.hasStrict(tested.body, { isTest: true, contact: { email: 'test@p.example' } })
})

void t.test('bodies of form builders, as they are posted', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const kept = new Map<string, { unmapped: { path: string; text: string }[] }>()
  for (const [name, [fields, contact]] of Object.entries(FORMS)) {
    const body = form(fields) as unknown as object
    const posted = await admin('POST', '/v1/leads', body, urlencoded)
    t.equal(posted.status, 201, `${name}: ${posted.text}`)
    t.hasStrict(posted.body.contact, contact, name)
    kept.set(name, posted.body)
  }
  for (const [name, [fields, contact]] of Object.entries(BODIES)) {
    const posted = await admin('POST', '/v1/leads', { source: 'hook', ...fields })
    t.equal(posted.status, 201, `${name}: ${posted.text}`)
    t.hasStrict(posted.body.contact, contact, name)
    kept.set(name, posted.body)
  }
  for (const [name, fields] of Object.entries(MORE_FORMS)) {
    const body = form(fields) as unknown as object
    const posted = await admin('POST', '/v1/leads', body, urlencoded)
    t.equal(posted.status, 201, `${name}: ${posted.text}`)
    t.match(posted.body.contact, { email: /^mf\d+@/, otherEmails: [] }, name)
    t.equal(nameOf(posted.body.contact), 'Ola Kos', name)
  }
  for (const [name, fields] of Object.entries(MORE_BODIES)) {
    const posted = await admin('POST', '/v1/leads', { source: 'hook', ...fields })
    t.equal(posted.status, 201, `${name}: ${posted.text}`)
    t.match(posted.body.contact, { email: /^mb\d+@/, otherEmails: [] }, name)
    t.equal(nameOf(posted.body.contact), 'Ola Kos', name)
  }
  const unmapped = (name: string) =>
    kept.get(name)?.unmapped.map(({ path, text }) => `${path}=${text}`) ?? []
  t.strictSame(unmapped('Contact Form 7'), [], 'what the page needs for itself is not kept')
  t.ok(unmapped('Facebook lead ads').includes('/when_do_you_need_it?=May, June'))
  t.ok(unmapped('Typeform').includes('/Which brands?=Toyota, Škoda, Lada'))
  t.ok(unmapped('Typeform').some((one) => one.endsWith('=false')))
  t.hasStrict(kept.get('Elementor, described'), {
    vehicles: [{ make: 'Dacia' }],
    attribution: { formName: 'Kontakt', landingPage: 'https://dealer.example/a' }
  })
  t.hasStrict(kept.get('Webflow'), { message: 'Hi you', attribution: { formName: 'Contact Us' } })
  t.hasStrict(kept.get('nested by subject'), { vehicles: [{ make: 'Dacia', model: 'Duster' }] })
})
