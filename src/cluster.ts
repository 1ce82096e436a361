import cluster from 'node:cluster'

/** Several processes behind one port: the first supervises, the others serve. */

if (cluster.isPrimary) {
  const { runPrimary } = await import('./cluster/primary.ts')
  await runPrimary()
} else {
  const { runMember } = await import('./cluster/member.ts')
  await runMember()
}
