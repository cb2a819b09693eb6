/** Overview: what needs a person first, then how everything stands and has been. */
import { __ } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import {
	Empty,
	ErrorNotice,
	Link,
	ScreenHeading,
	Skeleton,
} from '../../components/index.ts';
import type { ScreenProps } from '../../screens.ts';
import { useStatusOf } from '../../status.tsx';
import { SiteNotice } from '../connections/site-notice.tsx';
import { ActivityPanels } from './activity.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { isFirstDay, worstFirst } from './figures.ts';
import { FirstDay } from './first-day.tsx';
import { ProblemsFirst } from './problems-first.tsx';
import { QueueStrip } from './queue-strip.tsx';
import { SpanSwitch } from './span-switch.tsx';

export default function OverviewScreen( { connection }: ScreenProps ) {
	const host = useHost();
	const { data, error, reload } = useStatusOf( connection );
	const shown = worstFirst(
		( data?.connections ?? [] ).filter(
			( { name } ) => connection === null || name === connection
		)
	);
	const heading = <ScreenHeading title={ __( 'Overview', 'pearlbridge' ) } />;
	if ( data === null ) {
		return (
			<>
				{ heading }
				<ErrorNotice error={ error } retry={ reload } />
				{ error === null && <Skeleton height="420px" /> }
			</>
		);
	}
	if ( shown.length === 0 ) {
		return (
			<>
				{ heading }
				<NothingConnected own={ host.kind === 'sidecar' } />
			</>
		);
	}
	const [ only ] = shown;
	const firstDay =
		shown.length === 1 && only !== undefined && isFirstDay( only )
			? only
			: null;
	return (
		<>
			<ScreenHeading title={ __( 'Overview', 'pearlbridge' ) }>
				{ firstDay === null && <SpanSwitch /> }
			</ScreenHeading>
			<ErrorNotice error={ error } retry={ reload } />
			<div className="pb-stack">
				{ shown.map( ( { name, health } ) => (
					<SiteNotice
						key={ name }
						connection={ name }
						health={ health }
					/>
				) ) }
				<ProblemsFirst
					connection={ connection }
					open={ data.problems }
				/>
				<QueueStrip queue={ data.queue } />
				<div className="pb-overview">
					<div className="pb-stack">
						{ shown.map( ( one ) => (
							<ConnectionPanel
								key={ one.name }
								connection={ one }
							/>
						) ) }
					</div>
					<div className="pb-stack">
						{ firstDay === null ? (
							<ActivityPanels connection={ connection } />
						) : (
							<FirstDay connection={ firstDay } />
						) }
					</div>
				</div>
			</div>
		</>
	);
}

function NothingConnected( { own }: { readonly own: boolean } ) {
	return (
		<Empty
			title={ __( 'Connect your first shop', 'pearlbridge' ) }
			action={
				own ? (
					<Link
						className="components-button is-primary"
						to={ { screen: 'connections' } }
					>
						{ __( 'Add a connection', 'pearlbridge' ) }
					</Link>
				) : undefined
			}
		>
			{ __(
				'A connection ties one shop to one Brightpearl account. From then on every order arrives in Brightpearl exactly once, and the shop shows only stock that can be sold.',
				'pearlbridge'
			) }
		</Empty>
	);
}
