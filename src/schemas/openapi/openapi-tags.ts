/** Tags in the order a newcomer meets them, each with a sentence. */
const TAGS: Record<string, string> = {
  Leads: 'Requests by people, from capture to conversion.',
  Clients: 'People and organisations that leads were verified to be.',
  Accounts: 'Companies that clients belong to.',
  Opportunities: 'Deals of clients.',
  Conversions: 'What became of converted leads.',
  'Field mapping': 'What a conversion carries over, and where to.',
  'Custom fields': "What a dealer's own fields hold.",
  Consents: 'What people agreed to and refused, and when.',
  Sales: 'What was sold, to whom, and to whose credit.',
  Rewards: 'What promoters get for sales.',
  Operations: 'Changes that can be taken back as one.',
  Imports: 'Whole lists of leads and clients in, from a file.',
  Exports: 'Whole lists of leads and clients out, as files.',
  Reports: 'The numbers a dealer runs on, each with the leads behind it.',
  Activities: 'What was done, or is to be done, with a person.',
  Deliveries: 'Messages owed, each with its attempts.',
  Events: 'Everything that happened, append-only.',
  Promoters: 'People who bring leads.',
  'Referral links': 'Codes and URLs that name who gets the credit.',
  Public: 'For visitors without an account.',
  Sources: 'Where leads come from.',
  Statuses: "A dealer's own names for stages.",
  Queues: 'Where leads wait for somebody.',
  Teams: 'Call center, online sales and store sales, under your own names.',
  'Assignment rules': 'Who gets which lead, in versions.',
  'Scoring rules': 'What a lead is worth, in versions.',
  Templates: 'Mails in your own words.',
  'Auto-responses': 'What people hear back by themselves, in versions.',
  Suppressions: 'Addresses that get no automatic mail.',
  Qualification: 'Whether a lead is worth selling to, and handing it to who sells.',
  Calendars: 'Appointments in any calendar.',
  Users: 'Team members.',
  'API keys': 'Credentials of machines.',
  Authentication: 'Access and refresh tokens.',
  Dealer: 'The dealer whose credentials these are.',
  Operator: 'For whoever runs the installation.',
  Health: 'For monitors and balancers.'
}

/** The document's tags: those that operations have, in our order. */
export function tagsOf(names: readonly string[]): { name: string; description: string }[] {
  const used = new Set(names)
  return Object.entries(TAGS)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }))
}
