import { Duration } from 'aws-cdk-lib'
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3'

const preflights: LifecycleRule = { id: 'preflights', prefix: 'preflights/', expiration: Duration.days(7) }
/** Copies are for orders that are under way. A facility may be offline for 30 days. */
const copies: LifecycleRule = { id: 'copies', expiration: Duration.days(35) }

type Lifecycles = { readonly primary: readonly LifecycleRule[]; readonly standby: readonly LifecycleRule[] }

/** What goes by itself, by kind and region. Where it is first, a file of an order stays until somebody decides otherwise. */
export const fileLifecycles: Readonly<Record<'sources' | 'print-files', Lifecycles>> = {
  sources: { primary: [], standby: [copies] },
  'print-files': { primary: [preflights], standby: [copies, preflights] },
}
