/** Tags by group, in the order of a lead's life, each with one sentence. */
const GROUPS: Record<string, Record<string, string>> = {
  'Receive leads': {
    Leads: 'Requests by people, from capture to conversion.',
    Public: 'Pages and forms for visitors without an account.',
    Sources: 'The origins of leads: websites, portals, campaigns.',
    Imports: 'Files of leads or clients, read into the desk.'
  },
  'Work leads': {
    Qualification: 'Forms, qualifications, and handovers between teams.',
    Activities: 'Calls, mails, appointments and other work, planned and done.',
    Calendars: 'Feeds of appointments for calendar programs.',
    Deliveries: 'Messages to send, with all attempts.',
    Events: 'The append-only record of changes.'
  },
  'Clients and deals': {
    Clients: 'People and organisations, verified by a link or a conversion.',
    Accounts: 'Companies with their clients.',
    Opportunities: 'Deals of clients.',
    Conversions: 'Leads that became clients, and the records made from them.',
    Consents: 'Consents given and refused, with their times.',
    Operations: 'Changes that can be undone as one.'
  },
  'Sales and promoters': {
    Sales: 'Sold leads, with credit to users and promoters.',
    Rewards: 'Rewards of promoters for sales.',
    Promoters: 'People who bring leads.',
    'Referral links': 'Codes and URLs of users and promoters, with visits and credit.'
  },
  'Reports and files': {
    Reports: 'Figures about a period, each with the list of its leads.',
    Exports: 'Leads and clients as files.'
  },
  Rules: {
    'Assignment rules': 'The rules that choose the user or queue of a lead, in versions.',
    'Scoring rules': 'The rules that score leads, in versions.',
    Templates: "Mails in the dealer's own words.",
    'Auto-responses': 'Automatic mails to people who asked, in versions.',
    Suppressions: 'Addresses without automatic mail.'
  },
  Settings: {
    Dealer: 'The dealer of the credentials.',
    Statuses: "The dealer's own statuses, each in a fixed group.",
    Queues: 'Queues of unassigned leads.',
    Teams: "Call center, online sales and store sales, under the dealer's own names.",
    'Custom fields': "The dealer's own fields.",
    'Field mapping': 'The lead fields that a conversion copies, and their targets.',
    Users: 'Team members.',
    'API keys': 'Credentials of machines.',
    Authentication: 'Access and refresh tokens.'
  },
  Installation: {
    Operator: 'Dealers, managed by the operator of the installation.',
    Health: 'State of the process, for monitors and load balancers.'
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
