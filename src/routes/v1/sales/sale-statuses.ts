import { SALE_STATUS_GROUPS } from '../../../domain/sales/sale.ts'
import { SaleStatusSchemas } from '../../../schemas/sales/sale-status.ts'
import { SALE_STATUSES } from '../../../use-cases/sales/steps/sale-statuses.ts'
import { namedStatusRoutes } from '../dealers/named-statuses.ts'

/** A dealer's own names for what becomes of sales. */
export const saleStatusRoutes = namedStatusRoutes({
  kind: SALE_STATUSES,
  groups: SALE_STATUS_GROUPS,
  schemas: SaleStatusSchemas,
  path: '/sale-statuses',
  tag: 'Sales',
  id: 'SaleStatus',
  named: 'saleStatus',
  descriptions: {
    list: 'The list is ordered by position. A new sale gets the first status of group `open`.',
    change:
      'The last status of group `open` can’t change its group, and neither can a status ' +
      'that sales have: the problem `sale-status-in-use` has their number in `saleCount`.',
    replacement: 'The new status of its sales.',
    delete:
      'A status that sales have needs a `replacementId`; without it the response is ' +
      '`sale-status-in-use`, with the number of sales in `saleCount`. The sales change to ' +
      'the replacement, which is recorded on each sale. If the replacement has another ' +
      'group, their rewards change accordingly. The last status of group `open` can’t be ' +
      'deleted.'
  },
  inUse: 'sale-status-in-use'
})
