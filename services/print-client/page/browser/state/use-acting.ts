import { useCallback, useRef, useState } from 'preact/hooks'
import { filled } from '#look/words.ts'
import type { BodyOf, RequestName } from '../../model/requests.ts'
import type { Words } from '../../words/en.ts'
import { oneOf } from '../../words/one-of.ts'
import type { Answer, PageRequests } from '../requests.ts'

type WithoutId<B> = Omit<B, 'action_id'>
export type Act = <N extends RequestName>(jobId: string, name: N, body: WithoutId<BodyOf<N>>) => Promise<boolean>

/** What is done to jobs, one thing at a time, and what came of it. `act` gives true where it is done. */
export type Acting = {
  readonly isBusy: boolean
  readonly fault: string | undefined
  readonly act: Act
  readonly forget: () => void
}

export function useActing(requests: PageRequests, words: Words, refresh: () => Promise<void>): Acting {
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const busy = useRef(false)
  /** Of what got no answer: pressed again it is the same action, and counts once. */
  const unanswered = useRef<{ readonly what: string; readonly id: string } | undefined>(undefined)
  const act = useCallback(
    async (jobId: string, name: RequestName, body: object): Promise<boolean> => {
      if (busy.current) return false
      busy.current = true
      setBusy(true)
      setFault(undefined)
      const what = JSON.stringify([jobId, name, body])
      const id = unanswered.current?.what === what ? unanswered.current.id : crypto.randomUUID()
      const answer = await requests.act(jobId, name, { ...body, action_id: id })
      unanswered.current = answer.kind === 'lost' ? { what, id } : undefined
      await refresh()
      busy.current = false
      setBusy(false)
      setFault(faultOf(answer, words))
      return answer.kind === 'done'
    },
    [requests, words, refresh],
  )
  return { isBusy, fault, act, forget: useCallback(() => setFault(undefined), []) }
}

function faultOf(answer: Answer, words: Words): string | undefined {
  if (answer.kind === 'lost') return words.lostAnswer
  if (answer.kind !== 'refused') return undefined
  return oneOf(words, '', answer.code) ?? filled(words.refused, { detail: answer.detail })
}
