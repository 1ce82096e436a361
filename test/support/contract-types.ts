// Generated from openapi/openapi.json by `npm run openapi:write`: the JSON of successful responses.
/** By operation: the JSON of its success, or null where it has none. */
export interface Bodies {
  showClientPage: null
  getHealth: Health
  showLeadPage: null
  getMetrics: null
  showPromoterDetails: null
  followReferralLink: ReferralTarget
  showFormPage: null
  showLandingPage: null
  getReadiness: Health
  showUnsubscribePage: null
  unsubscribe: null
  createAccount: Account
  listAccounts: AccountPage
  getAccount: Account
  updateAccount: Account
  listAccountClients: ClientPage
  createActivity: Activity
  listActivities: ActivityPage
  getActivity: Activity
  updateActivity: Activity
  listActivityTypes: ActivityTypeList
  createApiKey: IssuedApiKey
  listApiKeys: ApiKeyPage
  getApiKey: ApiKey
  updateApiKey: ApiKey
  revokeApiKey: ApiKey
  rotateApiKey: IssuedApiKey
  createAssignmentRules: AssignmentRulesVersion
  listAssignmentRules: AssignmentRulesVersionPage
  simulateAssignmentRules: AssignmentSimulation
  getAssignmentRules: AssignmentRulesVersion
  updateAssignmentRules: AssignmentRulesVersion
  deleteAssignmentRules: null
  publishAssignmentRules: AssignmentRulesVersion
  rollBackAssignmentRules: AssignmentRulesVersion
  signOut: null
  refreshToken: Tokens
  createToken: Tokens
  createAutoResponses: AutoResponsesVersion
  listAutoResponses: AutoResponsesVersionPage
  getAutoResponses: AutoResponsesVersion
  updateAutoResponses: AutoResponsesVersion
  deleteAutoResponses: null
  publishAutoResponses: AutoResponsesVersion
  rollBackAutoResponses: AutoResponsesVersion
  getCalendar: null
  createClient: SavedClient
  listClients: ClientPage
  getClient: Client
  updateClient: SavedClient
  getClientConsents: ConsentStances
  recordClientConsent: ConsentRecord
  listClientConsents: ConsentRecordPage
  listClientLeads: LeadPage
  mergeClients: MergedClients
  previewMerge: MergePreview
  listConversions: ConversionPage
  getConversion: Conversion
  createCustomField: CustomField
  listCustomFields: CustomFieldPage
  getCustomField: CustomField
  updateCustomField: CustomField
  deleteCustomField: null
  getDealer: Dealer
  updateDealer: Dealer
  createDealer: CreatedDealer
  listDealers: DealerPage
  getDealerById: Dealer
  renameDealer: Dealer
  listDeliveries: DeliveryPage
  retryDeliveries: RetriedDeliveries
  getDelivery: DeliveryWithAttempts
  getDeliveryMessage: null
  retryDelivery: Delivery
  listDuplicates: DuplicatePage
  getDuplicateCounts: DuplicateCounts
  getDuplicate: Duplicate
  updateDuplicate: Duplicate
  mergeDuplicate: MergedClients
  listEvents: EventPage
  exportClients: null
  exportLeads: null
  getFieldMapping: FieldMapping
  writeFieldMapping: FieldMapping
  listHandovers: HandoverPage
  getHandover: Handover
  acceptHandover: Handover
  declineHandover: Handover
  withdrawHandover: Handover
  createImport: Import
  listImports: ImportPage
  updateImport: Import
  getImport: Import
  deleteImport: null
  cancelImport: Import
  checkImport: Import
  listImportProblems: RowProblemPage
  watchImport: ImportProgress
  listImportRows: ImportRowPage
  startImport: Import
  getIncentiveRates: IncentiveRates
  writeIncentiveRates: IncentiveRates
  createLead: CaptureResponse
  listLeads: LeadPage
  assignLeads: BulkResults
  countLeads: LeadCounts
  createLeadsFromDocument: CapturedLeads
  moveLeads: BulkResults
  getLead: LeadOrReceipt
  updateLead: ChangedLead
  getLeadAdf: null
  assignLead: Lead
  claimLead: Lead
  getLeadClock: LeadClock
  getLeadConsents: ConsentStances
  recordLeadConsent: ConsentRecord
  previewConversion: ConversionPreview
  convertLead: ConvertedLead
  listLeadDecisions: DecisionPage
  listLeadDeliveries: DeliveryWithAttemptsPage
  createEngagement: Engagement
  listEngagements: EngagementPage
  offerLead: Handover
  listLeadHistory: HistoryEntryPage
  linkLead: LinkedLead
  requestLink: LinkRequest
  listLeadMatches: LeadMatches
  moveLead: MovedLead
  getLeadPayload: LeadPayload
  qualifyLead: QualifiedLead
  listLeadQualifications: QualificationPage
  releaseLead: Lead
  getLeadScore: LeadScore
  listLeadScores: ScoreHistoryEntryPage
  changeLeadStatus: Lead
  listLeadTimeline: TimelineEntryPage
  unclaimLead: Lead
  unlinkLead: UnlinkedLead
  listLinkRequests: LinkRequestPage
  getLinkRequest: LinkRequest
  acceptLinkRequest: LinkRequest
  declineLinkRequest: LinkRequest
  withdrawLinkRequest: LinkRequest
  getMatching: Matching
  getMe: Me
  updateMe: User
  createMyCalendar: IssuedCalendar
  getMyCalendar: CalendarState
  deleteMyCalendar: null
  getMyNotifications: NotificationSettings
  writeMyNotifications: NotificationSettings
  listNotifications: NotificationPage
  readNotification: Notification
  getOperation: Operation
  undoOperation: Operation
  createOpportunity: Opportunity
  listOpportunities: OpportunityPage
  getOpportunity: Opportunity
  updateOpportunity: Opportunity
  invitePromoter: Promoter
  getPromoterInvitation: PromoterInvitation
  acceptPromoterInvitation: AcceptedInvitation
  getPromoterPage: PromoterOwnPage
  listPromotedLeads: PromotedLeadPage
  getPromoterPageQr: null
  createPromoter: Promoter
  listPromoters: PromoterPage
  getPromoter: Promoter
  updatePromoter: Promoter
  invitePromoterAgain: Promoter
  createPromoterPageLink: IssuedPageLink
  deletePromoterPageLink: null
  getPromoterLedger: RewardLedger
  listQualificationForms: QualificationFormList
  getQualificationForm: QualificationForm
  writeQualificationForm: QualificationForm
  createQueue: Queue
  listQueues: QueuePage
  getQueue: Queue
  updateQueue: Queue
  listQueueMembers: QueueMemberPage
  addQueueMember: null
  removeQueueMember: null
  createReferralLink: ReferralLink
  listReferralLinks: ReferralLinkPage
  getReferralLink: ReferralLink
  updateReferralLink: ReferralLink
  getReferralLinkQr: null
  createReferredLead: ReferredLeadResponse
  signUpPromoter: SignUpReceipt
  getFunnelReport: FunnelReport
  listFunnelLeads: LeadPage
  getIncentivesReport: IncentivesReport
  listCountedLeads: LeadPage
  getPromotersReport: PromotersReport
  getReferralLinksReport: ReferralLinksReport
  getResponseTimesReport: ResponseTimesReport
  listResponseTimeLeads: LeadPage
  getSourcesReport: SourcesReport
  getSourcesByMonthReport: SourcesByMonthReport
  getSourcesDetailReport: SourcesDetailReport
  getTeamReport: TeamReport
  listTeamLeads: LeadPage
  getWorkListReport: WorkListReport
  listWork: LeadPage
  createRewardProgramme: RewardProgramme
  listRewardProgrammes: RewardProgrammePage
  getRewardProgramme: RewardProgramme
  updateRewardProgramme: RewardProgramme
  listRewards: RewardPage
  getReward: Reward
  approveReward: Reward
  payReward: Reward
  createSaleStatus: SaleStatus
  listSaleStatuses: SaleStatusPage
  getSaleStatus: SaleStatus
  updateSaleStatus: SaleStatus
  deleteSaleStatus: null
  listSales: SalePage
  getSale: Sale
  updateSale: Sale
  createScoringRules: ScoringRulesVersion
  listScoringRules: ScoringRulesVersionPage
  getScoringRules: ScoringRulesVersion
  updateScoringRules: ScoringRulesVersion
  deleteScoringRules: null
  publishScoringRules: ScoringRulesVersion
  getRecomputation: Recomputation
  rollBackScoringRules: ScoringRulesVersion
  listSourceCosts: SourceCostPage
  createSource: Source
  listSources: SourcePage
  getSource: Source
  updateSource: Source
  writeSourceCost: SourceCost
  deleteSourceCost: null
  listStatusGroups: StatusGroups
  createStatusReason: StatusReason
  listStatusReasons: StatusReasonPage
  getStatusReason: StatusReason
  updateStatusReason: StatusReason
  createStatus: Status
  listStatuses: StatusPage
  getStatus: Status
  updateStatus: Status
  deleteStatus: null
  createSuppression: Suppression
  listSuppressions: SuppressionPage
  getSuppression: Suppression
  deleteSuppression: null
  listTeams: TeamList
  renameTeam: Team
  createTemplate: Template
  listTemplates: TemplatePage
  previewTemplateContent: TemplatePreview
  getTemplate: Template
  updateTemplate: Template
  deleteTemplate: null
  previewTemplate: TemplatePreview
  createUser: User
  listUsers: UserPage
  getUser: User
  updateUser: User
  getUserNotifications: NotificationSettings
  writeUserNotifications: NotificationSettings
  showWorkPage: null
}

