/**
 * The form of a connection: what is typed, and the `connection.json` (or the change of one) it
 * makes. Secrets go one way: a form never knows those that are kept.
 */
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import {
	brightpearlConfigSchema,
	connectionEditSchema,
	connectionFileSchema,
} from '../../../../src/contracts/connection.ts';
import type {
	ConnectionEdit,
	ConnectionFile,
} from '../../../../src/contracts/connection.ts';
import { explainError } from '../../../../src/contracts/issues.ts';
import { faultsOf } from './fault-words.ts';
import type { Fault } from './fault-words.ts';
import { accountOf, domainOf, numberOf, required } from './typed.ts';

export type SecretKind = 'text' | 'env' | 'file';

export interface SecretValue {
	readonly kind: SecretKind;
	readonly text: string;
}

export type AuthType = 'private-app' | 'staff-token' | 'oauth';

export interface ConnectionValues {
	readonly name: string;
	readonly url: string;
	readonly consumerKey: SecretValue;
	readonly consumerSecret: SecretValue;
	readonly webhookSecret: SecretValue;
	readonly account: string;
	readonly apiDomain: string;
	readonly instanceId: string;
	readonly sandbox: boolean;
	readonly oauthUrl: string;
	readonly type: AuthType;
	readonly appRef: string;
	readonly accountToken: SecretValue;
	readonly staffToken: SecretValue;
	readonly clientId: string;
	readonly clientSecret: SecretValue;
	readonly devRef: string;
	readonly refreshToken: SecretValue;
	/** Only of a new connection, and only when the usual one is taken. */
	readonly refPrefix: string;
}

export type { Fault };

/** The one setting the form of a new connection can ask for. */
export const REF_PREFIX = 'settings.orders.refPrefix';

export type Made< T > =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly faults: readonly Fault[] };

const NO_SECRET: SecretValue = { kind: 'text', text: '' };

export const EMPTY: ConnectionValues = {
	name: '',
	url: '',
	consumerKey: NO_SECRET,
	consumerSecret: NO_SECRET,
	webhookSecret: NO_SECRET,
	account: '',
	apiDomain: '',
	instanceId: '',
	sandbox: false,
	oauthUrl: '',
	type: 'private-app',
	appRef: '',
	accountToken: NO_SECRET,
	staffToken: NO_SECRET,
	clientId: '',
	clientSecret: NO_SECRET,
	devRef: '',
	refreshToken: NO_SECRET,
	refPrefix: '',
};

export function valuesOf( view: ConnectionView ): ConnectionValues {
	const { name, store, brightpearl } = view;
	const auth = brightpearl?.auth;
	return {
		...EMPTY,
		name,
		url: store.url,
		account: brightpearl?.account ?? '',
		apiDomain: brightpearl?.apiDomain ?? '',
		instanceId: brightpearl?.installationInstanceId?.toString() ?? '',
		// The answer does not say; only a sandbox may have such a domain.
		sandbox: /^http:/.test( brightpearl?.apiDomain ?? '' ),
		type: auth?.type ?? 'private-app',
		appRef: auth?.appRef ?? '',
		clientId: auth?.clientId ?? '',
		devRef: auth?.devRef ?? '',
	};
}

/** A new connection, judged by the schema that guards `connection add`. */
export function fileOf( values: ConnectionValues ): Made< ConnectionFile > {
	const read = connectionFileSchema.safeParse(
		{
			name: required( values.name ),
			store: {
				type: 'woocommerce',
				url: required( values.url ),
				consumerKey: secretOf( values.consumerKey ),
				consumerSecret: secretOf( values.consumerSecret ),
				...optional(
					'webhookSecret',
					secretOf( values.webhookSecret )
				),
			},
			brightpearl: brightpearlOf( values ),
			...( values.refPrefix.trim() === ''
				? {}
				: {
						settings: {
							orders: {
								refPrefix: values.refPrefix
									.trim()
									.toLowerCase(),
							},
						},
					} ),
		},
		{ error: explainError }
	);
	return read.success
		? { ok: true, value: read.data }
		: { ok: false, faults: faultsOf( read.error ) };
}

