/** What screens build with. */
export {
	Badge,
	HealthBadge,
	RunBadge,
	StateBadge,
	ToneIcon,
} from './badge.tsx';
export { Empty, Panel, ScreenHeading, Skeleton } from './blocks.tsx';
export { Chart } from './chart.tsx';
export type { ChartSeries } from './chart.tsx';
export { CommandButton } from './command-button.tsx';
export { Confirm } from './confirm.tsx';
export { Meter, Progress, Segmented } from './controls.tsx';
export { DataTable } from './data-table.tsx';
export type { Column, DataTableProps, Selection } from './data-table.tsx';
export * from './format.ts';
export * from './labels.ts';
export { ErrorNotice, Note } from './notices.tsx';
export { announce, notify } from './notify.tsx';
export { Timeline } from './timeline.tsx';
export type { TimelineItem } from './timeline.tsx';
export { Facts, Money, Nothing, Time, useNow } from './values.tsx';
export type { Fact } from './values.tsx';
export { Link, navigate, useRoute } from '../router/router.tsx';
