import { h } from '#look/h.ts'
import type { JobView, Overview } from '../../model/view.ts'
import type { Tools } from '../page-tools.ts'
import type { Route } from '../state/route.ts'
import type { UsedStation } from '../state/use-station.ts'
import type { OpenForm } from './job/actions.ts'
import { JobScreen, UnknownJob } from './job.ts'
import { Pack } from './pack.ts'
import { Queue } from './queue.ts'
import { StateScreen } from './state.ts'

type Props = {
  readonly route: Route
  readonly overview: Overview | undefined
  readonly find: (jobId: string) => JobView | undefined
  readonly form: OpenForm | undefined
  readonly onForm: (form: OpenForm | undefined) => void
  readonly packing: UsedStation
  readonly onPacked: (job: JobView) => void
  readonly isWell: boolean
  readonly tools: Tools
}

/** The screen that the address names. */
export function Screen(props: Props) {
  const { route, overview, find, form, onForm, isWell, tools } = props
  if (overview === undefined) return h('p', { class: 'loading' }, tools.words.loading)
  switch (route.screen) {
    case 'jobs':
      return h(Queue, { jobs: overview.jobs, filter: route.filter, tools })
    case 'job': {
      const job = find(route.jobId)
      return job ? h(JobScreen, { key: job.jobId, job, tools, form, onForm }) : h(UnknownJob, { tools })
    }
    case 'pack':
      return h(PackingTable, props)
    case 'state':
      return h(StateScreen, { health: overview.health, isWell, tools })
    default:
      return route satisfies never
  }
}

function PackingTable({ packing, find, onPacked, tools }: Props) {
  const { station, clear } = packing
  const job = station.jobId === undefined ? undefined : find(station.jobId)
  return h(Pack, { station, job, tools, onPacked: () => job && onPacked(job), onStartOver: clear })
}