/** Operations by the segments of their paths, `*` for a parameter, and their methods. */
export interface Routes {
  c: { '*': { GET: 'showClientPage' } }
  healthz: { GET: 'getHealth' }
  l: { '*': { GET: 'showLeadPage' } }
  metrics: { GET: 'getMetrics' }
  p: { '*': { GET: 'showPromoterDetails' } }
  r: {
    '*': {
      GET: 'followReferralLink'
      form: { GET: 'showFormPage' }
      landing: { GET: 'showLandingPage' }
    }
  }
  readyz: { GET: 'getReadiness' }
  u: { '*': { GET: 'showUnsubscribePage'; POST: 'unsubscribe' } }
  v1: {
    accounts: {
      POST: 'createAccount'
      GET: 'listAccounts'
      '*': { GET: 'getAccount'; PATCH: 'updateAccount'; clients: { GET: 'listAccountClients' } }
    }
    activities: {
      POST: 'createActivity'
      GET: 'listActivities'
      '*': { GET: 'getActivity'; PATCH: 'updateActivity' }
    }
    'activity-types': { GET: 'listActivityTypes' }
    'api-keys': {
      POST: 'createApiKey'
      GET: 'listApiKeys'
      '*': {
        GET: 'getApiKey'
        PATCH: 'updateApiKey'
        revoke: { POST: 'revokeApiKey' }
        rotate: { POST: 'rotateApiKey' }
      }
    }
    'assignment-rules': {
      POST: 'createAssignmentRules'
      GET: 'listAssignmentRules'
      simulate: { POST: 'simulateAssignmentRules' }
      '*': {
        GET: 'getAssignmentRules'
        PATCH: 'updateAssignmentRules'
        DELETE: 'deleteAssignmentRules'
        publish: { POST: 'publishAssignmentRules' }
        'roll-back': { POST: 'rollBackAssignmentRules' }
      }
    }
    auth: {
      logout: { POST: 'signOut' }
      refresh: { POST: 'refreshToken' }
      token: { POST: 'createToken' }
    }
    'auto-responses': {
      POST: 'createAutoResponses'
      GET: 'listAutoResponses'
      '*': {
        GET: 'getAutoResponses'
        PATCH: 'updateAutoResponses'
        DELETE: 'deleteAutoResponses'
        publish: { POST: 'publishAutoResponses' }
        'roll-back': { POST: 'rollBackAutoResponses' }
      }
    }
    calendars: { '*': { GET: 'getCalendar' } }
    clients: {
      POST: 'createClient'
      GET: 'listClients'
      '*': {
        GET: 'getClient'
        PATCH: 'updateClient'
        consents: {
          GET: 'getClientConsents'
          POST: 'recordClientConsent'
          history: { GET: 'listClientConsents' }
        }
        leads: { GET: 'listClientLeads' }
        merge: { POST: 'mergeClients' }
        'merge-preview': { POST: 'previewMerge' }
      }
    }
    conversions: { GET: 'listConversions'; '*': { GET: 'getConversion' } }
    'custom-fields': {
      POST: 'createCustomField'
      GET: 'listCustomFields'
      '*': { GET: 'getCustomField'; PATCH: 'updateCustomField'; DELETE: 'deleteCustomField' }
    }
    dealer: { GET: 'getDealer'; PATCH: 'updateDealer' }
    dealers: {
      POST: 'createDealer'
      GET: 'listDealers'
      '*': { GET: 'getDealerById'; PATCH: 'renameDealer' }
    }
    deliveries: {
      GET: 'listDeliveries'
      retry: { POST: 'retryDeliveries' }
      '*': {
        GET: 'getDelivery'
        message: { GET: 'getDeliveryMessage' }
        retry: { POST: 'retryDelivery' }
      }
    }
    duplicates: {
      GET: 'listDuplicates'
      counts: { GET: 'getDuplicateCounts' }
      '*': { GET: 'getDuplicate'; PATCH: 'updateDuplicate'; merge: { POST: 'mergeDuplicate' } }
    }
    events: { GET: 'listEvents' }
    exports: { clients: { GET: 'exportClients' }; leads: { GET: 'exportLeads' } }
    'field-mapping': { GET: 'getFieldMapping'; PUT: 'writeFieldMapping' }
    handovers: {
      GET: 'listHandovers'
      '*': {
        GET: 'getHandover'
        accept: { POST: 'acceptHandover' }
        decline: { POST: 'declineHandover' }
        withdraw: { POST: 'withdrawHandover' }
      }
    }
    imports: {
      POST: 'createImport'
      GET: 'listImports'
      '*': {
        PATCH: 'updateImport'
        GET: 'getImport'
        DELETE: 'deleteImport'
        cancel: { POST: 'cancelImport' }
        check: { POST: 'checkImport' }
        problems: { GET: 'listImportProblems' }
        progress: { GET: 'watchImport' }
        rows: { GET: 'listImportRows' }
        start: { POST: 'startImport' }
      }
    }
    'incentive-rates': { GET: 'getIncentiveRates'; PUT: 'writeIncentiveRates' }
    leads: {
      POST: 'createLead'
      GET: 'listLeads'
      assign: { POST: 'assignLeads' }
      counts: { GET: 'countLeads' }
      documents: { POST: 'createLeadsFromDocument' }
      status: { POST: 'moveLeads' }
      '*': {
        GET: 'getLead'
        PATCH: 'updateLead'
        adf: { GET: 'getLeadAdf' }
        assign: { POST: 'assignLead' }
        claim: { POST: 'claimLead' }
        clock: { GET: 'getLeadClock' }
        consents: { GET: 'getLeadConsents'; POST: 'recordLeadConsent' }
        'conversion-preview': { POST: 'previewConversion' }
        convert: { POST: 'convertLead' }
        decisions: { GET: 'listLeadDecisions' }
        deliveries: { GET: 'listLeadDeliveries' }
        engagements: { POST: 'createEngagement'; GET: 'listEngagements' }
        handovers: { POST: 'offerLead' }
        history: { GET: 'listLeadHistory' }
        link: { POST: 'linkLead' }
        'link-requests': { POST: 'requestLink' }
        matches: { GET: 'listLeadMatches' }
        move: { POST: 'moveLead' }
        payload: { GET: 'getLeadPayload' }
        qualifications: { POST: 'qualifyLead'; GET: 'listLeadQualifications' }
        release: { POST: 'releaseLead' }
        score: { GET: 'getLeadScore' }
        'score-history': { GET: 'listLeadScores' }
        status: { POST: 'changeLeadStatus' }
        timeline: { GET: 'listLeadTimeline' }
        unclaim: { POST: 'unclaimLead' }
        unlink: { POST: 'unlinkLead' }
      }
    }
    'link-requests': {
      GET: 'listLinkRequests'
      '*': {
        GET: 'getLinkRequest'
        accept: { POST: 'acceptLinkRequest' }
        decline: { POST: 'declineLinkRequest' }
        withdraw: { POST: 'withdrawLinkRequest' }
      }
    }
    matching: { GET: 'getMatching' }
    me: {
      GET: 'getMe'
      PATCH: 'updateMe'
      calendar: { POST: 'createMyCalendar'; GET: 'getMyCalendar'; DELETE: 'deleteMyCalendar' }
      notifications: { GET: 'getMyNotifications'; PUT: 'writeMyNotifications' }
    }
    notifications: { GET: 'listNotifications'; '*': { read: { POST: 'readNotification' } } }
    operations: { '*': { GET: 'getOperation'; undo: { POST: 'undoOperation' } } }
    opportunities: {
      POST: 'createOpportunity'
      GET: 'listOpportunities'
      '*': { GET: 'getOpportunity'; PATCH: 'updateOpportunity' }
    }
    'promoter-invitations': {
      POST: 'invitePromoter'
      '*': { GET: 'getPromoterInvitation'; accept: { POST: 'acceptPromoterInvitation' } }
    }
    'promoter-page': {
      '*': {
        GET: 'getPromoterPage'
        leads: { GET: 'listPromotedLeads' }
        links: { '*': { qr: { GET: 'getPromoterPageQr' } } }
      }
    }
    promoters: {
      POST: 'createPromoter'
      GET: 'listPromoters'
      '*': {
        GET: 'getPromoter'
        PATCH: 'updatePromoter'
        invitation: { POST: 'invitePromoterAgain' }
        'page-link': { POST: 'createPromoterPageLink'; DELETE: 'deletePromoterPageLink' }
        rewards: { GET: 'getPromoterLedger' }
      }
    }
    'qualification-forms': {
      GET: 'listQualificationForms'
      '*': { GET: 'getQualificationForm'; PUT: 'writeQualificationForm' }
    }
    queues: {
      POST: 'createQueue'
      GET: 'listQueues'
      '*': {
        GET: 'getQueue'
        PATCH: 'updateQueue'
        members: {
          GET: 'listQueueMembers'
          '*': { PUT: 'addQueueMember'; DELETE: 'removeQueueMember' }
        }
      }
    }
    'referral-links': {
      POST: 'createReferralLink'
      GET: 'listReferralLinks'
      '*': { GET: 'getReferralLink'; PATCH: 'updateReferralLink'; qr: { GET: 'getReferralLinkQr' } }
    }
    referrals: {
      '*': { leads: { POST: 'createReferredLead' }; promoters: { POST: 'signUpPromoter' } }
    }
    reports: {
      funnel: { GET: 'getFunnelReport'; leads: { GET: 'listFunnelLeads' } }
      incentives: { GET: 'getIncentivesReport' }
      leads: { GET: 'listCountedLeads' }
      promoters: { GET: 'getPromotersReport' }
      'referral-links': { GET: 'getReferralLinksReport' }
      'response-times': { GET: 'getResponseTimesReport'; leads: { GET: 'listResponseTimeLeads' } }
      sources: { GET: 'getSourcesReport' }
      'sources-by-month': { GET: 'getSourcesByMonthReport' }
      'sources-by-month-detail': { GET: 'getSourcesDetailReport' }
      team: { GET: 'getTeamReport'; leads: { GET: 'listTeamLeads' } }
      'work-list': { GET: 'getWorkListReport'; leads: { GET: 'listWork' } }
    }
    'reward-programmes': {
      POST: 'createRewardProgramme'
      GET: 'listRewardProgrammes'
      '*': { GET: 'getRewardProgramme'; PATCH: 'updateRewardProgramme' }
    }
    rewards: {
      GET: 'listRewards'
      '*': { GET: 'getReward'; approve: { POST: 'approveReward' }; pay: { POST: 'payReward' } }
    }
    'sale-statuses': {
      POST: 'createSaleStatus'
      GET: 'listSaleStatuses'
      '*': { GET: 'getSaleStatus'; PATCH: 'updateSaleStatus'; DELETE: 'deleteSaleStatus' }
    }
    sales: { GET: 'listSales'; '*': { GET: 'getSale'; PATCH: 'updateSale' } }
    'scoring-rules': {
      POST: 'createScoringRules'
      GET: 'listScoringRules'
      '*': {
        GET: 'getScoringRules'
        PATCH: 'updateScoringRules'
        DELETE: 'deleteScoringRules'
        publish: { POST: 'publishScoringRules' }
        recomputation: { GET: 'getRecomputation' }
        'roll-back': { POST: 'rollBackScoringRules' }
      }
    }
    'source-costs': { GET: 'listSourceCosts' }
    sources: {
      POST: 'createSource'
      GET: 'listSources'
      '*': {
        GET: 'getSource'
        PATCH: 'updateSource'
        costs: { '*': { PUT: 'writeSourceCost'; DELETE: 'deleteSourceCost' } }
      }
    }
    'status-groups': { GET: 'listStatusGroups' }
    'status-reasons': {
      POST: 'createStatusReason'
      GET: 'listStatusReasons'
      '*': { GET: 'getStatusReason'; PATCH: 'updateStatusReason' }
    }
    statuses: {
      POST: 'createStatus'
      GET: 'listStatuses'
      '*': { GET: 'getStatus'; PATCH: 'updateStatus'; DELETE: 'deleteStatus' }
    }
    suppressions: {
      POST: 'createSuppression'
      GET: 'listSuppressions'
      '*': { GET: 'getSuppression'; DELETE: 'deleteSuppression' }
    }
    teams: { GET: 'listTeams'; '*': { PATCH: 'renameTeam' } }
    templates: {
      POST: 'createTemplate'
      GET: 'listTemplates'
      preview: { POST: 'previewTemplateContent' }
      '*': {
        GET: 'getTemplate'
        PATCH: 'updateTemplate'
        DELETE: 'deleteTemplate'
        preview: { POST: 'previewTemplate' }
      }
    }
    users: {
      POST: 'createUser'
      GET: 'listUsers'
      '*': {
        GET: 'getUser'
        PATCH: 'updateUser'
        notifications: { GET: 'getUserNotifications'; PUT: 'writeUserNotifications' }
      }
    }
  }
  w: { '*': { GET: 'showWorkPage' } }
}

export interface Health {
  status: 'ok'
}

export interface ReferralTarget {
  target: string
}

