import { useMemo, useState } from 'preact/hooks'
import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import type { OrderWords } from '../words/order/en.ts'
import type { Answer, OrderRequests } from './order-requests.ts'

/** What its customer does to an order, one thing at a time, and what came of it. */
export type Acting = {
  readonly isBusy: boolean
  /** Fields of the address that the server did not take, by name. */
  readonly faults: readonly string[]
  readonly said: string
  readonly cancel: (done: () => void) => void
  readonly changeRecipient: (recipient: Omit<Recipient, 'email'>, done: () => void) => void
}

export function useActing(requests: OrderRequests, words: OrderWords, show: (view: OrderView) => void): Acting {
  const [isBusy, setBusy] = useState(false)
  const [faults, setFaults] = useState<readonly string[]>([])
  const [said, setSaid] = useState('')
  return useMemo(() => {
    const act = async (ask: () => Promise<Answer>, success: string, done: () => void) => {
      if (isBusy) return
      setBusy(true)
      setSaid('')
      const answer = await ask()
      setBusy(false)
      setFaults(answer.kind === 'refused' ? answer.fields : [])
      if (answer.kind === 'order') {
        show(answer.view)
        setSaid(success)
        done()
      } else {
        setSaid(wordsOf(answer, words))
      }
    }
    return {
      isBusy,
      faults,
      said,
      cancel: (done) => void act(requests.cancel, '', done),
      changeRecipient: (recipient, done) =>
        void act(() => requests.changeRecipient(recipient), words.addressChanged, done),
    }
  }, [isBusy, faults, said, requests, words, show])
}

function wordsOf(answer: Answer, words: OrderWords): string {
  if (answer.kind !== 'refused') return words.tryAgain
  return answer.code === 'invalid_request' ? '' : words.tooLate
}
