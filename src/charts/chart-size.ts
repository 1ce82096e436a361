/** Within which bounds a chart is drawn, in pixels: smaller ones can't be read. */
export const CHART_BOUNDS = {
  width: { minimum: 480, maximum: 2400 },
  height: { minimum: 320, maximum: 4000 }
} as const

/** Null: as it needs. */
export interface ChartSize {
  width: number | null
  height: number | null
}
