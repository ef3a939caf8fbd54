import { h } from '#look/h.ts'
import type { JobView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import { stageText } from './texts.ts'

/** Where a job stands, as a word with a colour. */
export const StageMark = ({ job, words }: { readonly job: JobView; readonly words: Words }) =>
  h('span', { class: 'stage', 'data-stage': job.stage }, stageText(job, words))
