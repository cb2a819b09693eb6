/** What the fields of a connection are called, by the paths of `connection.json`. */
import { __ } from '@wordpress/i18n';
import type { Fault } from './values.ts';

/** In the order of the form. Translated late: the texts are loaded after this module. */
const LABELS: Readonly< Record< string, () => string > > = {
	'store.url': () => __( 'Address of the shop', 'pearlbridge' ),
	'store.consumerKey': () => __( 'Consumer key', 'pearlbridge' ),
	'store.consumerSecret': () => __( 'Consumer secret', 'pearlbridge' ),
	'store.webhookSecret': () =>
		__( 'Webhook secret (optional)', 'pearlbridge' ),
	name: () => __( 'Name', 'pearlbridge' ),
	'settings.orders.refPrefix': () => __( 'Reference prefix', 'pearlbridge' ),
	'brightpearl.account': () => __( 'Account code', 'pearlbridge' ),
	'brightpearl.apiDomain': () => __( 'API domain', 'pearlbridge' ),
	'brightpearl.auth': () => __( 'How to sign in', 'pearlbridge' ),
	'brightpearl.auth.clientId': () => __( 'Client id', 'pearlbridge' ),
	'brightpearl.auth.clientSecret': () => __( 'Client secret', 'pearlbridge' ),
	'brightpearl.auth.devRef': () => __( 'Developer reference', 'pearlbridge' ),
	'brightpearl.auth.refreshToken': () =>
		__( 'Refresh token (optional)', 'pearlbridge' ),
	'brightpearl.auth.appRef': () => __( 'App reference', 'pearlbridge' ),
	'brightpearl.auth.accountToken': () => __( 'Account token', 'pearlbridge' ),
	'brightpearl.auth.staffToken': () => __( 'Staff token', 'pearlbridge' ),
	'brightpearl.installationInstanceId': () =>
		__( 'Installation instance id (optional)', 'pearlbridge' ),
	'brightpearl.sandbox': () => __( 'Sandbox', 'pearlbridge' ),
	'brightpearl.oauthUrl': () =>
		__( 'OAuth address (optional)', 'pearlbridge' ),
};
const PATHS = Object.keys( LABELS );

export function labelOf( path: string ): string {
	return LABELS[ path ]?.() ?? path;
}

/** Without saying of a secret that is set that it is optional. */
export function secretLabel( path: string ): string {
	return path === 'brightpearl.auth.accessToken'
		? __( 'Access token', 'pearlbridge' )
		: path === 'brightpearl.auth.refreshToken'
			? __( 'Refresh token', 'pearlbridge' )
			: labelOf( path );
}

/** As the person meets the fields; what has none comes last. */
export function inOrder( faults: readonly Fault[] ): readonly Fault[] {
	const place = ( { path }: Fault ): number =>
		PATHS.includes( path ) ? PATHS.indexOf( path ) : PATHS.length;
	return [ ...faults ].sort( ( a, b ) => place( a ) - place( b ) );
}
