import type { NotificationWording } from './notification-terms.ts'

export const english: NotificationWording = {
  intros: {
    takenBackLead: 'The assignment of a lead to you at {dealer} was undone.',
    offerEnding: 'A lead is offered to you at {dealer}. The offer is about to end.',
    plannedActivity: 'A colleague at {dealer} has planned work for you.',
    movedActivity: 'A planned activity of yours at {dealer} is no longer yours.',
    cancelledActivity: 'A planned activity of yours at {dealer} was cancelled.',
    movedLead: 'A lead of yours at {dealer} was assigned to others.',
    newClient: 'You are the responsible user of a client of {dealer} now.',
    movedClient: 'A client of {dealer} that was yours has no responsible user now, or another one.',
    leadSale: 'The sale of a lead of yours at {dealer} was recorded or cancelled.',
    reminder: 'You have a reminder at {dealer}.',
    overdue: 'A planned activity at {dealer} is overdue.',
    responseWarning: 'The response limit of a lead at {dealer} is near.',
    responseOverdue: 'The response limit of a lead at {dealer} is over.',
    quietSource:
      'A source of {dealer} sends fewer leads than usual. Check that its leads still arrive.',
    openLeads:
      'A user of {dealer} was deactivated. Their work needs another user. Offers and requests that waited for them have ended.',
    pendingPromoter:
      'A person wants to recommend {dealer} and waits for approval. Approve or refuse the promoter.',
    promoterResponse:
      'A promoter of yours at {dealer} was approved or refused, or accepted the invitation.',
    failedMail:
      'A mail of {dealer} did not arrive and is not tried again. Check the address, then send it again.'
  },
  sections: {
    activity: 'Activity',
    response: 'Response limit',
    offer: 'Offer',
    source: 'Source',
    user: 'User',
    leads: 'Open leads',
    movedLeads: 'Leads',
    promoter: 'Promoter',
    mail: 'Mail',
    lead: 'Lead'
  },
  rows: {
    type: 'Type',
    plannedBy: 'Planned by',
    nowWith: 'Now with',
    dueAt: 'Planned for',
    text: 'Text',
    sale: 'Sale',
    client: 'Client',
    respondBy: 'Answer by',
    assignee: 'Assigned to',
    queue: 'Queue',
    from: 'From',
    message: 'Message',
    expiresAt: 'Answer by',
    source: 'Source',
    lastLeadAt: 'Last lead',
    user: 'Name',
    openLeads: 'Open leads',
    plannedActivities: 'Planned activities',
    clients: 'Clients',
    openOpportunities: 'Open opportunities',
    email: 'E-mail',
    phone: 'Phone',
    promoterUser: 'Signed up under',
    promoterState: 'State',
    recipient: 'Recipient',
    told: 'Tells of',
    failedAt: 'Failed',
    reason: 'Reason',
    more: 'More'
  },
  saleStates: { recorded: 'Recorded', cancelled: 'Cancelled' },
  openClient: 'Open the client',
  openLastLead: 'Open the last lead',
  openPromoter: 'Open the promoter',
  openWork: 'Open the list',
  promoterStates: {
    invited: 'Invited',
    pending: 'Waits for approval',
    active: 'Active',
    removed: 'Removed'
  },
  otherMails: {
    digest_mail: 'The daily digest',
    dealer_mail: 'A new lead',
    test_mail: 'A test lead',
    dealer_adf: 'A lead for the CRM (ADF)'
  },
  digest: {
    subject: 'Your day ({count})',
    intro: 'This happened at {dealer} since the last summary.',
    more: 'Further notifications',
    count: 'Number'
  }
}
