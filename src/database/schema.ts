/** Every table: the one truth about columns. Migrations are generated from here. */
export * from './schema/dealers.ts'
export * from './schema/promoters.ts'
export * from './schema/leads.ts'
export * from './schema/records.ts'
export * from './schema/work.ts'
