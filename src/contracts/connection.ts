/**
 * `connection.json` as people write it (command line's contract, §2), and the form it is
 * kept in.
 *
 * A secret is text, `{"env":"NAME"}` or `{"file":"PATH"}`. Text is sealed before it is
 * stored; a pointer is stored as it is and read at use, so that a secret manager can rotate it.
 */
import { z } from 'zod';
import { connectionNameSchema, instantSchema } from './primitives.ts';
import { settingsSchema } from './settings.ts';

/** A copied key easily brings a space or a line's end along, and is then refused elsewhere. */
const isClean = ( text: string ): boolean =>
	text === text.trim() && ! /\p{Cc}/u.test( text );

/** Far beyond any key or token, and little enough to keep. */
const LONGEST_SECRET = 4096;

/** A secret that is no pointer: all that may be said from outside this machine. */
export const textSecretSchema = z
	.string()
	.min( 1 )
	.max( LONGEST_SECRET )
	.refine( isClean, {
		message: 'has white space or a line end around or in it',
	} );

export const secretSchema = z.union( [
	textSecretSchema,
	z.strictObject( { env: z.string().min( 1 ) } ),
	z.strictObject( { file: z.string().min( 1 ) } ),
] );
export type SecretInput = z.infer< typeof secretSchema >;

/** What `new URL()` would take away or turn around unseen is none of an address. */
const PLAIN_URL = /^https?:\/\/[^/\s\p{Cc}\\?#][^\s\p{Cc}\\?#]*$/iu;

export const siteUrlSchema = z
	.string()
	.max( 2000 )
	.refine(
		( text ) => {
			if ( ! PLAIN_URL.test( text ) || ! URL.canParse( text ) ) {
				return false;
			}
			const { username, password } = new URL( text );
			return username === '' && password === '';
		},
		{
			message:
				'must be the address of the site, http or https, without user, query or fragment',
		}
	);

export const storeConfigSchema = z.strictObject( {
	type: z.literal( 'woocommerce' ),
	url: siteUrlSchema,
	consumerKey: secretSchema,
	consumerSecret: secretSchema,
	webhookSecret: secretSchema.optional(),
} );

export const authConfigSchema = z.discriminatedUnion( 'type', [
	z.strictObject( {
		type: z.literal( 'private-app' ),
		appRef: z.string().min( 1 ),
		accountToken: secretSchema,
	} ),
	z.strictObject( {
		type: z.literal( 'staff-token' ),
		appRef: z.string().min( 1 ),
		staffToken: secretSchema,
	} ),
	z.strictObject( {
		type: z.literal( 'oauth' ),
		clientId: z.string().min( 1 ),
		clientSecret: secretSchema.optional(),
		devRef: z.string().min( 1 ),
		refreshToken: secretSchema.optional(),
		accessToken: secretSchema.optional(),
		expiresAt: instantSchema.optional(),
	} ),
] );

const LOOPBACK =
	/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/.*)?$/;
const API_HOST = /^([a-z0-9-]+\.)*(brightpearl\.com|brightpearlconnect\.com)$/;
const OAUTH_HOST =
	/^https:\/\/([a-z0-9-]+\.)*(brightpearl\.com|brightpearlconnect\.com|brightpearlapp\.com)(\/.*)?$/;

/** A host that tokens may be sent to (platform reference, §1.1). */
export function isBrightpearlHost( apiDomain: string ): boolean {
	return API_HOST.test( apiDomain );
}

/** The same for the address of OAuth. */
export function isBrightpearlUrl( oauthUrl: string ): boolean {
	return OAUTH_HOST.test( oauthUrl );
}

