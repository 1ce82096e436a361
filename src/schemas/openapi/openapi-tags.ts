/** Tags by group, in the order of a lead's life, each with one sentence. */
const GROUPS: Record<string, Record<string, string>> = {
  'Receive leads': {
    Leads: 'Requests of people who want a vehicle or a service, from capture to conversion.',
    Public: 'Pages and forms for visitors without an account.',
    Sources: 'The places that leads come from: websites, portals, campaigns.',
    Imports: 'Files of leads or clients that become records.'
  },
  'Work leads': {
    Qualification: 'Forms, qualifications, and handovers between teams.',
    Activities: 'Planned and finished calls, e-mails, appointments and other work.',
    Calendars: 'Feeds of appointments for calendar programs.',
    Notifications: 'What users are told, and how they want to be told.',
    Deliveries: 'Outgoing messages, with all attempts to send them.',
    Events: 'The append-only record of changes.'
  },
  'Clients and deals': {
    Clients: 'Known people and organisations. A lead becomes a client by a link or a conversion.',
    Accounts: 'Companies that clients belong to.',
    Opportunities: 'Possible deals with clients.',
    Conversions: 'Conversions of leads into clients, with the created records.',
    Consents: 'Consent statements, granted or refused, with their times.',
    Operations: 'Changes that can be undone.'
  },
  'Sales and promoters': {
    Sales: 'Sales of leads, credited to users and promoters.',
    Rewards: 'Rewards that promoters earn by sales.',
    Promoters: 'People who refer leads to the dealer.',
    'Referral links': 'Links of users and promoters. Each link counts its visits and leads.'
  },
  'Reports and files': {
    Reports: 'Numbers about a period, each with a list of the leads that it counts.',
    Exports: 'Files of leads or clients.'
  },
  Rules: {
    'Assignment rules': 'Versions of the rules that assign a lead to a user or a queue.',
    'Scoring rules': 'Versions of the rules that score leads.',
    Templates: 'Texts of auto-responses, written by the dealer.',
    'Auto-responses': 'Versions of the rules that send automatic e-mails to the people of leads.',
    Suppressions: 'E-mail addresses that get no automatic e-mails.'
  },
  Settings: {
    Dealer: 'The dealer that the credentials belong to.',
    Statuses: "The dealer's own statuses, each in a fixed group.",
    Queues: 'Queues of unassigned leads.',
    Teams: 'The three teams of users: call center, online sales and store sales.',
    'Custom fields': "The dealer's own fields.",
    'Field mapping': 'The lead fields that a conversion copies, and their targets.',
    Users: 'The users of the dealer.',
    'API keys': 'Credentials of machines.',
    Authentication: 'Access and refresh tokens.'
  },
  Installation: {
    Operator: 'Dealers, managed by the operator of the installation.',
    Health: 'The state of the process, for monitoring and load balancers.'
  }
}

interface Tags {
  tags: { name: string; description: string }[]
  /** Groups of tags, as Redoc and other viewers show them. */
  'x-tagGroups': { name: string; tags: string[] }[]
}

/** The tags and tag groups of a document: those with operations, in our order. */
export function tagsOf(names: readonly string[]): Tags {
  const used = new Set(names)
  const groups = Object.entries(GROUPS).map(([name, tags]) => ({
    name,
    tags: Object.entries(tags).filter(([tag]) => used.has(tag))
  }))
  return {
    tags: groups.flatMap(({ tags }) => tags.map(([name, description]) => ({ name, description }))),
    'x-tagGroups': groups.map(({ name, tags }) => ({ name, tags: tags.map(([tag]) => tag) }))
  }
}
