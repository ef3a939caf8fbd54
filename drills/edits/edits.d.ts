import { type Drill, type DrillContext, type Outcome } from '../drill.ts'
export type EditsOptions = DrillContext & {
  readonly seconds: number
  readonly editsPerSecond: number
}
/** P07's drill: edits come every moment, visitors never stop, and none of them sees what was dropped. */
export declare const edits: Drill
export declare function runEdits(options: EditsOptions): Promise<Outcome>
