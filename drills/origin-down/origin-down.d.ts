import { type Drill, type DrillContext, type Outcome } from '../drill.ts'
export type OriginDownOptions = DrillContext & {
  /** How long six hours last here. */
  readonly outageSeconds: number
  readonly coldReads: number
}
/** P06's drill: everything that works is killed, and nobody who reads notices. */
export declare const originDown: Drill
export declare function runOriginDown(options: OriginDownOptions): Promise<Outcome>
