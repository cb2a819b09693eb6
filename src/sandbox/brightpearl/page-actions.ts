/**
 * The pages' forms: each is a call of the control API, after which a page is shown again.
 */
import { answerControl } from './control.ts';
import { readSwitch } from './page-rules.ts';
import type { Sandbox } from './sandbox.ts';

/** A form's fields that were filled in. */
const filled = ( form: URLSearchParams ): Record< string, string > =>
	Object.fromEntries(
		[ ...form ].filter(
			( [ name, value ] ) => name !== 'back' && value !== ''
		)
	);

const numbers = (
	fields: Readonly< Record< string, string > >,
	names: readonly string[]
): Record< string, unknown > =>
	Object.fromEntries(
		Object.entries( fields ).map( ( [ name, value ] ) => [
			name,
			names.includes( name ) ? Number( value ) : value,
		] )
	);

interface Action {
	readonly path: string;
	readonly body: ( form: URLSearchParams ) => unknown;
	readonly said: string;
}

const onOrder = ( name: string, said: string ): Action => ( {
	path: `/_sandbox/${ name }`,
	body: ( form ) => numbers( filled( form ), [ 'orderId' ] ),
	said,
} );

const ACTIONS: Readonly< Record< string, Action > > = {
	ship: onOrder( 'ship', 'The order was shipped.' ),
	unallocate: onOrder( 'unallocate', 'The reservation was released.' ),
	cancel: onOrder( 'cancel', 'The order was cancelled.' ),
	stock: {
		path: '/_sandbox/stock',
		body: ( form ) => numbers( filled( form ), [ 'warehouseId', 'set' ] ),
		said: 'The stock was changed.',
	},
	fault: {
		path: '/_sandbox/faults',
		body: ( form ) => ( {
			...numbers( filled( form ), [ 'rate', 'count', 'ms' ] ),
			committed: form.get( 'committed' ) === 'true',
		} ),
		said: 'The fault is set.',
	},
	'clear-faults': {
		path: '/_sandbox/faults',
		body: () => [],
		said: 'No fault is set any more.',
	},
	switches: {
		path: '/_sandbox/switches',
		body: ( form ) =>
			Object.fromEntries(
				[ ...form ]
					.filter( ( [ name ] ) => name !== 'back' )
					.map( ( [ name, value ] ) => [
						name,
						readSwitch( name, value ),
					] )
			),
		said: 'The switches are changed.',
	},
};

/** A path of this server, whatever was sent. */
const placeOf = ( back: string ): URL => {
	const here = 'http://sandbox';
	const url = URL.canParse( back, here ) ? new URL( back, here ) : null;
	return url?.origin === here ? url : new URL( here );
};

/** Where the browser goes next; null = there is no such form. */
export function act(
	sandbox: Sandbox,
	name: string,
	body: string
): string | null {
	const action = Object.hasOwn( ACTIONS, name ) ? ACTIONS[ name ] : undefined;
	if ( ! action ) {
		return null;
	}
	const form = new URLSearchParams( body );
	const reply = answerControl(
		sandbox,
		'POST',
		action.path,
		new URLSearchParams(),
		JSON.stringify( action.body( form ) )
	);
	const place = placeOf( form.get( 'back' ) ?? '/' );
	const { error } = reply.body as { error?: { message: string } };
	place.searchParams.delete( 'said' );
	place.searchParams.delete( 'refused' );
	if ( reply.status === 200 ) {
		place.searchParams.set( 'said', action.said );
	} else {
		place.searchParams.set(
			'refused',
			error?.message ?? 'That was refused.'
		);
	}
	return `${ place.pathname }${ place.search }`;
}
