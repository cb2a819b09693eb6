/** The chart's own chunk, which is loaded when the first chart is shown. */
import uPlotClass from 'uplot';
import type { ChartLibrary } from './src/chart-library.ts';

export const uPlot: ChartLibrary[ 'uPlot' ] = uPlotClass;
