import { SALE_STATUS_GROUPS } from '../../domain/sales/sale.ts'
import { namedStatusSchemas } from '../dealers/named-status.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const SaleStatusSchemas = namedStatusSchemas('SaleStatus', SALE_STATUS_GROUPS, {
  meaning:
    'The meaning of the status. Reports count sales of `open` and `fulfilled`, and ignore ' +
    'sales of `cancelled`.',
  example: {
    id: EXAMPLE_IDS.saleStatusWorkshop,
    name: 'At the workshop',
    group: 'open',
    position: 4
  },
  patchExample: { name: 'Handed over', position: 5 }
})

export const saleStatusSchemas = Object.values(SaleStatusSchemas)
