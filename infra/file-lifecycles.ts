import { Duration } from 'aws-cdk-lib'
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3'
import { type FileRule, fileRules } from '#contracts/retention.ts'

const lifecycleOf = ({ id, prefix, tag, days }: FileRule): LifecycleRule => ({
  id,
  ...(prefix === '' ? {} : { prefix }),
  ...(tag ? { tagFilters: { [tag.key]: tag.value } } : {}),
  expiration: Duration.days(days),
})

type Lifecycles = { readonly primary: readonly LifecycleRule[]; readonly standby: readonly LifecycleRule[] }

const lifecyclesOf = (kind: keyof typeof fileRules): Lifecycles => ({
  primary: fileRules[kind].primary.map(lifecycleOf),
  standby: fileRules[kind].standby.map(lifecycleOf),
})

/** What goes by itself, by kind and region: the rules of contracts/retention, as S3 takes them. */
export const fileLifecycles: Readonly<Record<keyof typeof fileRules, Lifecycles>> = {
  sources: lifecyclesOf('sources'),
  'print-files': lifecyclesOf('print-files'),
}
