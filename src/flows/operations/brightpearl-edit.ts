/**
 * The half of a connection that is Brightpearl's, as a form changes it: what is left out stays,
 * but a secret stays only for whom it was given.
 */
import { explainError, issueDetails } from '../../contracts/issues.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
	type ConnectionEdit,
} from '../../contracts/connection.ts';

type Details = ReturnType< typeof issueDetails >;

type ChangedBrightpearl =
	| { readonly ok: true; readonly config: BrightpearlConfig | null }
	| { readonly ok: false; readonly details: Details };

/** Where secrets are sent. A change of any of these would send them to somebody else. */
const DESTINATION = [ 'account', 'apiDomain', 'oauthUrl', 'sandbox' ] as const;

/** Those that a form can give again; an access token comes with the next refresh. */
const SECRETS = [
	'accountToken',
	'staffToken',
	'clientSecret',
	'refreshToken',
];
const OF_A_TOKEN = [ 'accessToken', 'expiresAt' ];

export function hasSameDestination(
	one: Destination | null,
	other: Destination | null
): boolean {
	return DESTINATION.every(
		( key ) => ( one?.[ key ] || null ) === ( other?.[ key ] || null )
	);
}
type Destination = {
	readonly [ K in ( typeof DESTINATION )[ number ] ]?: unknown;
};

/** Judged whole, with what is kept: every fault at once, by its path in `connection.json`. */
export function changedBrightpearl(
	before: BrightpearlConfig | null,
	change: ConnectionEdit[ 'brightpearl' ]
): ChangedBrightpearl {
	if ( change === undefined ) {
		return { ok: true, config: before };
	}
	const { auth, ...rest } = change;
	const merged: Destination = { ...before, ...rest };
	const lost =
		before === null || hasSameDestination( before, merged )
			? []
			: SECRETS.filter(
					( key ) =>
						Object.hasOwn( before.auth, key ) &&
						( auth === undefined ||
							auth.type === before.auth.type ) &&
						( auth?.[ key ] ?? null ) === null
				);
	// Null takes away.
	const given = Object.fromEntries(
		Object.entries( {
			...merged,
			auth: changedAuth( before, auth, merged ),
		} ).filter( ( [ , value ] ) => value !== null && value !== undefined )
	);
	const read = brightpearlConfigSchema.safeParse( given, {
		error: explainError,
	} );
	const details = [
		...lost.map( ( key ) => ( {
			path: `brightpearl.auth.${ key }`,
			message:
				'must be given again: what is kept was for the account and address until now',
		} ) ),
		...( read.success
			? []
			: issueDetails( read.error, [ 'brightpearl' ] ).filter(
					( { path } ) =>
						! lost.some(
							( key ) => path === `brightpearl.auth.${ key }`
						)
				) ),
	];
	return read.success && details.length === 0
		? { ok: true, config: read.data }
		: { ok: false, details };
}

function changedAuth(
	before: BrightpearlConfig | null,
	auth: NonNullable< ConnectionEdit[ 'brightpearl' ] >[ 'auth' ],
	merged: Destination
): unknown {
	if (
		before === null ||
		( auth !== undefined && auth.type !== before.auth.type )
	) {
		return auth;
	}
	const kept = Object.entries( before.auth ).filter(
		( [ key ] ) =>
			hasSameDestination( before, merged ) ||
			! [ ...SECRETS, ...OF_A_TOKEN ].includes( key )
	);
	return { ...Object.fromEntries( kept ), ...auth };
}
