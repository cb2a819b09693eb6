/** The frame around every screen: where one is, how things stand, where one can go. */
import { Suspense, lazy, useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ComponentType } from 'react';
import { useHost } from './api/client.tsx';
import { Empty, ScreenHeading, Skeleton } from './components/blocks.tsx';
import { Toasts } from './components/notify.tsx';
import { ScreenBoundary } from './error-boundary.tsx';
import { ErrorNotice } from './components/notices.tsx';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { Link, navigate, useRoute } from './router/router.tsx';
import { SCREENS } from './screens.ts';
import type { ScreenDefinition, ScreenProps } from './screens.ts';
import { useStatus } from './status.tsx';

/** Made once, so that a screen keeps its state while the shell is drawn again. */
const COMPONENTS = new Map(
	SCREENS.map( ( { name, load } ) => [
		name,
		// A screen of one connection is only ever given one: see `useAddress`.
		lazy(
			load as () => Promise< { default: ComponentType< ScreenProps > } >
		),
	] )
);

export function Shell() {
	const host = useHost();
	const { screen, connection, missing, unknown } = useAddress();
	const { rest, query } = useRoute();
	const Screen = COMPONENTS.get( screen.name );
	useAllScreens( host.kind === 'sidecar' );
	// wp-admin has a main part of its own, and we are inside of it.
	const Main = host.kind === 'wp' ? 'div' : 'main';
	return (
		<div className={ `pb-app pb-app--${ host.kind }` }>
			{ host.kind === 'sidecar' && (
				<a className="pb-skip" href="#pb-main" onClick={ skip }>
					{ __( 'Skip to content', 'pearlbridge' ) }
				</a>
			) }
			<Header connection={ connection } />
			<Navigation current={ screen.name } connection={ connection } />
			<Main id="pb-main" tabIndex={ -1 } className="pb-main">
				<ScreenBoundary
					key={ `${ screen.name }/${ connection ?? '' }` }
				>
					<Suspense fallback={ <Loading screen={ screen } /> }>
						{ missing ? (
							<NoConnection screen={ screen } />
						) : unknown !== null ? (
							<UnknownConnection
								screen={ screen }
								connection={ unknown }
							/>
						) : (
							Screen !== undefined && (
								<Screen
									connection={ connection }
									rest={ rest }
									query={ query }
								/>
							)
						) }
					</Suspense>
				</ScreenBoundary>
			</Main>
			<Toasts />
		</div>
	);
}

/** After the first screen has had its time. */
const REST_AFTER = 2000;

/**
 * Screens come from the service itself in its own host: one that is opened first while the service
 * is away could not be loaded then. In wp-admin they come from WordPress.
 */
function useAllScreens( wanted: boolean ): void {
	useEffect( () => {
		if ( ! wanted ) {
			return undefined;
		}
		const timer = window.setTimeout( () => {
			for ( const { load } of SCREENS ) {
				load().catch( () => undefined );
			}
		}, REST_AFTER );
		return () => window.clearTimeout( timer );
	}, [ wanted ] );
}

/**
 * The screen and connection the address means. What it leaves out is filled in: the first screen,
 * and for a screen of one connection the one that was looked at last.
 */
function useAddress(): {
	readonly screen: ScreenDefinition;
	readonly connection: string | null;
	/** A connection is needed and there is none. */
	readonly missing: boolean;
	/** The connection in the address when there is none of this name. */
	readonly unknown: string | null;
} {
	const host = useHost();
	const route = useRoute();
	const { data } = useStatus();
	const unpaired = host.plugin !== null && host.plugin.state !== 'paired';
	const screen =
		SCREENS.find( ( { name } ) =>
			unpaired ? name === 'pairing' : name === route.screen
		) ?? SCREENS[ 0 ]!;
	const names = data?.connections.map( ( { name } ) => name );
	const wanted =
		host.connection ??
		route.connection ??
		( screen.scope === 'one' ? remembered( names ) : null );
	const connection = screen.scope === 'none' ? null : wanted;
	useEffect( () => {
		if ( connection !== null ) {
			lastConnection = connection;
		}
		if (
			screen.scope === 'one' &&
			connection !== null &&
			connection !== route.connection
		) {
			navigate(
				{
					screen: screen.name,
					connection,
					rest: route.rest,
					query: route.query,
				},
				{ replace: true }
			);
		}
	}, [ screen, connection, route ] );
	return {
		screen,
		connection,
		missing: screen.scope === 'one' && connection === null,
		unknown:
			host.kind === 'sidecar' &&
			connection !== null &&
			names?.includes( connection ) === false
				? connection
				: null,
	};
}

let lastConnection: string | null = null;

function remembered( names: readonly string[] | undefined ): string | null {
	return lastConnection !== null &&
		names?.includes( lastConnection ) !== false
		? lastConnection
		: ( names?.[ 0 ] ?? null );
}

function skip( event: { preventDefault(): void } ): void {
	// The address belongs to the router.
	event.preventDefault();
	document.getElementById( 'pb-main' )?.focus();
}

function Loading( { screen }: { readonly screen: ScreenDefinition } ) {
	return (
		<>
			<div className="pb-heading">
				<div className="pb-heading__line">
					<p className="pb-heading__loading">{ screen.label() }</p>
				</div>
			</div>
			<Skeleton height="320px" />
		</>
	);
}

function NoConnection( { screen }: { readonly screen: ScreenDefinition } ) {
	const { data, error, reload } = useStatus();
	if ( data === null && error === null ) {
		return <Loading screen={ screen } />;
	}
	return (
		<>
			<ScreenHeading title={ screen.label() } />
			{ error !== null && data === null ? (
				<ErrorNotice error={ error } retry={ reload } />
			) : (
				<Empty
					title={ __( 'No connection yet', 'pearlbridge' ) }
					action={
						<Link
							className="components-button is-primary"
							to={ { screen: 'connections' } }
						>
							{ __( 'Add a connection', 'pearlbridge' ) }
						</Link>
					}
				>
					{ __(
						'A connection ties one shop to one Brightpearl account.',
						'pearlbridge'
					) }
				</Empty>
			) }
		</>
	);
}

function UnknownConnection( {
	screen,
	connection,
}: {
	readonly screen: ScreenDefinition;
	readonly connection: string;
} ) {
	const { data } = useStatus();
	return (
		<>
			<ScreenHeading title={ screen.label() } />
			<Empty
				title={ sprintf(
					/* translators: %s: name of a connection */
					__( 'There is no connection %s', 'pearlbridge' ),
					connection
				) }
				action={
					<span className="pb-row">
						{ data?.connections.map( ( { name } ) => (
							<Link
								key={ name }
								className="components-button is-secondary is-next-40px-default-size"
								to={ { screen: screen.name, connection: name } }
							>
								{ name }
							</Link>
						) ) }
						<Link
							className="components-button is-tertiary is-next-40px-default-size"
							to={ { screen: 'connections' } }
						>
							{ __( 'All connections', 'pearlbridge' ) }
						</Link>
					</span>
				}
			>
				{ __(
					'It may have been removed, or the address is not quite right.',
					'pearlbridge'
				) }
			</Empty>
		</>
	);
}