export interface Account {
  id: string
  name: string
  email: string | null
  phone: string | null
  website: string | null
  taxNumber: string | null
  address: Address | null
  description: string | null
  responsibleUser: Reference | null
  createdFromLead: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface Address {
  street: string[]
  apartment: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  type: 'work' | 'home' | 'delivery' | null
}

export interface Reference {
  id: string
  name: string
}

export interface AccountPage {
  data: Account[]
  nextCursor: string | null
}

export interface ClientPage {
  data: Client[]
  nextCursor: string | null
  resumeCursor?: string | null
}

export interface Client {
  id: string
  name: string
  contact: Contact
  description: string | null
  vehicleInterests: Vehicle[]
  consents: Consent[]
  customFields: CustomFields
  source: LeadSource | null
  responsibleUser: Reference | null
  account: Reference | null
  createdFromLead: string | null
  version: number
  createdAt: string
  updatedAt: string
  expanded?: ExpandedClient
}

export interface Contact {
  firstName: string | null
  middleName: string | null
  lastName: string | null
  nameSuffix: string | null
  fullName: string | null
  companyName: string | null
  email: string | null
  emailRaw: string | null
  emailValid: boolean | null
  otherEmails: string[]
  phone: string | null
  phoneRaw: string | null
  phoneValid: boolean | null
  phoneType: 'voice' | 'mobile' | 'work' | 'home' | 'fax' | 'pager' | 'other' | null
  otherPhones: Phone[]
  preferredChannel: 'email' | 'phone' | 'sms' | 'whatsapp' | 'post' | null
  preferredTime: 'morning' | 'afternoon' | 'evening' | 'day' | 'nopreference' | null
  language: string | null
  address: Address | null
}

export interface Phone {
  number: string
  raw: string
  valid: boolean
  type: 'voice' | 'mobile' | 'work' | 'home' | 'fax' | 'pager' | 'other'
  time: 'morning' | 'afternoon' | 'evening' | 'day' | 'nopreference' | null
}

export interface Vehicle {
  interest: 'buy' | 'lease' | 'sell' | 'trade-in' | 'test-drive'
  condition: 'new' | 'used' | null
  references: ExternalReference[]
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
  vin: string | null
  plate: string | null
  stockNumber: string | null
  doors: string | null
  bodyStyle: string | null
  transmission: string | null
  odometer: {
    value: number
    unit: 'km' | 'mi'
    status: 'unknown' | 'rolledover' | 'replaced' | 'original' | null
  } | null
  state: string | null
  colors: { interior: string | null; exterior: string | null; preference: number | null }[]
  image: { url: string; width: number | null; height: number | null; altText: string | null } | null
  price: Price | null
  priceComments: string | null
  options: {
    name: string
    manufacturerCode: string | null
    stockNumber: string | null
    weighting: number | null
    price: Price | null
  }[]
  finance: {
    method: string | null
    amounts: {
      amount: string
      currency: string
      currencyAssumed?: boolean
      type: 'total' | 'downpayment' | 'monthly'
      limit: 'maximum' | 'minimum' | 'exact' | null
    }[]
    balance: {
      amount: string
      currency: string
      currencyAssumed?: boolean
      type: 'finance' | 'residual'
    } | null
  } | null
  comments: string | null
}

export interface ExternalReference {
  id: string
  source: string | null
  sequence: string | null
}

export interface Price {
  amount: string
  currency: string
  currencyAssumed?: boolean
  type: 'quote' | 'offer' | 'msrp' | 'invoice' | 'call' | 'appraisal' | 'asking' | null
  delta: 'absolute' | 'relative' | 'percentage' | null
  relativeTo: 'msrp' | 'invoice' | null
  source: string | null
}

export interface Consent {
  purpose: string
  channel: string | null
  granted: boolean
  text: string | null
  textVersion: string | null
  language: string | null
  page: string | null
  ip: string | null
  givenAt: string | null
  proofUrl: string | null
}

export type CustomFields = Record<string, unknown>

export interface LeadSource {
  id: string
  key: string
  name: string
}

export interface ExpandedClient {
  responsibleUser?: User | null
  account?: Account | null
  createdFromLead?: Lead | null
}

export interface User {
  id: string
  email: string
  name: string
  phone: string | null
  role: 'owner' | 'admin' | 'member'
  team: 'call_center' | 'online_sales' | 'store_sales' | null
  grants: ('leads.unlink' | 'conversions.view' | 'data.export' | 'data.erase')[]
  active: boolean
  absences: { from: string; until: string | null }[]
  workingHours: WorkingHours | null
  capacityPerDay: number | null
  locale: 'en' | 'es' | 'pl' | null
  languages: string[]
  version: number
  createdAt: string
  updatedAt: string
}

export interface WorkingHours {
  timeZone?: string | null
  week: {
    monday?: { from: string; to: string }[]
    tuesday?: { from: string; to: string }[]
    wednesday?: { from: string; to: string }[]
    thursday?: { from: string; to: string }[]
    friday?: { from: string; to: string }[]
    saturday?: { from: string; to: string }[]
    sunday?: { from: string; to: string }[]
  }
  holidays?: string[]
}

export interface Lead {
  id: string
  displayName: string | null
  type: 'inquiry' | 'prequalification'
  source: LeadSource
  externalId: string | null
  submittedAt: string | null
  contact: Contact
  message: string | null
  vehicles: Vehicle[]
  timeframe: Timeframe | null
  prequalification: Prequalification | null
  consents: Consent[]
  attribution: Attribution
  customFields: CustomFields
  references: ExternalReference[]
  vendor: Party | null
  provider: Party | null
  unmapped: UnmappedValue[]
  isTest: boolean
  status: LeadStatus
  statusReason: LeadStatusReason | null
  assignee: Reference | null
  queue: Reference | null
  promoter: Reference | null
  referralLink: { id: string; code: string } | null
  client: Reference | null
  duplicateOf: string | null
  quarantined: boolean
  quarantineReason: QuarantineReason | null
  temperature: 'hot' | 'warm' | 'cold' | null
  temperatureBy: 'user' | 'score' | null
  score: number | null
  nextAction: NextAction | null
  version: number
  receivedAt: string
  createdAt: string
  updatedAt: string
  statusSince: string
  expanded?: ExpandedLead
  waiting?: Waiting[]
  lastTouchAt: string | null
}

export interface Timeframe {
  description: string | null
  earliest: string | null
  latest: string | null
}

export interface Prequalification {
  employmentStatus: string | null
  employer: string | null
  jobTitle: string | null
  employedSince: string | null
  income: Money | null
  incomePeriod: 'hour' | 'week' | 'fortnight' | 'month' | 'year' | null
  otherIncome: Money | null
  housingStatus: string | null
  housingCost: Money | null
  creditEstimate: string | null
  downPayment: Money | null
  monthlyBudget: Money | null
  timeframe: string | null
  hasTradeIn: boolean | null
  creditCheckConsent: boolean | null
}

export interface Money {
  amount: string
  currency: string
}

export type Attribution = Record<string, string>

export interface Party {
  references: ExternalReference[]
  name: string | null
  service: string | null
  url: string | null
  email: string | null
  phone: string | null
  contact: Contact | null
}

export interface UnmappedValue {
  path: string
  text: string
  code?:
    | 'repaired_phone'
    | 'repaired_email'
    | 'moved_to_email'
    | 'moved_to_phone'
    | 'split_values'
    | 'split_vehicle'
    | 'split_city'
    | 'make_spelling'
    | 'surplus_values'
    | 'absent_value'
    | 'unreadable_value'
    | 'incomplete_value'
    | 'shortened_text'
    | 'html_text'
    | 'surplus_item'
    | 'contradicted_consent'
    | 'unknown_member'
    | 'overlong_id'
    | 'unknown_reference'
    | 'found_in_text'
    | 'placeholder_words'
    | 'surrounding_marks'
    | 'file_left_out'
    | 'replaced_character'
    | 'repeated_member'
    | 'repaired_json'
    | 'charset_contradicted'
    | 'charset_guessed'
    | 'double_encoding'
    | 'transfer_encoding'
    | 'replaced_byte'
    | 'control_character'
    | 'html_entity'
    | 'stray_ampersand'
    | 'stray_angle_bracket'
    | 'faulty_attribute'
    | 'faulty_tag'
    | 'unclosed_element'
    | 'unclosed_section'
    | 'text_around_document'
    | 'other_root'
    | 'escaped_document'
    | 'cut_document'
    | 'unreadable_document'
}

export interface LeadStatus {
  id: string
  name: string
  group:
    | 'new'
    | 'working'
    | 'nurturing'
    | 'qualified'
    | 'unqualified'
    | 'linked'
    | 'converted'
    | 'sold'
    | 'lost'
    | 'deleted'
}

export interface LeadStatusReason {
  id: string | null
  key: string | null
  name: string
}

export interface QuarantineReason {
  code: 'unreachable' | 'unreadable_document' | 'cut_document'
  facts: Record<string, unknown>
  sentence: string
}

export interface NextAction {
  id: string
  type:
    | 'call'
    | 'email'
    | 'meeting'
    | 'appointment'
    | 'test_drive'
    | 'offer'
    | 'reservation'
    | 'contract'
    | 'visit'
    | 'note'
  dueAt: string | null
  userId: string | null
}

export interface ExpandedLead {
  client?: Client | null
  assignee?: User | null
  nextAction?: Activity | null
}

export interface Activity {
  id: string
  type:
    | 'call'
    | 'email'
    | 'meeting'
    | 'appointment'
    | 'test_drive'
    | 'offer'
    | 'reservation'
    | 'contract'
    | 'visit'
    | 'note'
  state: 'planned' | 'done' | 'missed' | 'cancelled'
  text: string | null
  dueAt: string | null
  doneAt: string | null
  outcome:
    | 'reached'
    | 'call_back'
    | 'no_answer'
    | 'busy'
    | 'voicemail'
    | 'wrong_number'
    | 'sent'
    | 'replied'
    | 'bounced'
    | 'interested'
    | 'undecided'
    | 'not_interested'
    | 'rescheduled'
    | 'called_off'
    | 'sold'
    | 'accepted'
    | 'negotiating'
    | 'rejected'
    | 'expired'
    | 'confirmed'
    | 'withdrawn'
    | 'signed'
    | null
  feedback: string | null
  remindAt: string | null
  userId: string | null
  createdBy: string | null
  leadId: string | null
  clientId: string | null
  opportunityId: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface Waiting {
  kind: 'link_request' | 'handover'
  id: string
  sentence: string
  next: string
  from: Reference | null
  toUser: Reference | null
  toTeam: { key: 'call_center' | 'online_sales' | 'store_sales'; name: string } | null
  client: Reference | null
  message: string | null
  since: string
  expiresAt: string | null
  actions: { name: 'accept' | 'decline' | 'withdraw'; method: 'POST'; path: string }[]
}

export interface ActivityPage {
  data: Activity[]
  nextCursor: string | null
  resumeCursor?: string | null
}

export interface ActivityTypeList {
  data: {
    type:
      | 'call'
      | 'email'
      | 'meeting'
      | 'appointment'
      | 'test_drive'
      | 'offer'
      | 'reservation'
      | 'contract'
      | 'visit'
      | 'note'
    outcomes: {
      done: (
        | 'reached'
        | 'call_back'
        | 'no_answer'
        | 'busy'
        | 'voicemail'
        | 'wrong_number'
        | 'sent'
        | 'replied'
        | 'bounced'
        | 'interested'
        | 'undecided'
        | 'not_interested'
        | 'rescheduled'
        | 'called_off'
        | 'sold'
        | 'accepted'
        | 'negotiating'
        | 'rejected'
        | 'expired'
        | 'confirmed'
        | 'withdrawn'
        | 'signed'
      )[]
      missed: (
        | 'reached'
        | 'call_back'
        | 'no_answer'
        | 'busy'
        | 'voicemail'
        | 'wrong_number'
        | 'sent'
        | 'replied'
        | 'bounced'
        | 'interested'
        | 'undecided'
        | 'not_interested'
        | 'rescheduled'
        | 'called_off'
        | 'sold'
        | 'accepted'
        | 'negotiating'
        | 'rejected'
        | 'expired'
        | 'confirmed'
        | 'withdrawn'
        | 'signed'
      )[]
    }
  }[]
}

export interface IssuedApiKey {
  id: string
  name: string
  prefix: string
  scopes: ('leads:capture' | 'read' | 'write' | 'admin')[]
  sourceId: string | null
  lenient: boolean
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  createdBy: string | null
  version: number
  createdAt: string
  updatedAt: string
  key: string | null
}

export interface ApiKeyPage {
  data: ApiKey[]
  nextCursor: string | null
}

export interface ApiKey {
  id: string
  name: string
  prefix: string
  scopes: ('leads:capture' | 'read' | 'write' | 'admin')[]
  sourceId: string | null
  lenient: boolean
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  createdBy: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface AssignmentRulesVersion {
  id: string
  state: 'draft' | 'published' | 'superseded'
  number: number | null
  note: string | null
  rules: AssignmentRules
  publishedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface AssignmentRules {
  entries: AssignmentEntry[]
}

export interface AssignmentEntry {
  id: string
  name: string
  on: 'captured' | 'qualified' | 'overdue'
  criteria: Criteria
  target: AssignmentTarget
  asOffer: boolean
}

export interface Criteria {
  all?: Criteria[]
  any?: Criteria[]
  not?: Criteria
  field?: string
  equals?: string | number | boolean
  oneOf?: (string | number | boolean)[]
  contains?: string
  from?: string | number
  to?: string | number
  exists?: boolean
}

export interface AssignmentTarget {
  type: 'user' | 'queue' | 'team'
  userId?: string
  queueId?: string
  team?: string
  by?: 'round_robin' | 'weighted' | 'least_busy'
  weights?: { userId: string; weight: number }[]
  onShiftOnly?: boolean
  matchLanguage?: boolean
}

export interface AssignmentRulesVersionPage {
  data: AssignmentRulesVersion[]
  nextCursor: string | null
}

export interface AssignmentSimulation {
  ruleSetId: string | null
  summary: {
    leads: number
    same: number
    users: { userId: string; count: number }[]
    queues: { queueId: string; count: number }[]
    entries: { entryId: string; count: number }[]
  }
  data: SimulatedLead[]
}

export interface SimulatedLead {
  leadId: string | null
  receivedAt: string
  assigneeId: string | null
  queueId: string | null
  entryId: string | null
  code:
    | 'named_by_sender'
    | 'kept_at_release'
    | 'referral_link_user'
    | 'referral_fallback'
    | 'known_person'
    | 'entered_by_user'
    | 'rule_fits'
    | 'rule_without_user'
    | 'rule_of_empty_team'
    | 'no_rule_fits'
    | 'no_rule_reassigns'
    | 'quarantined'
  facts: Record<string, unknown>
  sentence: string
  passedOver: PassedOver[]
  actual: { assigneeId: string | null; queueId: string | null } | null
  same: boolean | null
}

export interface PassedOver {
  userId: string
  code:
    | 'user_inactive'
    | 'user_absent'
    | 'user_full'
    | 'user_off_shift'
    | 'user_language'
    | 'user_has_lead'
  sentence: string
}

export interface Tokens {
  accessToken: string
  refreshToken: string
  tokenType: 'Bearer'
  expiresIn: number
}

export interface AutoResponsesVersion {
  id: string
  state: 'draft' | 'published' | 'superseded'
  number: number | null
  note: string | null
  rules: AutoResponseRules
  publishedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface AutoResponseRules {
  entries: AutoResponseEntry[]
  default: DefaultAutoResponse | null
  quietHours: { from: string; to: string } | null
  windowHours: number
}

export interface AutoResponseEntry {
  id: string
  name: string
  criteria: Criteria
  templateId: string | null
  consent: { purpose: string } | null
}

export interface DefaultAutoResponse {
  templateId: string
  consent: { purpose: string } | null
}

export interface AutoResponsesVersionPage {
  data: AutoResponsesVersion[]
  nextCursor: string | null
}

export interface SavedClient {
  id: string
  name: string
  contact: Contact
  description: string | null
  vehicleInterests: Vehicle[]
  consents: Consent[]
  customFields: CustomFields
  source: LeadSource | null
  responsibleUser: Reference | null
  account: Reference | null
  createdFromLead: string | null
  version: number
  createdAt: string
  updatedAt: string
  expanded?: ExpandedClient
  warnings: Warning[]
}

export interface Warning {
  pointer: string
  code:
    | 'repaired_phone'
    | 'repaired_email'
    | 'moved_to_email'
    | 'moved_to_phone'
    | 'split_values'
    | 'split_vehicle'
    | 'split_city'
    | 'make_spelling'
    | 'surplus_values'
    | 'absent_value'
    | 'unreadable_value'
    | 'incomplete_value'
    | 'shortened_text'
    | 'html_text'
    | 'surplus_item'
    | 'contradicted_consent'
    | 'unknown_member'
    | 'overlong_id'
    | 'unknown_reference'
    | 'found_in_text'
    | 'placeholder_words'
    | 'surrounding_marks'
    | 'file_left_out'
    | 'replaced_character'
    | 'repeated_member'
    | 'repaired_json'
    | 'charset_contradicted'
    | 'charset_guessed'
    | 'double_encoding'
    | 'transfer_encoding'
    | 'replaced_byte'
    | 'control_character'
    | 'html_entity'
    | 'stray_ampersand'
    | 'stray_angle_bracket'
    | 'faulty_attribute'
    | 'faulty_tag'
    | 'unclosed_element'
    | 'unclosed_section'
    | 'text_around_document'
    | 'other_root'
    | 'escaped_document'
    | 'cut_document'
    | 'unreadable_document'
  sentence: string
}

export interface ConsentStances {
  at: string
  data: ConsentStance[]
}

export interface ConsentStance {
  purpose: string
  channel: string | null
  granted: boolean
  text: string | null
  textVersion: string | null
  language: string | null
  page: string | null
  ip: string | null
  givenAt: string | null
  proofUrl: string | null
  origin:
    'capture' | 'direct' | 'import' | 'conversion' | 'link' | 'merge' | 'narrowed' | 'unsubscribe'
  leadId: string | null
  effectiveAt: string
}

export interface ConsentRecord {
  id: string
  clientId: string | null
  purpose: string
  channel: string | null
  granted: boolean
  text: string | null
  textVersion: string | null
  language: string | null
  page: string | null
  ip: string | null
  givenAt: string | null
  proofUrl: string | null
  origin:
    'capture' | 'direct' | 'import' | 'conversion' | 'link' | 'merge' | 'narrowed' | 'unsubscribe'
  leadId: string | null
  effectiveAt: string
  operationId: string | null
  voidFrom: string | null
  actor: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  createdAt: string
}

export interface ConsentRecordPage {
  data: ConsentRecord[]
  nextCursor: string | null
}

export interface LeadPage {
  data: Lead[]
  nextCursor: string | null
  resumeCursor?: string | null
  checks?: ListCheck[]
}

export interface ListCheck {
  code: 'filters_hide_all' | 'no_leads_yet' | 'nothing_assigned' | 'in_no_queue' | 'nothing_waiting'
  facts: Record<string, unknown>
  sentence: string
}

export interface MergedClients {
  operationId: string
  client: Client
}

export interface MergePreview {
  remaining: Reference
  merged: Reference
  fields: MergedField[]
  moves: { leads: number; activities: number; opportunities: number; sales: number }
}

export interface MergedField {
  field: string
  remaining: unknown
  merged: unknown
  value: unknown
  from: 'remaining' | 'merged' | 'both'
  isChoice: boolean
}

export interface ConversionPage {
  data: Conversion[]
  nextCursor: string | null
}

export interface Conversion {
  id: string
  leadId: string
  clientId: string
  operationId: string
  activityId: string | null
  accountId: string | null
  opportunityId: string | null
  actor: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  undoneAt: string | null
  createdAt: string
}

export interface CustomField {
  id: string
  target: 'lead' | 'client'
  key: string
  label: string
  type: 'text' | 'number' | 'boolean' | 'date' | 'option' | 'options' | 'url' | 'email' | 'phone'
  options: string[]
  required: boolean
  searchable: boolean
  position: number
  version: number
  createdAt: string
  updatedAt: string
}

export interface CustomFieldPage {
  data: CustomField[]
  nextCursor: string | null
}

export interface Dealer {
  id: string
  name: string
  slug: string
  locale: 'en' | 'es' | 'pl'
  timeZone: string
  country: string
  currency: string
  email: string | null
  phone: string | null
  url: string | null
  address: Address | null
  settings: DealerSettings
  workingHours: WorkingHours | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface DealerSettings {
  duplicateWindowHours: number
  announceDuplicates: boolean
  matchingPolicy: 'fuzzy' | 'exact'
  keepOwner: boolean
  ownEnteredLeads: 'author' | 'rules'
  matchesShowColleaguesClients: boolean
  linkToColleaguesClient: 'at_once' | 'ask' | 'no'
  statusReasons: 'listed' | 'required' | 'optional'
  leadAddress: string | null
  adfAddress: string | null
  adfPlacement: 'body' | 'attachment' | 'both'
  adfSubject: string
  testAddress: string | null
  mailPrequalification: boolean
  replyToPerson: boolean
  fallbackAssigneeId: string | null
  referralCreditPercent: number
  leadUrl: string | null
  clientUrl: string | null
  promoterUrl: string | null
  landingPage: string | null
  invitationPage: string | null
  promoterPage: string | null
  webOrigins: string[]
  apiOrigins: string[]
  formThanksUrl: string | null
  formErrorUrl: string | null
  responseLimitMinutes: number | null
  responseWarningMinutes: number | null
  offerMinutes: number
  temperatureHoldDays: number | null
}

export interface CreatedDealer {
  id: string
  name: string
  slug: string
  locale: 'en' | 'es' | 'pl'
  timeZone: string
  country: string
  currency: string
  email: string | null
  phone: string | null
  url: string | null
  address: Address | null
  settings: DealerSettings
  workingHours: WorkingHours | null
  version: number
  createdAt: string
  updatedAt: string
  owner: { id: string; name: string; email: string; password: string | null }
}

export interface DealerPage {
  data: Dealer[]
  nextCursor: string | null
}

export interface DeliveryPage {
  data: Delivery[]
  nextCursor: string | null
}

export interface Delivery {
  id: string
  leadId: string | null
  purpose:
    | 'assignee_mail'
    | 'responsible_mail'
    | 'offer_mail'
    | 'offer_response_mail'
    | 'link_request_mail'
    | 'link_response_mail'
    | 'feedback_mail'
    | 'queue_mail'
    | 'taken_back_mail'
    | 'offer_ending_mail'
    | 'reminder_mail'
    | 'overdue_mail'
    | 'planned_mail'
    | 'moved_mail'
    | 'cancelled_mail'
    | 'moved_lead_mail'
    | 'new_client_mail'
    | 'moved_client_mail'
    | 'sale_mail'
    | 'response_warning_mail'
    | 'response_overdue_mail'
    | 'quiet_source_mail'
    | 'open_leads_mail'
    | 'pending_promoter_mail'
    | 'promoter_response_mail'
    | 'failed_mail'
    | 'promoter_mail'
    | 'dealer_mail'
    | 'digest_mail'
    | 'test_mail'
    | 'auto_response'
    | 'promoter_invitation'
    | 'promoter_welcome'
    | 'promoter_refusal'
    | 'dealer_adf'
  channel: 'mail' | 'adf_mail'
  target: { name: string | null; address: string }
  userId: string | null
  state: 'pending' | 'sent' | 'failed' | 'cancelled'
  messageId: string
  attemptCount: number
  nextAttemptAt: string | null
  reason: DeliveryReason | null
  sentAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface DeliveryReason {
  code:
    | 'accepted'
    | 'written_to_outbox'
    | 'receiver_response'
    | 'transport_failed'
    | 'attempt_timed_out'
    | 'transport_closed'
    | 'sender_address_invalid'
    | 'recipient_address_invalid'
    | 'template_too_slow'
    | 'template_too_large'
    | 'template_broken'
    | 'composition_failed'
    | 'worker_interrupted'
    | 'lead_erased'
    | 'lead_deleted'
    | 'quarantined'
    | 'lead_not_linked'
    | 'lead_reassigned'
    | 'test_lead'
    | 'address_suppressed'
    | 'auto_response_refused'
    | 'consent_refused'
    | 'consent_missing'
    | 'template_deleted'
    | 'user_inactive'
    | 'user_muted_mails'
    | 'in_daily_digest'
    | 'lead_assigned'
    | 'lead_left_queue'
    | 'lead_responded'
    | 'notification_removed'
    | 'digest_empty'
    | 'activity_ended'
    | 'activity_reassigned'
    | 'offer_removed'
    | 'offer_ended'
    | 'link_request_removed'
    | 'link_request_ended'
    | 'activity_removed'
    | 'promoter_removed'
    | 'promoter_inactive'
    | 'promoter_not_pending'
    | 'promoter_not_refused'
    | 'promoter_not_invited'
    | 'promoter_address_changed'
    | 'invitation_expired'
    | 'newer_message_sent'
  facts: Record<string, unknown>
  sentence: string
}

export interface RetriedDeliveries {
  results: RetriedDelivery[]
  left: number
}

export interface RetriedDelivery {
  deliveryId: string
  outcome: 'changed' | 'unchanged' | 'refused'
  problem: Problem | null
}

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code?: string
  facts?: Record<string, unknown>
  errors?: ({ pointer: string; message: string; code?: string } & Record<string, unknown>)[]
} & Record<string, unknown>

export interface DeliveryWithAttempts {
  id: string
  leadId: string | null
  purpose:
    | 'assignee_mail'
    | 'responsible_mail'
    | 'offer_mail'
    | 'offer_response_mail'
    | 'link_request_mail'
    | 'link_response_mail'
    | 'feedback_mail'
    | 'queue_mail'
    | 'taken_back_mail'
    | 'offer_ending_mail'
    | 'reminder_mail'
    | 'overdue_mail'
    | 'planned_mail'
    | 'moved_mail'
    | 'cancelled_mail'
    | 'moved_lead_mail'
    | 'new_client_mail'
    | 'moved_client_mail'
    | 'sale_mail'
    | 'response_warning_mail'
    | 'response_overdue_mail'
    | 'quiet_source_mail'
    | 'open_leads_mail'
    | 'pending_promoter_mail'
    | 'promoter_response_mail'
    | 'failed_mail'
    | 'promoter_mail'
    | 'dealer_mail'
    | 'digest_mail'
    | 'test_mail'
    | 'auto_response'
    | 'promoter_invitation'
    | 'promoter_welcome'
    | 'promoter_refusal'
    | 'dealer_adf'
  channel: 'mail' | 'adf_mail'
  target: { name: string | null; address: string }
  userId: string | null
  state: 'pending' | 'sent' | 'failed' | 'cancelled'
  messageId: string
  attemptCount: number
  nextAttemptAt: string | null
  reason: DeliveryReason | null
  sentAt: string | null
  version: number
  createdAt: string
  updatedAt: string
  attempts: DeliveryAttempt[]
}

export interface DeliveryAttempt {
  number: number
  outcome: 'sent' | 'retry' | 'refused'
  code:
    | 'accepted'
    | 'written_to_outbox'
    | 'receiver_response'
    | 'transport_failed'
    | 'attempt_timed_out'
    | 'transport_closed'
    | 'sender_address_invalid'
    | 'recipient_address_invalid'
    | 'template_too_slow'
    | 'template_too_large'
    | 'template_broken'
    | 'composition_failed'
    | 'worker_interrupted'
  facts: Record<string, unknown>
  sentence: string
  durationMs: number
  createdAt: string
}

export interface DuplicatePage {
  data: Duplicate[]
  nextCursor: string | null
}

export interface Duplicate {
  id: string
  state: 'open' | 'different' | 'merged'
  score: number
  band: 'sure' | 'possible'
  reasons: {
    field:
      | 'contact.email'
      | 'contact.phone'
      | 'contact.firstName'
      | 'contact.lastName'
      | 'contact.address'
      | 'contact.companyName'
    agreement: 'same' | 'similar' | 'nickname' | 'initial' | 'different'
    sentence: string
    weight?: number
  }[]
  clients: DuplicateClient[]
  assignee: Reference | null
  decidedBy: Reference | null
  decidedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface DuplicateClient {
  id: string
  name: string
  responsibleUser: Reference | null
}

export interface DuplicateCounts {
  open: number
  unassigned: number
  mine: number
  toCompare: number
}

export interface EventPage {
  data: Event[]
  nextCursor: string | null
}

export interface Event {
  id: string
  type:
    | 'lead.created'
    | 'lead.updated'
    | 'lead.resent'
    | 'lead.status_changed'
    | 'lead.assigned'
    | 'lead.linked'
    | 'lead.converted'
    | 'lead.unlinked'
    | 'lead.moved'
    | 'lead.released'
    | 'lead.engaged'
    | 'lead.qualified'
    | 'lead.temperature_changed'
    | 'lead.response_warning'
    | 'lead.response_overdue'
    | 'lead.removed'
    | 'handover.offered'
    | 'handover.accepted'
    | 'handover.declined'
    | 'handover.expired'
    | 'handover.withdrawn'
    | 'link_request.asked'
    | 'link_request.accepted'
    | 'link_request.declined'
    | 'link_request.expired'
    | 'link_request.withdrawn'
    | 'client.created'
    | 'client.updated'
    | 'client.removed'
    | 'client.merged'
    | 'account.created'
    | 'account.updated'
    | 'account.removed'
    | 'opportunity.created'
    | 'opportunity.updated'
    | 'opportunity.removed'
    | 'consent.recorded'
    | 'sale.recorded'
    | 'sale.updated'
    | 'sale.undone'
    | 'reward.updated'
    | 'activity.created'
    | 'activity.updated'
    | 'activity.removed'
    | 'activity.reminder'
    | 'activity.overdue'
    | 'activity.feedback'
    | 'delivery.sent'
    | 'delivery.failed'
    | 'delivery.cancelled'
    | 'delivery.retried'
    | 'operation.undone'
    | 'import.created'
    | 'import.updated'
    | 'import.started'
    | 'import.finished'
    | 'import.cancelled'
    | 'import.failed'
    | 'import.undone'
    | 'import.deleted'
    | 'data.exported'
    | 'promoter.created'
    | 'promoter.updated'
    | 'promoter.invited'
    | 'promoter.joined'
    | 'referral_link.created'
    | 'referral_link.updated'
    | 'user.created'
    | 'user.updated'
    | 'api_key.created'
    | 'api_key.updated'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'source.created'
    | 'source.updated'
    | 'status.created'
    | 'status.updated'
    | 'status.deleted'
    | 'status_reason.created'
    | 'status_reason.updated'
    | 'sale_status.created'
    | 'sale_status.updated'
    | 'sale_status.deleted'
    | 'reward_programme.created'
    | 'reward_programme.updated'
    | 'custom_field.created'
    | 'custom_field.updated'
    | 'custom_field.deleted'
    | 'field_mapping.updated'
    | 'template.created'
    | 'template.updated'
    | 'template.deleted'
    | 'source_cost.updated'
    | 'source_cost.deleted'
    | 'incentive_rates.updated'
    | 'suppression.added'
    | 'suppression.removed'
    | 'rule_set.created'
    | 'rule_set.updated'
    | 'rule_set.published'
    | 'rule_set.deleted'
    | 'qualification_form.updated'
    | 'team.updated'
    | 'queue.created'
    | 'queue.updated'
    | 'queue.member_added'
    | 'queue.member_removed'
    | 'dealer.created'
    | 'dealer.updated'
  subject: { type: string; id: string }
  leadId: string | null
  clientId: string | null
  data: Record<string, unknown>
  createdAt: string
  actor: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
}

export interface FieldMapping {
  entries: FieldMappingEntry[]
  version: number
  updatedAt: string | null
}

export interface FieldMappingEntry {
  to: string
  from: string | null
  default: unknown
}

export interface HandoverPage {
  data: Handover[]
  nextCursor: string | null
}

export interface Handover {
  id: string
  lead: {
    id: string
    name: string | null
    statusGroup:
      | 'new'
      | 'working'
      | 'nurturing'
      | 'qualified'
      | 'unqualified'
      | 'linked'
      | 'converted'
      | 'sold'
      | 'lost'
      | 'deleted'
    temperature: 'hot' | 'warm' | 'cold' | null
  }
  state: 'offered' | 'accepted' | 'declined' | 'expired' | 'withdrawn'
  from: Reference | null
  toUser: Reference | null
  toTeam: 'call_center' | 'online_sales' | 'store_sales' | null
  message: string | null
  reason: string | null
  expiresAt: string | null
  endedAt: string | null
  endedBy: Reference | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface Import {
  id: string
  target: 'leads' | 'clients'
  name: string
  state:
    | 'receiving'
    | 'ready'
    | 'checking'
    | 'running'
    | 'done'
    | 'cancelled'
    | 'undoing'
    | 'undone'
    | 'failed'
  format: 'csv' | 'ndjson' | 'xlsx' | 'html'
  encoding: string | null
  encodingGuess: EncodingGuess | null
  separator: 'comma' | 'semicolon' | 'tab' | 'pipe' | null
  header: ImportHeader | null
  sheets: ImportSheet[] | null
  warnings: ImportWarning[]
  bytes: number
  rows: number
  columns: ImportColumn[]
  unmappedColumns: string[]
  settings: ImportSettings
  processed: number
  counts: ImportCounts
  check: ImportCounts | null
  fault: ImportFault | null
  operationId: string | null
  startedAt: string | null
  finishedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface EncodingGuess {
  certainty: 'sure' | 'doubtful'
  choices: { encoding: string; sample: string }[]
}

export interface ImportHeader {
  line: number | null
  basis: 'guess' | 'setting'
  skipped: { line: number; text: string }[]
}

export interface ImportSheet {
  name: string
  rows: number | null
  hidden: boolean
  read: boolean
}

export interface ImportWarning {
  code: 'sheets_left_out' | 'name_column_guessed'
  facts: Record<string, unknown>
  sentence: string
}

export interface ImportColumn {
  name: string
  samples: string[]
  dates: ColumnDates | null
}

export interface ColumnDates {
  order: 'dmy' | 'mdy' | 'ymd' | null
  basis: 'values' | 'separator' | 'dealer' | 'setting' | 'contradictory'
}

export interface ImportSettings {
  sourceId: string | null
  mapping: ColumnMapping[]
  matchBy: ('externalId' | 'contact.email' | 'contact.phone')[]
  onMatch: 'create' | 'skip' | 'update'
  overwrite: boolean
  placement: ImportPlacement
  encoding: string | null
  separator: 'comma' | 'semicolon' | 'tab' | 'pipe' | null
  headerRow: number | null
  sheet: string | null
  dateOrder: 'auto' | 'dmy' | 'mdy' | 'ymd'
}

export interface ColumnMapping {
  column: string
  field: string | null
}

export interface ImportPlacement {
  type: 'rules' | 'user' | 'queue'
  userId?: string
  queueId?: string | null
}

export interface ImportCounts {
  created: number
  updated: number
  skipped: number
  bad: number
}

export interface ImportFault {
  code:
    | 'file_empty'
    | 'file_is_archive'
    | 'file_is_document'
    | 'file_is_list'
    | 'file_without_objects'
    | 'row_too_long'
    | 'json_too_deep'
    | 'file_too_large'
    | 'too_many_rows'
    | 'too_many_columns'
    | 'column_name_too_long'
    | 'columns_unnamed'
    | 'header_unreadable'
    | 'header_row_missing'
    | 'upload_stalled'
    | 'upload_interrupted'
    | 'content_encoding_wrong'
    | 'not_xlsx'
    | 'xls_not_supported'
    | 'workbook_too_large'
    | 'workbook_too_many_parts'
    | 'workbook_too_many_texts'
    | 'workbook_text_too_long'
    | 'workbook_without_sheet'
    | 'workbook_part_missing'
    | 'workbook_part_damaged'
    | 'workbook_part_not_xml'
    | 'workbook_part_has_doctype'
    | 'workbook_part_too_deep'
    | 'unknown_sheet'
    | 'sheet_empty'
    | 'sheet_cell_misplaced'
    | 'import_being_removed'
    | 'internal_error'
    | 'dry_run_failed'
    | 'import_run_failed'
    | 'superseded_by_request'
  facts: Record<string, unknown>
  sentence: string
}

export interface ImportPage {
  data: Import[]
  nextCursor: string | null
}

export interface RowProblemPage {
  data: RowProblem[]
  nextCursor: string | null
}

export interface RowProblem {
  row: number
  line: number
  severity: 'bad' | 'warning'
  column: string | null
  code:
    | 'row_too_long'
    | 'characters_unreadable'
    | 'not_json_object'
    | 'json_too_deep'
    | 'quote_read_as_text'
    | 'formula_without_value'
    | 'repaired_json'
    | 'cut_line'
    | 'required'
    | 'not_text'
    | 'text_too_long'
    | 'too_many_lines'
    | 'not_one_of'
    | 'not_option'
    | 'not_options'
    | 'not_number'
    | 'not_year'
    | 'too_many_digits'
    | 'not_boolean'
    | 'not_flag'
    | 'not_day'
    | 'day_order_unclear'
    | 'not_time'
    | 'not_url'
    | 'not_email'
    | 'not_phone'
    | 'not_language'
    | 'not_country'
    | 'not_odometer'
    | 'not_amount'
    | 'repaired_phone'
    | 'repaired_email'
    | 'moved_to_email'
    | 'moved_to_phone'
    | 'split_values'
    | 'surplus_values'
    | 'found_in_text'
    | 'contradicted_consent'
    | 'too_many_cells'
    | 'totals_row'
    | 'report_note'
    | 'unreachable'
    | 'lead_quarantined'
    | 'field_required'
    | 'several_clients_match'
    | 'external_id_taken'
    | 'row_not_stored'
    | 'changed_since_import'
  facts: Record<string, unknown>
  sentence: string
  value: string | null
}

export interface ImportProgress {
  state:
    | 'receiving'
    | 'ready'
    | 'checking'
    | 'running'
    | 'done'
    | 'cancelled'
    | 'undoing'
    | 'undone'
    | 'failed'
  processed: number
  total: number
  percent: number
  rowsPerSecond: number | null
  secondsLeft: number | null
}

export interface ImportRowPage {
  data: ImportRow[]
  nextCursor: string | null
}

export interface ImportRow {
  row: number
  line: number
  cells: (string | null)[]
  fault: RowFault | null
  repair: RowRepair | null
}

export interface RowFault {
  code: 'row_too_long' | 'characters_unreadable' | 'not_json_object' | 'json_too_deep'
  facts: Record<string, unknown>
  sentence: string
}

export interface RowRepair {
  code: 'quote_read_as_text' | 'formula_without_value' | 'repaired_json' | 'cut_line'
  facts: Record<string, unknown>
  sentence: string
}

export interface IncentiveRates {
  rates: IncentiveRate[]
  version: number
  updatedAt: string | null
}

export interface IncentiveRate {
  measure:
    | 'handled'
    | 'qualified'
    | 'appointmentsMade'
    | 'appointmentsShown'
    | 'reservations'
    | 'directSales'
    | 'storeSales'
    | 'creditedSales'
  amount: string
}

export type CaptureResponse = CapturedLead | LeadReceipt | CapturedLeads

export interface CapturedLead {
  id: string
  displayName: string | null
  type: 'inquiry' | 'prequalification'
  source: LeadSource
  externalId: string | null
  submittedAt: string | null
  contact: Contact
  message: string | null
  vehicles: Vehicle[]
  timeframe: Timeframe | null
  prequalification: Prequalification | null
  consents: Consent[]
  attribution: Attribution
  customFields: CustomFields
  references: ExternalReference[]
  vendor: Party | null
  provider: Party | null
  unmapped: UnmappedValue[]
  isTest: boolean
  status: LeadStatus
  statusReason: LeadStatusReason | null
  assignee: Reference | null
  queue: Reference | null
  promoter: Reference | null
  referralLink: { id: string; code: string } | null
  client: Reference | null
  duplicateOf: string | null
  quarantined: boolean
  quarantineReason: QuarantineReason | null
  temperature: 'hot' | 'warm' | 'cold' | null
  temperatureBy: 'user' | 'score' | null
  score: number | null
  nextAction: NextAction | null
  version: number
  receivedAt: string
  createdAt: string
  updatedAt: string
  statusSince: string
  expanded?: ExpandedLead
  waiting?: Waiting[]
  lastTouchAt: string | null
  outcome: 'created' | 'repeated' | 'quarantined'
  matches: Match[]
  warnings: Warning[]
}

export interface Match {
  type: 'client' | 'lead'
  id: string
  name: string | null
  score: number
  band: 'sure' | 'possible'
  reasons: {
    field:
      | 'contact.email'
      | 'contact.phone'
      | 'contact.firstName'
      | 'contact.lastName'
      | 'contact.address'
      | 'contact.companyName'
    agreement: 'same' | 'similar' | 'nickname' | 'initial' | 'different'
    sentence: string
    weight?: number
  }[]
  sharedByMany?: boolean
  similarOnly?: boolean
  responsibleUser?: Reference | null
}

export interface LeadReceipt {
  id: string
  outcome: 'created' | 'repeated' | 'quarantined'
  externalId: string | null
  status: LeadStatus
  receivedAt: string
  warnings: Warning[]
}

export interface CapturedLeads {
  data: (CapturedLead | LeadReceipt)[]
}

export interface BulkResults {
  operationId: string | null
  results: BulkResult[]
}

export interface BulkResult {
  leadId: string
  outcome: 'changed' | 'unchanged' | 'refused'
  problem: Problem | null
}

export interface LeadCounts {
  data: LeadCount[]
  total: number
  isExact: boolean
}

export interface LeadCount {
  value: string | null
  name: string | null
  count: number
}

export type LeadOrReceipt = Lead | LeadReceipt

export interface ChangedLead {
  id: string
  displayName: string | null
  type: 'inquiry' | 'prequalification'
  source: LeadSource
  externalId: string | null
  submittedAt: string | null
  contact: Contact
  message: string | null
  vehicles: Vehicle[]
  timeframe: Timeframe | null
  prequalification: Prequalification | null
  consents: Consent[]
  attribution: Attribution
  customFields: CustomFields
  references: ExternalReference[]
  vendor: Party | null
  provider: Party | null
  unmapped: UnmappedValue[]
  isTest: boolean
  status: LeadStatus
  statusReason: LeadStatusReason | null
  assignee: Reference | null
  queue: Reference | null
  promoter: Reference | null
  referralLink: { id: string; code: string } | null
  client: Reference | null
  duplicateOf: string | null
  quarantined: boolean
  quarantineReason: QuarantineReason | null
  temperature: 'hot' | 'warm' | 'cold' | null
  temperatureBy: 'user' | 'score' | null
  score: number | null
  nextAction: NextAction | null
  version: number
  receivedAt: string
  createdAt: string
  updatedAt: string
  statusSince: string
  expanded?: ExpandedLead
  waiting?: Waiting[]
  lastTouchAt: string | null
  warnings: Warning[]
}

export interface LeadClock {
  received: { at: string; seconds: number; workingSeconds: number }
  assigned: { at: string; seconds: number; workingSeconds: number } | null
  attempted: { at: string; seconds: number; workingSeconds: number } | null
  reached: { at: string; seconds: number; workingSeconds: number } | null
  met: { at: string; seconds: number; workingSeconds: number } | null
  respondBy: string | null
  overdue: boolean
  escalations: number
  running: { seconds: number; workingSeconds: number } | null
}

export interface ConversionPreview {
  client: PlannedTarget
  account: PlannedTarget | null
  opportunity: PlannedTarget | null
  matches: {
    clients: Match[]
    accounts: Reference[]
    opportunities: {
      id: string
      name: string
      stage: 'discovery' | 'test_drive' | 'offer' | 'negotiation' | 'reserved' | 'won' | 'lost'
    }[]
  }
  problems: ConversionProblem[]
}

export interface PlannedTarget {
  action: 'create' | 'fill'
  id: string | null
  fields: PlannedField[]
}

export interface PlannedField {
  to: string
  from: string | null
  value: unknown
  current: unknown
  isDefault: boolean
  applied: boolean
}

export interface ConversionProblem {
  pointer: string
  code: string
  message: string
}

export interface ConvertedLead {
  operationId: string
  lead: Lead
  client: Client
  activity: Activity | null
  account: Account | null
  opportunity: Opportunity | null
  conversionId: string
}

export interface Opportunity {
  id: string
  name: string
  clientId: string
  accountId: string | null
  leadId: string | null
  stage: 'discovery' | 'test_drive' | 'offer' | 'negotiation' | 'reserved' | 'won' | 'lost'
  amount: Money | null
  expectedClose: string | null
  products: OpportunityProduct[]
  description: string | null
  closeReason: string | null
  closedAt: string | null
  responsibleUser: Reference | null
  saleId: string | null
  openLeadId: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface OpportunityProduct {
  vehicle: Vehicle
  price: Money | null
  quantity: number
}

export interface DecisionPage {
  data: Decision[]
  nextCursor: string | null
}

export interface Decision {
  id: string
  step:
    | 'validated'
    | 'matched'
    | 'quarantined'
    | 'repeated'
    | 'routed'
    | 'scored'
    | 'announced'
    | 'auto_responded'
  outcome:
    | 'reachable'
    | 'unreachable'
    | 'sure'
    | 'possible'
    | 'none'
    | 'held'
    | 'duplicate'
    | 'assigned'
    | 'queued'
    | 'offered'
    | 'stayed'
    | 'scored'
    | 'enqueued'
  code:
    | 'reachable'
    | 'only_unsure_phone'
    | 'unreachable'
    | 'unreadable_document'
    | 'cut_document'
    | 'contact_known'
    | 'contact_known_name_differs'
    | 'contact_shared_by_many'
    | 'contact_similar'
    | 'contact_unknown'
    | 'same_request'
    | 'external_id_reused'
    | 'points_given'
    | 'no_points'
    | 'named_by_sender'
    | 'kept_at_release'
    | 'referral_link_user'
    | 'referral_fallback'
    | 'known_person'
    | 'entered_by_user'
    | 'rule_fits'
    | 'rule_without_user'
    | 'rule_of_empty_team'
    | 'no_rule_fits'
    | 'no_rule_reassigns'
    | 'quarantined'
    | 'test_without_address'
    | 'repeat_not_announced'
    | 'no_recipient'
    | 'assignee_entered_it'
    | 'dealer_settings'
    | 'imported'
    | 'test_lead'
    | 'address_suppressed'
    | 'auto_response_refused'
    | 'consent_refused'
    | 'consent_missing'
    | 'no_usable_email'
    | 'own_address'
    | 'automatic_address'
    | 'automatic_header'
    | 'automatic_text'
    | 'no_entry_fits'
    | 'entry_without_template'
    | 'auto_responded_recently'
    | 'repeats_recent_lead'
    | 'entry_fits'
    | 'entry_fits_after_quiet_hours'
  facts: Record<string, unknown>
  sentence: string
  createdAt: string
}

export interface DeliveryWithAttemptsPage {
  data: DeliveryWithAttempts[]
  nextCursor: string | null
}

export interface Engagement {
  id: string
  leadId: string
  type: 'site_visit' | 'page_view' | 'mail_opened' | 'mail_clicked' | 'opted_out'
  weight: number
  page: string | null
  occurredAt: string
  createdAt: string
}

export interface EngagementPage {
  data: Engagement[]
  nextCursor: string | null
}

export interface HistoryEntryPage {
  data: HistoryEntry[]
  nextCursor: string | null
}

export interface HistoryEntry {
  id: string
  type:
    | 'lead.created'
    | 'lead.updated'
    | 'lead.resent'
    | 'lead.status_changed'
    | 'lead.assigned'
    | 'lead.linked'
    | 'lead.converted'
    | 'lead.unlinked'
    | 'lead.moved'
    | 'lead.released'
    | 'lead.engaged'
    | 'lead.qualified'
    | 'lead.temperature_changed'
    | 'lead.response_warning'
    | 'lead.response_overdue'
    | 'lead.removed'
    | 'handover.offered'
    | 'handover.accepted'
    | 'handover.declined'
    | 'handover.expired'
    | 'handover.withdrawn'
    | 'link_request.asked'
    | 'link_request.accepted'
    | 'link_request.declined'
    | 'link_request.expired'
    | 'link_request.withdrawn'
    | 'client.created'
    | 'client.updated'
    | 'client.removed'
    | 'client.merged'
    | 'account.created'
    | 'account.updated'
    | 'account.removed'
    | 'opportunity.created'
    | 'opportunity.updated'
    | 'opportunity.removed'
    | 'consent.recorded'
    | 'sale.recorded'
    | 'sale.updated'
    | 'sale.undone'
    | 'reward.updated'
    | 'activity.created'
    | 'activity.updated'
    | 'activity.removed'
    | 'activity.reminder'
    | 'activity.overdue'
    | 'activity.feedback'
    | 'delivery.sent'
    | 'delivery.failed'
    | 'delivery.cancelled'
    | 'delivery.retried'
    | 'operation.undone'
    | 'import.created'
    | 'import.updated'
    | 'import.started'
    | 'import.finished'
    | 'import.cancelled'
    | 'import.failed'
    | 'import.undone'
    | 'import.deleted'
    | 'data.exported'
    | 'promoter.created'
    | 'promoter.updated'
    | 'promoter.invited'
    | 'promoter.joined'
    | 'referral_link.created'
    | 'referral_link.updated'
    | 'user.created'
    | 'user.updated'
    | 'api_key.created'
    | 'api_key.updated'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'source.created'
    | 'source.updated'
    | 'status.created'
    | 'status.updated'
    | 'status.deleted'
    | 'status_reason.created'
    | 'status_reason.updated'
    | 'sale_status.created'
    | 'sale_status.updated'
    | 'sale_status.deleted'
    | 'reward_programme.created'
    | 'reward_programme.updated'
    | 'custom_field.created'
    | 'custom_field.updated'
    | 'custom_field.deleted'
    | 'field_mapping.updated'
    | 'template.created'
    | 'template.updated'
    | 'template.deleted'
    | 'source_cost.updated'
    | 'source_cost.deleted'
    | 'incentive_rates.updated'
    | 'suppression.added'
    | 'suppression.removed'
    | 'rule_set.created'
    | 'rule_set.updated'
    | 'rule_set.published'
    | 'rule_set.deleted'
    | 'qualification_form.updated'
    | 'team.updated'
    | 'queue.created'
    | 'queue.updated'
    | 'queue.member_added'
    | 'queue.member_removed'
    | 'dealer.created'
    | 'dealer.updated'
  subject: { type: string; id: string }
  leadId: string | null
  clientId: string | null
  data: Record<string, unknown>
  createdAt: string
  actor: {
    type: 'user' | 'key' | 'operator' | 'system' | 'public'
    id: string | null
    name: string | null
  }
  sentence: string | null
  names: Record<string, string>
}

export interface LinkedLead {
  operationId: string
  lead: Lead
  client: Client
  activity: Activity | null
}

export interface LinkRequest {
  id: string
  lead: { id: string; name: string | null }
  client: Reference
  state: 'asked' | 'accepted' | 'declined' | 'expired' | 'withdrawn'
  from: Reference
  to: Reference
  message: string | null
  reason: string | null
  withdrawal: Withdrawal | null
  expiresAt: string
  endedAt: string | null
  endedBy: Reference | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface Withdrawal {
  code:
    | 'request_lead_linked'
    | 'request_lead_converted'
    | 'request_lead_closed'
    | 'request_lead_deleted'
    | 'request_lead_reassigned'
    | 'request_client_merged'
    | 'request_user_deactivated'
  facts: Record<string, unknown>
  sentence: string
}

export interface LeadMatches {
  data: Match[]
}

export interface MovedLead {
  operationId: string
  lead: Lead
  client: Client
}

export interface LeadPayload {
  contentType: string
  body: string
}

export interface QualifiedLead {
  id: string
  leadId: string
  result: 'qualified' | 'not_yet' | 'unqualified'
  total: number
  clues: { questionId: string; question: string; clueId: string; clue: string }[]
  formVersion: number
  note: string | null
  reason: string | null
  by: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  at: string
  followUpId: string | null
  statusKept: 'has_client' | 'closed' | 'same_group' | 'no_status' | null
  lead: Lead
}

export interface QualificationPage {
  data: Qualification[]
  nextCursor: string | null
}

export interface Qualification {
  id: string
  leadId: string
  result: 'qualified' | 'not_yet' | 'unqualified'
  total: number
  clues: { questionId: string; question: string; clueId: string; clue: string }[]
  formVersion: number
  note: string | null
  reason: string | null
  by: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  at: string
  followUpId: string | null
}

export interface LeadScore {
  score: number | null
  temperature: 'hot' | 'warm' | 'cold' | null
  temperatureBy: 'user' | 'score' | null
  parts: ScorePart[]
  ruleSetId: string | null
  computedAt: string | null
  coolAt: string | null
}

export interface ScorePart {
  kind: 'attribute' | 'engagement' | 'movement'
  name: string
  points: number
}

export interface ScoreHistoryEntryPage {
  data: ScoreHistoryEntry[]
  nextCursor: string | null
}

export interface ScoreHistoryEntry {
  id: string
  score: number
  temperature: 'hot' | 'warm' | 'cold' | null
  parts: ScorePart[]
  ruleSetId: string | null
  code: 'points_given' | 'no_points'
  sentence: string
  computedAt: string
}

export interface TimelineEntryPage {
  data: TimelineEntry[]
  nextCursor: string | null
}

export interface TimelineEntry {
  id: string
  kind: 'event' | 'activity' | 'delivery'
  createdAt: string
  actor: {
    type: 'user' | 'key' | 'operator' | 'system' | 'public'
    id: string | null
    name: string | null
  } | null
  sentence: string
  event: HistoryEntry | null
  activity: Activity | null
  delivery: Delivery | null
}

export interface UnlinkedLead {
  operationId: string
  lead: Lead
}

export interface LinkRequestPage {
  data: LinkRequest[]
  nextCursor: string | null
}

export interface Matching {
  policy: 'fuzzy' | 'exact'
  rekeying: Rekeying | null
}

export interface Rekeying {
  version: number
  state: 'waiting' | 'running' | 'done'
  total: number
  done: number
  percent: number
  startedAt: string | null
  finishedAt: string | null
}

export interface Me {
  type: 'user' | 'key'
  user: User | null
  apiKey: ApiKey | null
  dealer: {
    id: string
    name: string
    slug: string
    locale: 'en' | 'es' | 'pl'
    timeZone: string
    country: string
    currency: string
  }
}

export interface IssuedCalendar {
  url: string | null
}

export interface CalendarState {
  exists: boolean
}

export interface NotificationSettings {
  kinds: NotificationModes
  digestTime: string
}

export interface NotificationModes {
  newLead: 'now' | 'digest' | 'off'
  queuedLead: 'now' | 'digest' | 'off'
  takenBackLead: 'now' | 'digest' | 'off'
  linkedClient: 'now' | 'digest' | 'off'
  offer: 'now' | 'digest' | 'off'
  offerEnding: 'now' | 'digest' | 'off'
  offerResponse: 'now' | 'digest' | 'off'
  linkRequest: 'now' | 'digest' | 'off'
  linkResponse: 'now' | 'digest' | 'off'
  feedback: 'now' | 'digest' | 'off'
  plannedActivity: 'now' | 'digest' | 'off'
  movedActivity: 'now' | 'digest' | 'off'
  cancelledActivity: 'now' | 'digest' | 'off'
  movedLead: 'now' | 'digest' | 'off'
  newClient: 'now' | 'digest' | 'off'
  movedClient: 'now' | 'digest' | 'off'
  leadSale: 'now' | 'digest' | 'off'
  reminder: 'now' | 'digest' | 'off'
  overdue: 'now' | 'digest' | 'off'
  responseWarning: 'now' | 'digest' | 'off'
  responseOverdue: 'now' | 'digest' | 'off'
  quietSource: 'now' | 'digest' | 'off'
  openLeads: 'now' | 'digest' | 'off'
  pendingPromoter: 'now' | 'digest' | 'off'
  promoterResponse: 'now' | 'digest' | 'off'
  failedMail: 'now' | 'digest' | 'off'
}

export interface NotificationPage {
  data: Notification[]
  nextCursor: string | null
}

export interface Notification {
  id: string
  kind:
    | 'newLead'
    | 'queuedLead'
    | 'takenBackLead'
    | 'linkedClient'
    | 'offer'
    | 'offerEnding'
    | 'offerResponse'
    | 'linkRequest'
    | 'linkResponse'
    | 'feedback'
    | 'plannedActivity'
    | 'movedActivity'
    | 'cancelledActivity'
    | 'movedLead'
    | 'newClient'
    | 'movedClient'
    | 'leadSale'
    | 'reminder'
    | 'overdue'
    | 'responseWarning'
    | 'responseOverdue'
    | 'quietSource'
    | 'openLeads'
    | 'pendingPromoter'
    | 'promoterResponse'
    | 'failedMail'
  title: string
  subject: {
    type: 'lead' | 'activity' | 'handover' | 'source' | 'user' | 'promoter' | 'delivery'
    id: string
  }
  leadId: string | null
  lead: {
    id: string
    displayName: string | null
    email: string | null
    phone: string | null
    status: LeadStatus
    receivedAt: string
  } | null
  activity: {
    id: string
    type:
      | 'call'
      | 'email'
      | 'meeting'
      | 'appointment'
      | 'test_drive'
      | 'offer'
      | 'reservation'
      | 'contract'
      | 'visit'
      | 'note'
    state: 'planned' | 'done' | 'missed' | 'cancelled'
    dueAt: string | null
    text: string | null
  } | null
  client: Reference | null
  source: Reference | null
  user: Reference | null
  promoter: Reference | null
  path: string | null
  url: string | null
  facts: Record<string, unknown>
  mode: 'now' | 'digest' | 'off'
  readAt: string | null
  createdAt: string
}

export interface Operation {
  id: string
  kind:
    | 'link'
    | 'conversion'
    | 'unlink'
    | 'move'
    | 'assignment'
    | 'status'
    | 'sale'
    | 'merge'
    | 'import'
  state: 'done' | 'undoing' | 'undone'
  leadId: string | null
  leadIds: string[]
  createdClientId: string | null
  createdAccountId: string | null
  createdOpportunityId: string | null
  createdActivityId: string | null
  importId: string | null
  actor: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  undoneAt: string | null
  createdAt: string
}

export interface OpportunityPage {
  data: Opportunity[]
  nextCursor: string | null
  resumeCursor?: string | null
}

export interface Promoter {
  id: string
  name: string
  email: string | null
  phone: string | null
  locale: 'en' | 'es' | 'pl' | null
  userId: string | null
  state: 'invited' | 'pending' | 'active' | 'removed'
  removedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface PromoterInvitation {
  dealer: string
  invitedBy: string | null
  name: string | null
  expiresAt: string
}

export interface AcceptedInvitation {
  pageUrl: string
  link: { code: string; url: string }
}

export interface PromoterOwnPage {
  dealer: string
  name: string
  state: 'invited' | 'pending' | 'active' | 'removed'
  links: { code: string; url: string; visits: number; active: boolean }[]
  totals: {
    leads: number
    sales: number
    rewards: { eligible: number; approved: number; paid: number; balance: number }
  }
}

export interface PromotedLeadPage {
  data: PromotedLead[]
  nextCursor: string | null
}

export interface PromotedLead {
  receivedAt: string
  state: 'received' | 'in_progress' | 'sold' | 'closed'
  reward: {
    points: number
    state: 'pending' | 'eligible' | 'approved' | 'paid' | 'cancelled'
  } | null
}

export interface PromoterPage {
  data: Promoter[]
  nextCursor: string | null
}

export interface IssuedPageLink {
  url: string | null
}

export interface RewardLedger {
  balance: RewardTotals
  data: RewardEntry[]
  nextCursor: string | null
}

export interface RewardTotals {
  eligible: number
  approved: number
  paid: number
  balance: number
}

export interface RewardEntry {
  id: string
  rewardId: string
  kind: 'recorded' | 'eligible' | 'approved' | 'paid' | 'cancelled'
  points: number
  note: string | null
  actor: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  createdAt: string
}

export interface QualificationFormList {
  data: QualificationForm[]
}

export interface QualificationForm {
  leadType: 'inquiry' | 'prequalification'
  questions: {
    id: string
    kind: 'need' | 'authority' | 'budget' | 'timing' | 'other'
    text: string
    weight: number
    clues: { id: string; text: string; strength: number }[]
  }[]
  qualifiesFrom: number
  notYetFrom: number
  followUpDays: number
  routes: boolean
  version: number
  createdAt: string
  updatedAt: string
}

export interface Queue {
  id: string
  name: string
  isDefault: boolean
  workingHours: WorkingHours | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface QueuePage {
  data: Queue[]
  nextCursor: string | null
}

export interface QueueMemberPage {
  data: QueueMember[]
  nextCursor: string | null
}

export interface QueueMember {
  userId: string
  name: string
  role: 'owner' | 'admin' | 'member'
  active: boolean
  since: string
}

export interface ReferralLink {
  id: string
  code: string
  url: string
  label: string | null
  userId: string | null
  promoterId: string | null
  targetUrl: string | null
  active: boolean
  visits: number
  lastVisitAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface ReferralLinkPage {
  data: ReferralLink[]
  nextCursor: string | null
}

export type ReferredLeadResponse = LeadReceipt | LeadReceipts

export interface LeadReceipts {
  data: LeadReceipt[]
}

export interface SignUpReceipt {
  received: boolean
}

export interface FunnelReport {
  period: ReportPeriod
  filters: ReportFilters
  steps: {
    step: 'received' | 'worked' | 'qualified' | 'client' | 'sold'
    entered: number
    ofReceived: number | null
    ofStepBefore: number | null
    leads: string
  }[]
  groups: {
    group:
      | 'new'
      | 'working'
      | 'nurturing'
      | 'qualified'
      | 'unqualified'
      | 'linked'
      | 'converted'
      | 'sold'
      | 'lost'
      | 'deleted'
    entered: number
    ofReceived: number | null
    standing: number
    ended: Stays
    lasting: Stays
    leads: string
  }[]
  statuses: {
    status: {
      id: string
      name: string
      group:
        | 'new'
        | 'working'
        | 'nurturing'
        | 'qualified'
        | 'unqualified'
        | 'linked'
        | 'converted'
        | 'sold'
        | 'lost'
        | 'deleted'
      isDeleted: boolean
    }
    entered: number
    ofReceived: number | null
    standing: number
    ended: Stays
    lasting: Stays
    leads: string
  }[]
}

export interface ReportPeriod {
  from: string
  to: string
  timeZone: string
}

export interface ReportFilters {
  source: { id: string; key: string; name: string } | null
  sources: { id: string; key: string; name: string }[] | null
  team: 'call_center' | 'online_sales' | 'store_sales' | null
  user: Reference | null
}

export interface Stays {
  count: number
  mean: number | null
  median: number | null
  p90: number | null
}

export interface IncentivesReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    user: Reference
    lines: {
      measure:
        | 'handled'
        | 'qualified'
        | 'appointmentsMade'
        | 'appointmentsShown'
        | 'reservations'
        | 'directSales'
        | 'storeSales'
        | 'creditedSales'
      count: number
      rate: Money
      amount: Money
    }[]
    total: Money
    leads: string
  }[]
  total: Money
}

export interface PromotersReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    promoter: Reference
    user: Reference | null
    visits: number
    received: number
    duplicate: number
    converted: number
    sold: number
    points: { pending: number; eligible: number; approved: number; paid: number }
    leads: string
  }[]
}

export interface ReferralLinksReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    referralLink: { id: string; code: string }
    label: string | null
    promoter: Reference | null
    user: Reference | null
    visits: number
    received: number
    duplicate: number
    converted: number
    sold: number
    points: { pending: number; eligible: number; approved: number; paid: number }
    leads: string
  }[]
}

export interface ResponseTimesReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    key: string | null
    name: string
    received: number
    leadToContact: ResponseTime
    leadToReached: ResponseTime
    leadToClient: ResponseTime
    clientToCall: ResponseTime
    clientToMail: ResponseTime
    clientToMeeting: ResponseTime
    leads: string
  }[]
  total: {
    received: number
    leadToContact: ResponseTime
    leadToReached: ResponseTime
    leadToClient: ResponseTime
    clientToCall: ResponseTime
    clientToMail: ResponseTime
    clientToMeeting: ResponseTime
    leads: string
  }
}

export interface ResponseTime {
  count: number
  seconds: Spread
  workingSeconds: Spread
}

export interface Spread {
  mean: number | null
  median: number | null
  p90: number | null
}

export interface SourcesReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    source: { id: string; key: string; name: string }
    received: number
    duplicate: number
    quarantined: number
    invalid: number
    reached: number
    appointment: number
    shown: number
    qualified: number
    converted: number
    sold: number
    lost: number
    deleted: number
    leads: string
  }[]
  total: {
    received: number
    duplicate: number
    quarantined: number
    invalid: number
    reached: number
    appointment: number
    shown: number
    qualified: number
    converted: number
    sold: number
    lost: number
    deleted: number
    leads: string
  }
}

export interface SourcesByMonthReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    month: string
    source: { id: string; key: string; name: string }
    received: number
    duplicate: number
    converted: number
    sold: number
    leads: string
  }[]
  total: { received: number; duplicate: number; converted: number; sold: number; leads: string }
}

export interface SourcesDetailReport {
  period: ReportPeriod
  filters: ReportFilters
  rows: {
    month: string
    source: { id: string; key: string; name: string }
    received: number
    duplicate: number
    quarantined: number
    invalid: number
    reached: number
    appointment: number
    shown: number
    qualified: number
    converted: number
    sold: number
    lost: number
    deleted: number
    deletedByReason: { reason: string | null; count: number }[]
    otherReasons: number
    cost: Money | null
    costPerSale: Money | null
    leads: string
  }[]
  total: {
    received: number
    duplicate: number
    quarantined: number
    invalid: number
    reached: number
    appointment: number
    shown: number
    qualified: number
    converted: number
    sold: number
    lost: number
    deleted: number
    cost: Money | null
    costPerSale: Money | null
    leads: string
  }
}

export interface TeamReport {
  period: ReportPeriod
  filters: ReportFilters
  workingDays: number
  rows: {
    user: Reference
    team: 'call_center' | 'online_sales' | 'store_sales' | null
    handled: number
    worked: number
    assessed: number
    qualified: number
    qualifiedShown: number
    qualifiedSold: number
    handedOver: number
    declined: number
    appointmentsMade: number
    appointmentsShown: number
    reservations: number
    sales: number
    directSales: number
    storeSales: number
    activities: number
    creditedSales: number
    activitiesPerDay: number | null
    activitiesPerLead: number | null
    shownPercent: number | null
    soldPercent: number | null
    leads: string
  }[]
}

export interface WorkListReport {
  withinMinutes: number
  filters: ReportFilters
  rows: {
    queue: Reference | null
    user: Reference | null
    unassigned: number
    overdue: number
    dueSoon: number
    leads: string
  }[]
}

export interface RewardProgramme {
  id: string
  name: string
  description: string | null
  pointsPerSale: number
  eligibleWhen: 'recorded' | 'fulfilled'
  active: boolean
  version: number
  createdAt: string
  updatedAt: string
}

export interface RewardProgrammePage {
  data: RewardProgramme[]
  nextCursor: string | null
}

export interface RewardPage {
  data: Reward[]
  nextCursor: string | null
}

export interface Reward {
  id: string
  saleId: string
  promoterId: string
  programmeId: string
  points: number
  eligibleWhen: 'recorded' | 'fulfilled'
  state: 'pending' | 'eligible' | 'approved' | 'paid' | 'cancelled'
  paymentReference: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface SaleStatus {
  id: string
  name: string
  group: 'open' | 'fulfilled' | 'cancelled'
  color: string | null
  position: number
  version: number
  createdAt: string
  updatedAt: string
}

export interface SaleStatusPage {
  data: SaleStatus[]
  nextCursor: string | null
}

export interface SalePage {
  data: Sale[]
  nextCursor: string | null
  resumeCursor?: string | null
}

export interface Sale {
  id: string
  leadId: string
  clientId: string | null
  opportunityId: string | null
  status: { id: string; name: string; group: 'open' | 'fulfilled' | 'cancelled' }
  sourceId: string
  amount: Money | null
  vehicle: Vehicle | null
  userId: string | null
  promoterId: string | null
  referralLinkId: string | null
  credits: { userId: string; role: 'seller' | 'referral'; percent: number }[]
  operationId: string
  soldAt: string
  undoneAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface ScoringRulesVersion {
  id: string
  state: 'draft' | 'published' | 'superseded'
  number: number | null
  note: string | null
  rules: ScoringRules
  publishedAt: string | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface ScoringRules {
  attributes: AttributePoints[]
  engagement: EngagementPoints
  movement: MovementPoints[]
  halfLifeDays: number | null
  thresholds: { hot: number; warm: number } | null
}

export interface AttributePoints {
  name: string
  criteria: Criteria
  points: number
}

export interface EngagementPoints {
  site_visit?: number
  page_view?: number
  mail_opened?: number
  mail_clicked?: number
  opted_out?: number
}

export interface MovementPoints {
  name: string
  from:
    | 'new'
    | 'working'
    | 'nurturing'
    | 'qualified'
    | 'unqualified'
    | 'linked'
    | 'converted'
    | 'sold'
    | 'lost'
    | 'deleted'
  to:
    | 'new'
    | 'working'
    | 'nurturing'
    | 'qualified'
    | 'unqualified'
    | 'linked'
    | 'converted'
    | 'sold'
    | 'lost'
    | 'deleted'
  withinDays: number
  points: number
}

export interface ScoringRulesVersionPage {
  data: ScoringRulesVersion[]
  nextCursor: string | null
}

export interface Recomputation {
  id: string
  ruleSetId: string
  state: 'waiting' | 'running' | 'done' | 'superseded'
  total: number
  done: number
  percent: number
  startedAt: string | null
  finishedAt: string | null
}

export interface SourceCostPage {
  data: SourceCost[]
  nextCursor: string | null
}

export interface SourceCost {
  source: { id: string; key: string; name: string }
  month: string
  cost: Money
  version: number
  createdAt: string
  updatedAt: string
}

export interface Source {
  id: string
  key: string
  name: string
  kind:
    | 'website'
    | 'portal'
    | 'referral'
    | 'advertisement'
    | 'event'
    | 'employee_referral'
    | 'purchased_list'
    | 'trade_fair'
    | 'webinar'
    | 'walk_in'
    | 'phone'
    | 'other'
  active: boolean
  lenient: boolean
  quietAfterHours: number | null
  version: number
  createdAt: string
  updatedAt: string
}

export interface SourcePage {
  data: Source[]
  nextCursor: string | null
}

export interface StatusGroups {
  data: StatusGroup[]
}

export interface StatusGroup {
  group:
    | 'new'
    | 'working'
    | 'nurturing'
    | 'qualified'
    | 'unqualified'
    | 'linked'
    | 'converted'
    | 'sold'
    | 'lost'
    | 'deleted'
  meaning: string
  open: boolean
  system: boolean
}

export interface StatusReason {
  id: string
  key: string
  name: string
  group: 'lost' | 'deleted'
  position: number
  active: boolean
  version: number
  createdAt: string
  updatedAt: string
}

export interface StatusReasonPage {
  data: StatusReason[]
  nextCursor: string | null
}

export interface Status {
  id: string
  name: string
  group:
    | 'new'
    | 'working'
    | 'nurturing'
    | 'qualified'
    | 'unqualified'
    | 'linked'
    | 'converted'
    | 'sold'
    | 'lost'
    | 'deleted'
  color: string | null
  position: number
  version: number
  createdAt: string
  updatedAt: string
}

export interface StatusPage {
  data: Status[]
  nextCursor: string | null
}

export interface Suppression {
  id: string
  email: string
  reason: 'unsubscribed' | 'requested'
  leadId: string | null
  createdBy: { type: 'user' | 'key' | 'operator' | 'system' | 'public'; id: string | null }
  createdAt: string
}

export interface SuppressionPage {
  data: Suppression[]
  nextCursor: string | null
}

export interface TeamList {
  data: Team[]
}

export interface Team {
  key: 'call_center' | 'online_sales' | 'store_sales'
  name: string
  version: number
  createdAt: string
  updatedAt: string
}

export interface Template {
  id: string
  name: string
  languages: Record<string, TemplateWording>
  version: number
  createdAt: string
  updatedAt: string
}

export interface TemplateWording {
  subject: string
  text: string
  html?: string | null
}

export interface TemplatePage {
  data: Template[]
  nextCursor: string | null
}

export interface TemplatePreview {
  language: string
  subject: string
  text: string
  html: string | null
}

export interface UserPage {
  data: User[]
  nextCursor: string | null
}
