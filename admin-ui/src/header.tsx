import { SelectControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { useHost, useLiveState } from './api/client.tsx';
import { HealthBadge, ToneIcon } from './components/badge.tsx';
import { CommandButton } from './components/command-button.tsx';
import { notify } from './components/notify.tsx';
import type { LiveState, SessionPort } from './host.ts';
import { navigate, useRoute } from './router/router.tsx';
import { SCREENS } from './screens.ts';
import { useStatus } from './status.tsx';

export function Header( {
	connection,
}: {
	readonly connection: string | null;
} ) {
	const { kind, plugin, session } = useHost();
	// Before it is paired there is nothing to follow.
	const follows = plugin === null || plugin.state === 'paired';
	const Bar = kind === 'wp' ? 'div' : 'header';
	return (
		<Bar className="pb-header">
			<div className="pb-header__brand">
				<Mark />
				<span>Pearlbridge</span>
			</div>
			<ConnectionSwitch connection={ connection } />
			<div className="pb-header__state">
				<HealthOf connection={ connection } />
				{ follows && <LiveBadge /> }
				{ session !== null && (
					<CommandButton
						variant="tertiary"
						size="compact"
						onClick={ () => void signOut( session ) }
					>
						{ __( 'Sign out', 'pearlbridge' ) }
					</CommandButton>
				) }
			</div>
		</Bar>
	);
}

async function signOut( session: SessionPort ): Promise< void > {
	if ( ! ( await session.signOut() ) ) {
		notify(
			__(
				'The service cannot be reached, so you are still signed in. Try again when it answers.',
				'pearlbridge'
			),
			'error'
		);
	}
}

/** Two banks and the arch between them. */
function Mark() {
	return (
		<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
			<circle cx="12" cy="12" r="11" fill="currentColor" opacity="0.12" />
			<path
				d="M4 16c0-5 3.5-8 8-8s8 3 8 8M8 16v-3.4M12 16V8.2M16 16v-3.4M3 16h18"
				fill="none"
				stroke="currentColor"
				strokeWidth="1.8"
				strokeLinecap="round"
			/>
		</svg>
	);
}

const ALL = '';

/** Only where a person may see several; a screen of one connection cannot show all. */
function ConnectionSwitch( {
	connection,
}: {
	readonly connection: string | null;
} ) {
	const host = useHost();
	const { data } = useStatus();
	const route = useRoute();
	const screen =
		SCREENS.find( ( { name } ) => name === route.screen ) ?? SCREENS[ 0 ]!;
	const names = data?.connections.map( ( { name } ) => name ) ?? [];
	if (
		host.connection !== null ||
		names.length < 2 ||
		screen.scope === 'none'
	) {
		return (
			<span className="pb-header__connection">
				{ host.connection ?? ( names.length === 1 ? names[ 0 ] : '' ) }
			</span>
		);
	}
	return (
		<SelectControl
			__next40pxDefaultSize
			__nextHasNoMarginBottom
			className="pb-header__switch"
			label={ __( 'Connection', 'pearlbridge' ) }
			hideLabelFromVision
			value={ connection ?? ALL }
			options={ [
				...( screen.scope === 'all'
					? [
							{
								value: ALL,
								label: __( 'All connections', 'pearlbridge' ),
							},
						]
					: [] ),
				...names.map( ( name ) => ( { value: name, label: name } ) ),
			] }
			onChange={ ( value: string ) =>
				navigate( {
					screen: screen.name,
					connection: value === ALL ? null : value,
				} )
			}
		/>
	);
}

/** Of the connection that is looked at, else the worst there is. */
function HealthOf( { connection }: { readonly connection: string | null } ) {
	const { data } = useStatus();
	const live = useLiveState();
	const WORST = [ 'down', 'degraded', 'paused', 'ok' ] as const;
	const healths = ( data?.connections ?? [] )
		.filter( ( { name } ) => connection === null || name === connection )
		.map( ( { health } ) => health );
	const health = WORST.find( ( one ) => healths.includes( one ) );
	// Nobody knows how things stand while the service does not answer.
	return health === undefined || live === 'reconnecting' ? null : (
		<HealthBadge health={ health } />
	);
}

function LiveBadge() {
	const state = useLiveState();
	const { text, title } = liveText( state );
	return (
		<span
			className={ `pb-live pb-live--${ state }` }
			role="status"
			title={ title }
		>
			{ state === 'live' ? (
				<span className="pb-live__dot" aria-hidden="true" />
			) : (
				<ToneIcon
					tone={ state === 'connecting' ? 'info' : 'warning' }
				/>
			) }
			{ text }
		</span>
	);
}

function liveText( state: LiveState ): {
	readonly text: string;
	readonly title: string;
} {
	switch ( state ) {
		case 'live':
			return {
				text: __( 'Live', 'pearlbridge' ),
				title: __( 'Changes show by themselves.', 'pearlbridge' ),
			};
		case 'connecting':
			return {
				text: __( 'Connecting…', 'pearlbridge' ),
				title: '',
			};
		case 'reconnecting':
			return {
				text: __( 'Reconnecting…', 'pearlbridge' ),
				title: __(
					'The service cannot be reached. What is shown may be out of date; it is read again as soon as the service answers.',
					'pearlbridge'
				),
			};
		case 'signed-out':
			return {
				text: __( 'Signed out', 'pearlbridge' ),
				title: sprintf(
					/* translators: %s: key to press */
					__(
						'Reload the page (%s) to sign in again.',
						'pearlbridge'
					),
					'F5'
				),
			};
	}
}
