import { toSVG } from 'bwip-js/node'
import type { JobView } from '../model/view.ts'

/** A part's barcode as a picture, black on white in every scheme: scanners read screens too. Undefined where the job has no such part. */
export function barcodeOf({ jobId, parts }: Pick<JobView, 'jobId' | 'parts'>, name: string): string | undefined {
  const text = name === 'job' ? jobId : parts.find(({ component }) => component === name)?.barcode
  if (text === undefined) return undefined
  return toSVG({ bcid: 'code128', text, height: 12, paddingwidth: 10, paddingheight: 4, backgroundcolor: 'ffffff' })
}