export const brightpearlConfigSchema = z
	.strictObject( {
		account: z
			.string()
			.regex(
				/^[a-z0-9-]+$/,
				'is the account code: lower case letters, digits, hyphen'
			),
		apiDomain: z.string().optional(),
		oauthUrl: z.string().optional(),
		installationInstanceId: z
			.union( [ z.int().positive(), z.string().regex( /^\d+$/ ) ] )
			.transform( Number )
			.optional(),
		sandbox: z.boolean().optional(),
		auth: authConfigSchema,
	} )
	.superRefine(
		( config, context ) => {
			const mayLoop = config.sandbox === true;
			// Also reached when other keys are wrong, `auth` among them (see `when`).
			const auth: Partial< AuthConfig > = config.auth ?? {};
			const needsDomain =
				auth.type !== 'oauth' || auth.refreshToken !== undefined;
			if ( config.apiDomain === undefined && needsDomain ) {
				context.addIssue( {
					code: 'custom',
					path: [ 'apiDomain' ],
					message:
						'is required, for example euw1.brightpearlconnect.com',
				} );
			}
			if (
				config.apiDomain !== undefined &&
				! API_HOST.test( config.apiDomain ) &&
				! ( mayLoop && LOOPBACK.test( config.apiDomain ) )
			) {
				context.addIssue( {
					code: 'custom',
					path: [ 'apiDomain' ],
					message:
						'must be a bare host under brightpearl.com or brightpearlconnect.com' +
						( LOOPBACK.test( config.apiDomain )
							? ' (a loopback address needs "sandbox": true)'
							: '' ),
				} );
			}
			if (
				config.oauthUrl !== undefined &&
				! OAUTH_HOST.test( config.oauthUrl ) &&
				! ( mayLoop && LOOPBACK.test( config.oauthUrl ) )
			) {
				context.addIssue( {
					code: 'custom',
					path: [ 'oauthUrl' ],
					message: 'must be an https address of Brightpearl',
				} );
			}
			// All faults of a file are told at once, so this does not wait for the others.
		},
		{ when: ( { value } ) => typeof value === 'object' && value !== null }
	);

export const connectionFileSchema = z.strictObject( {
	name: connectionNameSchema,
	store: storeConfigSchema,
	brightpearl: brightpearlConfigSchema,
	settings: settingsSchema.prefault( {} ),
} );

export type ConnectionFile = z.infer< typeof connectionFileSchema >;
export type StoreConfig = z.infer< typeof storeConfigSchema >;
export type BrightpearlConfig = z.infer< typeof brightpearlConfigSchema >;
export type AuthConfig = z.infer< typeof authConfigSchema >;

/**
 * A connection as it is kept: the file, or what a pairing has begun and a person has still to
 * fill in (command line's contract, §4, `pair`).
 */
export const connectionRecordSchema = z.strictObject( {
	...connectionFileSchema.shape,
	store: storeConfigSchema.extend( {
		consumerKey: secretSchema.nullable(),
		consumerSecret: secretSchema.nullable(),
		/** Good until `until`, because deliveries under way were signed with it. */
		previousWebhookSecret: z
			.strictObject( { secret: secretSchema, until: instantSchema } )
			.optional(),
	} ),
	brightpearl: brightpearlConfigSchema.nullable(),
} );
export type ConnectionRecord = z.infer< typeof connectionRecordSchema >;

/** Null while something is still to be filled in. */
export function completeFile(
	record: ConnectionRecord
): ConnectionFile | null {
	const { brightpearl, store } = record;
	const { consumerKey, consumerSecret } = store;
	if (
		brightpearl === null ||
		consumerKey === null ||
		consumerSecret === null
	) {
		return null;
	}
	const { type, url, webhookSecret } = store;
	return {
		...record,
		store: {
			type,
			url,
			consumerKey,
			consumerSecret,
			...( webhookSecret === undefined ? {} : { webhookSecret } ),
		},
		brightpearl,
	};
}

/**
 * What a form changes of a connection. What is left out stays, secrets above all: they are
 * written and never read back. Another type of `auth` needs all of its secrets, and so does
 * another account or address: a token goes only where it was meant to go.
 */
export const connectionEditSchema = z.strictObject( {
	store: z
		.strictObject( {
			url: siteUrlSchema.optional(),
			consumerKey: secretSchema.optional(),
			consumerSecret: secretSchema.optional(),
			webhookSecret: secretSchema.optional(),
		} )
		.optional(),
	brightpearl: z
		.strictObject( {
			account: z.string().min( 1 ).optional(),
			/** Null = none, as before the first token of OAuth. */
			apiDomain: z.string().nullable().optional(),
			oauthUrl: z.string().nullable().optional(),
			installationInstanceId: z.int().positive().nullable().optional(),
			sandbox: z.boolean().optional(),
			/** Judged whole, with the kept secrets, by `authConfigSchema`. */
			auth: z
				.looseObject( {
					type: z.enum( [ 'private-app', 'staff-token', 'oauth' ] ),
				} )
				.optional(),
		} )
		.optional(),
} );
export type ConnectionEdit = z.infer< typeof connectionEditSchema >;