/** What differs from what is kept. Null = nothing does. */
export function editOf(
	values: ConnectionValues,
	view: ConnectionView
): Made< ConnectionEdit | null > {
	const before = valuesOf( view );
	const whole =
		view.brightpearl === null || view.brightpearl.auth.type !== values.type;
	const touched = BRIGHTPEARL.some(
		( key ) => ! isSame( values[ key ], before[ key ] )
	);
	const store = {
		...( values.url.trim() === before.url
			? {}
			: { url: values.url.trim() } ),
		...optional( 'consumerKey', secretOf( values.consumerKey ) ),
		...optional( 'consumerSecret', secretOf( values.consumerSecret ) ),
		...optional( 'webhookSecret', secretOf( values.webhookSecret ) ),
	};
	const nothing = ! touched && Object.keys( store ).length === 0;
	// Saving a form that is still to be filled in asks what is missing.
	if ( whole && ( touched || ( nothing && view.brightpearl === null ) ) ) {
		const read = brightpearlConfigSchema.safeParse(
			brightpearlOf( values ),
			{
				error: explainError,
			}
		);
		if ( ! read.success ) {
			return {
				ok: false,
				faults: faultsOf( read.error, [ 'brightpearl' ] ),
			};
		}
	}
	const change = {
		...( Object.keys( store ).length === 0 ? {} : { store } ),
		...( touched
			? { brightpearl: brightpearlChange( values, before ) }
			: {} ),
	};
	if ( Object.keys( change ).length === 0 ) {
		return { ok: true, value: null };
	}
	const read = connectionEditSchema.safeParse( change, {
		error: explainError,
	} );
	return read.success
		? { ok: true, value: read.data }
		: { ok: false, faults: faultsOf( read.error ) };
}

const BRIGHTPEARL = [
	'account',
	'apiDomain',
	'instanceId',
	'sandbox',
	'oauthUrl',
	'type',
	'appRef',
	'accountToken',
	'staffToken',
	'clientId',
	'clientSecret',
	'devRef',
	'refreshToken',
] as const satisfies readonly ( keyof ConnectionValues )[];

function brightpearlChange(
	values: ConnectionValues,
	before: ConnectionValues
): Record< string, unknown > {
	const changed = ( key: keyof ConnectionValues ): boolean =>
		! isSame( values[ key ], before[ key ] );
	const emptied = ( text: string ): string | null => required( text ) ?? null;
	return {
		account: accountOf( values.account ),
		...( changed( 'apiDomain' )
			? { apiDomain: emptied( domainOf( values.apiDomain ) ) }
			: {} ),
		...( changed( 'oauthUrl' )
			? { oauthUrl: emptied( values.oauthUrl ) }
			: {} ),
		...( changed( 'instanceId' )
			? {
					installationInstanceId:
						values.instanceId.trim() === ''
							? null
							: numberOf( values.instanceId ),
				}
			: {} ),
		...( changed( 'sandbox' ) ? { sandbox: values.sandbox } : {} ),
		auth: authOf( values ),
	};
}

function brightpearlOf( values: ConnectionValues ): Record< string, unknown > {
	return {
		account: required( accountOf( values.account ) ),
		...optional( 'apiDomain', required( domainOf( values.apiDomain ) ) ),
		...optional( 'oauthUrl', required( values.oauthUrl ) ),
		...optional( 'installationInstanceId', required( values.instanceId ) ),
		...( values.sandbox ? { sandbox: true } : {} ),
		auth: authOf( values ),
	};
}

function authOf( values: ConnectionValues ): Record< string, unknown > {
	const { type } = values;
	switch ( type ) {
		case 'private-app':
			return {
				type,
				...optional( 'appRef', required( values.appRef ) ),
				...optional( 'accountToken', secretOf( values.accountToken ) ),
			};
		case 'staff-token':
			return {
				type,
				...optional( 'appRef', required( values.appRef ) ),
				...optional( 'staffToken', secretOf( values.staffToken ) ),
			};
		case 'oauth':
			return {
				type,
				...optional( 'clientId', required( values.clientId ) ),
				...optional( 'clientSecret', secretOf( values.clientSecret ) ),
				...optional( 'devRef', required( values.devRef ) ),
				...optional( 'refreshToken', secretOf( values.refreshToken ) ),
			};
	}
}

/** Undefined = left empty. */
function secretOf( { kind, text }: SecretValue ): unknown {
	const clean = text.trim();
	if ( clean === '' ) {
		return undefined;
	}
	return kind === 'text' ? clean : { [ kind ]: clean };
}

function optional( key: string, value: unknown ): Record< string, unknown > {
	return value === undefined ? {} : { [ key ]: value };
}

function isSame( one: unknown, other: unknown ): boolean {
	return JSON.stringify( one ) === JSON.stringify( other );
}
