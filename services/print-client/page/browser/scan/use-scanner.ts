import { useLayoutEffect, useRef } from 'preact/hooks'
import { usKey } from './us-keys.ts'
import { afterKey, type Burst, codeIn, noBurst } from './wedge.ts'

/** `atMs`: when it was scanned, however late the page came to it. */
export type OnScan = (text: string, atMs: number) => void

/**
 * Hears a scanner wherever the focus is. Keys that nothing else needs go to the scan field; a code of ours that is scanned while somebody
 * fills a form is taken out of the field again; anything else that is scanned there, such as a carrier's number, stays.
 */
export function useScanner(field: Field, onScan: OnScan, isOff: boolean): void {
  const hear = useRef(onScan)
  hear.current = onScan
  useLayoutEffect(() => {
    if (isOff) return
    const listener = keyListener(field, (...scanned) => hear.current(...scanned))
    document.addEventListener('keydown', listener, true)
    return () => document.removeEventListener('keydown', listener, true)
  }, [field, isOff])
}

type Typing = HTMLInputElement | HTMLTextAreaElement
const isTyping = (element: Element | null): element is Typing =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type !== 'checkbox')

type Field = { readonly current: HTMLInputElement | null }
type Heard = {
  burst: Burst
  /** The field that the burst is typed into, and what stood in it. */
  before: { readonly field: Typing; readonly value: string } | undefined
}

function keyListener(field: Field, onScan: OnScan) {
  const heard: Heard = { burst: noBurst, before: undefined }
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Enter') enter(event, field, heard, onScan)
    else if (event.key.length === 1) sign(event, field, heard)
  }
}

/** A scanner ends with it; so does whoever types a code by hand. In any other field it is what it is everywhere. */
function enter(event: KeyboardEvent, field: Field, heard: Heard, onScan: OnScan): void {
  const code = codeIn(heard.burst)
  const isScanField = document.activeElement === field.current
  if (code === undefined && !isScanField) return
  const typed = isScanField ? (field.current?.value.trim() ?? '') : ''
  event.preventDefault()
  event.stopPropagation()
  if (isScanField && field.current) field.current.value = ''
  else if (heard.before) putBack(heard.before)
  heard.burst = noBurst
  if (code !== undefined || typed !== '') onScan(code ?? typed, event.timeStamp)
}

/** Space presses the button that has the focus; every other sign is typed somewhere. */
function sign(event: KeyboardEvent, field: Field, heard: Heard): void {
  const focused = document.activeElement
  if (!isTyping(focused) && !(focused instanceof HTMLSelectElement)) {
    if (event.key === ' ') return
    field.current?.focus()
  }
  heard.burst = afterKey(heard.burst, event.key, usKey(event.code, event.shiftKey), event.timeStamp)
  if (heard.burst.text.length === 1) {
    heard.before = isTyping(focused) ? { field: focused, value: focused.value } : undefined
  }
}

/** Preact hears of it as of anything that is typed. */
function putBack({ field, value }: { readonly field: Typing; readonly value: string }): void {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
