import { useCallback, useRef, useState } from 'preact/hooks'

const shownMs = 4_000

/** One short sentence that goes away by itself. */
export function useSaid(): readonly [string | undefined, (text: string | undefined) => void] {
  const [said, setSaid] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const say = useCallback((text: string | undefined) => {
    clearTimeout(timer.current)
    setSaid(text)
    timer.current = setTimeout(() => setSaid(undefined), shownMs)
  }, [])
  return [said, say]
}
