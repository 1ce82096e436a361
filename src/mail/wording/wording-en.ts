import type { Wording } from './wording-terms.ts'

export const english: Wording = {
  subjects: {
    assignee: 'New lead for you',
    resent: 'The same person wrote again',
    queue: 'New lead without an assignee',
    dealer: 'New lead',
    promoter: 'Your referral has arrived',
    responsible: 'New lead from your client',
    test: 'New lead'
  },
  prefixes: { test: '[Test]', duplicate: '[Repeat]' },
  intros: {
    assignee: 'A new lead has been assigned to you at {dealer}.',
    resent:
      'A person who sent a lead that is assigned to you at {dealer} has sent it again, with new information.',
    queue: 'A new lead waits for an assignee at {dealer}.',
    dealer: 'A new lead has come in at {dealer}.',
    promoter: 'Someone has contacted {dealer} through your referral link. Thank you!',
    responsible: 'A lead has been linked to a client you look after at {dealer}.',
    test: 'A test lead has come in at {dealer}.'
  },
  duplicateNote: 'The same person has recently asked about the same vehicle.',
  testNote: 'This is a test: no customer is waiting for an answer.',
  nameless: 'no name given',
  openLead: 'Open the lead',
  unsubscribe: 'No more automatic mails',
  footer: 'This message was sent automatically on behalf of {dealer}.',
  adfAttached: 'The lead is attached to this message as an ADF document.',
  yes: 'Yes',
  no: 'No',
  sections: {
    referral: 'Referral',
    lead: 'Lead',
    contact: 'Contact',
    message: 'Message',
    vehicle: 'Vehicle',
    timeframe: 'Time frame',
    prequalification: 'Finance details',
    consent: 'Consent',
    attribution: 'How they came to you',
    customFields: 'Additional fields',
    news: 'What is new',
    vendor: 'Addressed to',
    provider: 'Sent by',
    unmapped: 'Other information in the document'
  },
  lead: {
    id: 'Lead ID',
    receivedAt: 'Received',
    submittedAt: 'Sent',
    type: 'Type',
    source: 'Source',
    status: 'Status',
    assignee: 'Assigned to',
    queue: 'Queue',
    promoter: 'Promoter',
    referralCode: 'Referral code',
    temperature: 'Temperature',
    externalId: 'Sender’s ID',
    reference: 'Reference',
    vehicles: 'Vehicles',
    who: 'Who',
    isTest: 'Test',
    isDuplicate: 'Repeated request'
  },
  contact: {
    name: 'Name',
    fullName: 'Full name',
    companyName: 'Company',
    mainEmail: 'E-mail',
    otherEmail: 'Other e-mail',
    mainPhone: 'Phone',
    otherPhone: 'Other phone',
    preferredChannel: 'Preferred contact',
    preferredTime: 'Preferred time',
    language: 'Language',
    address: 'Address'
  },
  vehicle: {
    interest: 'Interest',
    condition: 'New or used',
    year: 'Year',
    make: 'Make',
    model: 'Model',
    trim: 'Trim',
    vin: 'VIN',
    plate: 'Plate',
    stockNumber: 'Stock number',
    doors: 'Doors',
    bodyStyle: 'Body style',
    transmission: 'Transmission',
    odometer: 'Odometer',
    state: 'Condition',
    image: 'Picture',
    price: 'Price',
    priceComments: 'About the price',
    comments: 'Comments',
    reference: 'Reference',
    color: 'Color',
    option: 'Option'
  },
  color: { exterior: 'exterior', interior: 'interior', preference: 'preference' },
  option: {
    manufacturerCode: 'manufacturer’s code',
    stockNumber: 'stock number',
    weighting: 'importance'
  },
  finance: {
    method: 'Payment',
    total: 'Total amount',
    downpayment: 'Down payment',
    monthly: 'Monthly payment',
    balance: 'Still owed'
  },
  timeframe: { description: 'When', earliest: 'Earliest', latest: 'Latest' },
  prequalification: {
    employmentStatus: 'Employment',
    employer: 'Employer',
    jobTitle: 'Job title',
    employedSince: 'Employed since',
    income: 'Income',
    incomePeriod: 'Income period',
    otherIncome: 'Other income',
    housingStatus: 'Housing',
    housingCost: 'Housing cost',
    creditEstimate: 'Credit rating (own estimate)',
    downPayment: 'Down payment',
    monthlyBudget: 'Monthly budget',
    timeframe: 'Time frame',
    hasTradeIn: 'Has a trade-in',
    creditCheckConsent: 'Agrees to a credit check'
  },
  consent: {
    purpose: 'Purpose',
    channel: 'Channel',
    granted: 'Given',
    text: 'Text',
    textVersion: 'Text version',
    language: 'Language',
    page: 'Page',
    ip: 'IP address',
    givenAt: 'Time',
    proofUrl: 'Proof'
  },
  party: {
    name: 'Name',
    service: 'Service',
    url: 'Website',
    email: 'E-mail',
    phone: 'Phone',
    reference: 'Reference'
  },
  notValid: 'could not be verified',
  givenAs: 'given as',
  financeInSystem: 'The finance details are not sent by e-mail. You can see them in the system.',
  bestTime: 'best time',
  attribution: {
    landingPage: 'Landing page',
    referrer: 'Referring page',
    utmSource: 'Campaign source',
    utmMedium: 'Campaign medium',
    utmCampaign: 'Campaign',
    utmTerm: 'Campaign term',
    utmContent: 'Campaign content',
    gclid: 'Google click ID',
    fbclid: 'Facebook click ID'
  },
  types: { inquiry: 'Inquiry', prequalification: 'Prequalification' },
  temperatures: {
    hot: 'Hot',
    warm: 'Warm',
    cold: 'Cold'
  },
  interests: {
    buy: 'Buy',
    lease: 'Lease',
    sell: 'Sell',
    'trade-in': 'Trade-in',
    'test-drive': 'Test drive'
  },
  conditions: { new: 'New', used: 'Used' },
  vehicleStates: {
    excellent: 'Excellent',
    good: 'Good',
    fair: 'Fair',
    poor: 'Poor',
    unknown: 'Unknown'
  },
  financeMethods: {
    cash: 'Cash',
    finance: 'Finance',
    lease: 'Lease'
  },
  phoneTypes: {
    voice: 'phone',
    mobile: 'mobile',
    work: 'work',
    home: 'home',
    fax: 'fax',
    pager: 'pager',
    other: 'other'
  },
  channels: {
    email: 'E-mail',
    phone: 'Phone',
    sms: 'Text message',
    whatsapp: 'WhatsApp',
    post: 'Post'
  },
  times: {
    morning: 'in the morning',
    afternoon: 'in the afternoon',
    evening: 'in the evening',
    day: 'during the day',
    nopreference: 'any time'
  },
  addressTypes: { work: 'work', home: 'home', delivery: 'delivery' },
  odometerStates: {
    unknown: 'reading uncertain',
    rolledover: 'rolled over',
    replaced: 'odometer replaced',
    original: 'original odometer'
  },
  priceTypes: {
    quote: 'quote',
    offer: 'offer',
    msrp: 'MSRP',
    invoice: 'invoice',
    call: 'on request',
    appraisal: 'appraisal',
    asking: 'asking price'
  },
  priceDeltas: { absolute: 'fixed amount', relative: 'difference', percentage: 'percentage' },
  priceBases: { msrp: 'relative to MSRP', invoice: 'relative to invoice' },
  financeLimits: { maximum: 'at most', minimum: 'at least', exact: 'exactly' },
  balanceTypes: { finance: 'loan', residual: 'residual value' },
  incomePeriods: {
    hour: 'per hour',
    week: 'per week',
    fortnight: 'every two weeks',
    month: 'per month',
    year: 'per year'
  },
  vehicleCount: { one: '{count} vehicle', other: '{count} vehicles' }
}
