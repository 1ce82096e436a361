/** The folders that may import each other: the layers, and the order of the subjects in the domain. */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain decides from values alone: it imports its own folder and nothing else.',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { pathNot: '^src/domain' }
    },
    {
      name: 'sql-in-repositories-only',
      comment: 'Routes and use cases speak of rows through repositories.',
      severity: 'error',
      from: { path: '^src/(routes|http|use-cases|schemas|worker|mail|calendar|adf|domain)' },
      to: { path: 'node_modules/(drizzle-orm|pg)/' }
    },
    {
      name: 'no-http-below-routes',
      comment: 'What decides and stores does not know that it was asked over HTTP.',
      severity: 'error',
      from: {
        path: '^src/(use-cases|repositories|database|domain|worker|mail|calendar|adf|decoding)'
      },
      to: { path: '(node_modules/(fastify|@fastify)/|^src/(routes|http))' }
    },
    {
      name: 'repositories-do-not-decide',
      severity: 'error',
      from: { path: '^src/repositories' },
      to: { path: '^src/(use-cases|routes|http|schemas|worker|mail|calendar)' }
    },
    {
      name: 'use-cases-do-not-present',
      severity: 'error',
      from: { path: '^src/use-cases' },
      to: { path: '^src/(schemas|routes|http|worker)' }
    },
    {
      name: 'sentences-at-presentation',
      comment: 'What decides and stores knows codes; sentences are made for a reader.',
      severity: 'error',
      from: { path: '^src/(use-cases|repositories|database|worker|imports)' },
      to: { path: '^src/wording' }
    },
    {
      name: 'liquid-behind-its-limits',
      comment: 'Templates are read and rendered where their limits are.',
      severity: 'error',
      from: { pathNot: '^src/liquid' },
      to: { path: 'node_modules/liquidjs/' }
    },
    {
      name: 'echarts-in-charts-only',
      comment: 'What draws is read when something is drawn first.',
      severity: 'error',
      from: { pathNot: '^src/charts' },
      to: { path: 'node_modules/(echarts|zrender)/' }
    },
    {
      name: 'csv-written-in-one-place',
      comment: 'Every cell is guarded against being taken for a formula there.',
      severity: 'error',
      from: { pathNot: '^src/csv' },
      to: { path: 'node_modules/csv-stringify/' }
    },
    {
      name: 'files-behind-their-limits',
      comment: 'Archives are opened where the limits on what is in them are.',
      severity: 'error',
      from: { pathNot: '^src/imports' },
      to: { path: 'node_modules/yauzl/' }
    },
    {
      name: 'file-reading-is-pure',
      comment: 'What reads files knows what a row is, and neither who asks nor what becomes of it.',
      severity: 'error',
      from: { path: '^src/imports' },
      to: { path: '^src', pathNot: '^src/(imports|decoding|domain|turns\\.ts)' }
    },
    {
      name: 'formats-are-pure',
      comment: 'A format turns a body into leads. It knows neither HTTP nor the database.',
      severity: 'error',
      from: { path: '^src/inbound' },
      to: {
        path: '(^src|node_modules/(fastify|@fastify|drizzle-orm|pg)/)',
        pathNot: '^src/(inbound|domain|adf|decoding|schemas)'
      }
    },
    {
      name: 'schemas-describe-only',
      comment:
        'The wire is described from the domain: what a use case or a mail needs is in the domain.',
      severity: 'error',
      from: { path: '^src/schemas' },
      to: { path: '^src/(use-cases|routes|worker|mail|calendar|repositories|inbound)' }
    },
    {
      name: 'domain-folders-one-way',
      comment: 'No two folders of the domain import each other, also not by way of a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/domain/' },
      to: { circular: true }
    },
    {
      name: 'routes-record-no-events',
      comment: 'What happened is recorded by the use case that did it, in its transaction.',
      severity: 'error',
      from: { path: '^src/(routes|http)' },
      to: { path: '^src/repositories/events/record-events' }
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(server|cluster\\.ts|commands/)' },
      to: {}
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev'] }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node']
    }
  }
}
