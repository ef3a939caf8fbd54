import type { Figure } from '../drill.ts'
import type { DrillEdge } from '../world/edges.ts'
import type { Site } from '../world/site.ts'
/** Starts everything again and edits what is read most; says when the edit was taken and when every edge showed it. */
export declare function recover(site: Site, edges: readonly DrillEdge[], signal: AbortSignal): Promise<Figure[]>
