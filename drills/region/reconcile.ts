import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { buckets } from '../../local/platform/cloud-environment.ts'
import { runOperator } from '../../services/order-api/operator/run-operator.ts'
import type { DrillPlatform } from '../world/drill-platform.ts'

const count = Type.Integer()
const Reconciled = Type.Object({
  known: count,
  behind: count,
  elsewhere: count,
  lost: count,
  held: count,
  released: count,
})

/** `npm run operator -- reconcile` on that cloud. */
export async function reconcile({ database, s3 }: DrillPlatform, ...options: readonly string[]) {
  const claims = () => ({ s3, bucket: buckets.printFiles })
  const commandLine = ['reconcile', '--json', ...options]
  const text = await runOperator(
    commandLine,
    () => database,
    () => new Date(),
    claims,
  )
  return parse('reconcile', Reconciled, JSON.parse(text))
}
