import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Fragment, h } from '#look/h.ts'
import { Toast } from '#look/toast.ts'
import type { JobView } from '../model/view.ts'
import type { Words } from '../words/en.ts'
import type { Tools } from './page-tools.ts'
import { Banners, troublesOf } from './parts/banners.ts'
import { Head } from './parts/head.ts'
import { StopScreen } from './parts/stop.ts'
import { shortId, titleText } from './parts/texts.ts'
import type { PageRequests } from './requests.ts'
import type { Sounds } from './scan/sounds.ts'
import { useScanner } from './scan/use-scanner.ts'
import { doNext, type OpenForm } from './screens/job/actions.ts'
import { Screen } from './screens/screen.ts'
import { useRoute } from './state/route.ts'
import { useActing } from './state/use-acting.ts'
import { useOverview } from './state/use-overview.ts'
import { useSaid } from './state/use-said.ts'
import { useScanning } from './state/use-scanning.ts'
import { useStation } from './state/use-station.ts'

type Props = {
  readonly words: Words
  readonly locale: string
  readonly requests: PageRequests
  readonly sounds: Sounds
}

/** The whole page: one screen at a time, the scan field above it, and the stop over everything. */
export function App({ words, locale, requests, sounds }: Props) {
  const { overview, awaySince, refresh } = useOverview(requests)
  const acting = useActing(requests, words, refresh)
  const [said, say] = useSaid()
  const route = useRoute()
  const [form, setForm] = useState<OpenForm>()
  const field = useRef<HTMLInputElement>(null)
  const jobs = overview?.jobs ?? []
  const find = (jobId: string): JobView | undefined => jobs.find((job) => job.jobId === jobId)
  const tools: Tools = { words, locale, acting, sounds, say }
  const pack = (job: JobView): void => {
    if (job.stage !== 'packed') void doNext(job, 'packed', tools, setForm)
  }
  const packing = useStation(find, (job) => job.quantity === 1 && pack(job), sounds.play)
  const { station } = packing
  const onScan = useScanning({ isFormOpen: form !== undefined, find, packing, tools, onForm: setForm })
  useScanner(field, onScan, station.stop !== undefined)
  useFocus(field, route, form, station.stop !== undefined)
  const place = route.screen === 'job' ? route.jobId : route.screen
  useLayoutEffect(() => {
    setForm(undefined)
    acting.forget()
  }, [place])
  const troubles = useMemo(
    () => troublesOf({ health: overview?.health, awaySince, words, locale }),
    [overview?.health, awaySince, words, locale],
  )
  const isWell = troubles.length === 0
  const nameOf = (jobId: string): string => {
    const job = find(jobId)
    return job ? `${titleText(job)} · ${shortId(jobId)}` : shortId(jobId)
  }
  return h(
    Fragment,
    {},
    station.stop && h(StopScreen, { stop: station.stop, nameOf, words, sounds, onSeen: packing.clear }),
    h(
      'div',
      // What lies under the stop is out of reach, for hands and for screen readers.
      { inert: station.stop !== undefined },
      h(Head, { words, route, overview, field, isWell }),
      h(Banners, { troubles }),
      h(
        'main',
        {},
        h(Screen, { route, overview, find, form, onForm: setForm, packing, onPacked: pack, isWell, tools }),
      ),
      h(Toast, { text: said }),
    ),
  )
}

/** The scan field has the focus whenever a screen begins, and after a form: from the moment that it is shown, as the next key may be near. */
function useFocus(
  field: { readonly current: HTMLInputElement | null },
  route: ReturnType<typeof useRoute>,
  form: OpenForm | undefined,
  isStopped: boolean,
): void {
  const place = JSON.stringify(route)
  useLayoutEffect(() => {
    if (form === undefined && !isStopped) field.current?.focus({ preventScroll: true })
  }, [field, place, form, isStopped])
}
