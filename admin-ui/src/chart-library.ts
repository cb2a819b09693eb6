/** What the lazily loaded chart chunk exports: uPlot, and nothing that needs React. */
import type uPlot from 'uplot';

export interface ChartLibrary {
	readonly uPlot: typeof uPlot;
}
