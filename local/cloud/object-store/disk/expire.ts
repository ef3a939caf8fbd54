import type { Bucket } from './bucket.ts'
import type { LifecycleRule } from './bucket-settings.ts'
import { endUpload, readUploads } from './uploads.ts'

const dayMilliseconds = 24 * 3600 * 1000

export type Expired = { readonly objects: number; readonly uploads: number }

/** Applies a bucket's lifecycle rules as of `now` and says how much went. Harmless when repeated. */
export async function expireBucket(bucket: Bucket, now: Date): Promise<Expired> {
  const rules = bucket.settings.lifecycle.filter(({ isEnabled }) => isEnabled)
  let [objects, uploads] = [0, 0]
  for (const rule of rules) {
    if (rule.expireAfterDays !== undefined) objects += await expireObjects(bucket, rule, rule.expireAfterDays, now)
    if (rule.abortUploadsAfterDays !== undefined)
      uploads += await abortUploads(bucket, rule, rule.abortUploadsAfterDays, now)
  }
  return { objects, uploads }
}

async function expireObjects(bucket: Bucket, rule: LifecycleRule, days: number, now: Date): Promise<number> {
  let count = 0
  for (const key of bucket.index.withPrefix(rule.prefix)) {
    const summary = await bucket.summary(key)
    if (!summary || !isDue(summary.lastModifiedEpochMs, days, now) || !hasTags(summary.tags, rule.tags)) continue
    // Asked again under the key's lock: a put that came meanwhile must not be expired in place of what it replaced.
    if (await bucket.remove(key, (current) => current === summary)) count += 1
  }
  return count
}

async function abortUploads(bucket: Bucket, rule: LifecycleRule, days: number, now: Date): Promise<number> {
  const due = (await readUploads(bucket)).filter(
    ({ upload }) => upload.key.startsWith(rule.prefix) && isDue(Date.parse(upload.initiatedAt), days, now),
  )
  for (const { id } of due) await bucket.inTurn(id, () => endUpload(bucket, id))
  return due.length
}

/** S3 adds the days and then waits for the next midnight UTC. */
function isDue(sinceEpochMs: number, days: number, now: Date): boolean {
  const midnights = Math.ceil((sinceEpochMs + days * dayMilliseconds) / dayMilliseconds)
  return now.getTime() >= midnights * dayMilliseconds
}

function hasTags(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value)
}
