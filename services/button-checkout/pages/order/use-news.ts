import { useEffect, useState } from 'preact/hooks'
import type { OrderProgress, OrderView } from '#contracts/checkout/order-view.ts'
import type { Answer, OrderRequests } from './order-requests.ts'

const firstMs = 5_000
const longestMs = 60_000
const isOver = (progress: OrderProgress): boolean =>
  progress === 'delivered' || progress === 'cancelled' || progress === 'refused'

/**
 * Asks for news while somebody looks, less and less often while there are none. The first time at once: the page was made of what was known
 * without asking order-api. True while nobody answers.
 */
export function useNews(progress: OrderProgress, requests: OrderRequests, show: (view: OrderView) => void): boolean {
  const [isOffline, setOffline] = useState(false)
  useEffect(() => {
    const heard = (answer: Answer): void => {
      setOffline(answer.kind === 'lost')
      if (answer.kind === 'order') show(answer.view)
    }
    return follow(requests.state, heard, isOver(progress))
  }, [progress, requests, show])
  return isOffline
}

/** Looks until it is told to end; once, where nothing can happen any more. */
function follow(ask: () => Promise<Answer>, heard: (answer: Answer) => void, isOnce: boolean): () => void {
  let pause = firstMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let isEnded = false
  const look = async (): Promise<void> => {
    clearTimeout(timer)
    if (document.hidden) return
    const answer = await ask()
    if (isEnded) return
    heard(answer)
    pause = answer.kind === 'order' ? firstMs : Math.min(longestMs, pause * 1.5)
    clearTimeout(timer)
    if (!isOnce) timer = setTimeout(look, pause)
  }
  const wake = (): void => {
    pause = firstMs
    void look()
  }
  document.addEventListener('visibilitychange', wake)
  void look()
  return () => {
    isEnded = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', wake)
  }
}
