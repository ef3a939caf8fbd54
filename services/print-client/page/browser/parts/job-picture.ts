import { useState } from 'preact/hooks'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { JobView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import { titleText } from './texts.ts'

type Props = { readonly job: JobView; readonly words: Words; readonly isDecoration?: boolean }

/** The first page; its place is there before it has come, and stays as an empty sheet where there is none. */
export function JobPicture({ job, words, isDecoration = false }: Props) {
  const [isMissing, setMissing] = useState(false)
  const isShown = job.hasPicture && !isMissing
  return h(
    'span',
    { class: 'job-picture' },
    isShown &&
      h('img', {
        src: `/api/jobs/${job.jobId}/picture`,
        alt: isDecoration ? '' : filled(words.pictureOf, { title: titleText(job) }),
        loading: 'lazy',
        onError: () => setMissing(true),
      }),
  )
}
