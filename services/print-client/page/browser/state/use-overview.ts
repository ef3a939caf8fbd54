import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Overview } from '../../model/view.ts'
import type { PageRequests } from '../requests.ts'

export type Seen = {
  readonly overview: Overview | undefined
  /** Since when the client itself does not answer; undefined while it does. */
  readonly awaySince: Date | undefined
  /** Looks at once. */
  readonly refresh: () => Promise<void>
}

const everyMs = 1_500
/** One answer that is late is no news; a restart takes longer. */
const missesUntilAway = 2

/** What the client knows, anew every second or two, also while nobody looks: the page may hang on a wall. */
export function useOverview(requests: PageRequests): Seen {
  const [overview, setOverview] = useState<Overview>()
  const [awaySince, setAwaySince] = useState<Date>()
  const misses = useRef<{ readonly count: number; readonly since: Date } | undefined>(undefined)
  const refresh = useCallback(async () => {
    const answer = await requests.overview()
    if (answer.kind === 'lost') {
      const { count, since } = misses.current ?? { count: 0, since: new Date() }
      misses.current = { count: count + 1, since }
      if (count + 1 >= missesUntilAway) setAwaySince(since)
      return
    }
    misses.current = undefined
    setAwaySince(undefined)
    if (answer.kind === 'overview') setOverview(answer.overview)
  }, [requests])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isEnded = false
    const look = async (): Promise<void> => {
      await refresh()
      if (!isEnded) timer = setTimeout(look, everyMs)
    }
    void look()
    return () => {
      isEnded = true
      clearTimeout(timer)
    }
  }, [refresh])
  return { overview, awaySince, refresh }
}
