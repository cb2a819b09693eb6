/**
 * The chart chunk: `dist/wp/chart.js` for wp-admin, which imports it by its address, and a lazy
 * chunk in the sidecar's own host.
 */
import uPlotClass from 'uplot';
import type { ChartLibrary } from './src/chart-library.ts';

export const uPlot: ChartLibrary[ 'uPlot' ] = uPlotClass;
