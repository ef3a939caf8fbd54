import { useEffect, useState } from 'preact/hooks'
import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { Answer, OrderRequests } from './order-requests.ts'

const firstMs = 5_000
const longestMs = 60_000
/** Nothing comes any more. What ended early is over when it is known what goes back to the customer, which may come a little later. */
const isOver = ({ progress, refunded }: OrderView): boolean =>
  progress === 'delivered' || ((progress === 'cancelled' || progress === 'refused') && refunded !== undefined)

/**
 * Asks for news while somebody looks, less and less often while there are none. The first time at once: the page was made of what was known
 * without asking order-api. True while nobody answers.
 */
export function useNews(view: OrderView, requests: OrderRequests, show: (view: OrderView) => void): boolean {
  const { progress } = view
  const isLast = isOver(view)
  const [isOffline, setOffline] = useState(false)
  useEffect(() => {
    const heard = (answer: Answer): void => {
      setOffline(answer.kind === 'lost')
      if (answer.kind === 'order') show(answer.view)
    }
    return follow(requests.state, heard, isLast)
    // Whatever is new is a reason to look again at once.
  }, [progress, isLast, requests, show])
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
