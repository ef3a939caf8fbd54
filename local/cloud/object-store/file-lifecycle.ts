import { type FileRule, fileRules } from '#contracts/retention.ts'
import type { LifecycleRule } from './disk/bucket-settings.ts'

const ruleOf = ({ id, prefix, tag, days }: FileRule): LifecycleRule => ({
  id,
  isEnabled: true,
  prefix,
  tags: tag ? { [tag.key]: tag.value } : {},
  expireAfterDays: days,
})

/** Parts of an upload whose writer was killed are seen by nobody and paid for until they are taken away. */
const unfinishedUploads: LifecycleRule = {
  ...{ id: 'unfinished-uploads', isEnabled: true, prefix: '', tags: {}, abortUploadsAfterDays: 1 },
}

/**
 * What goes by itself on this machine, in every bucket: what carries the tag of what is due, wherever it lies, and what preflights saw. The
 * same rules as in the cloud.
 */
export const localLifecycle: readonly LifecycleRule[] = [
  unfinishedUploads,
  ...fileRules.sources.primary.map(ruleOf),
  ...fileRules['print-files'].primary.filter(({ tag }) => !tag).map(ruleOf),
]
