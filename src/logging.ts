/**
 * The log: JSON lines on stderr, through pino, with secrets taken out by name and by shape
 * before they are written.
 */
import { types } from 'node:util';
import { pino } from 'pino';
import type { LogFields, Logger } from './contracts/world.ts';

export interface LoggingOptions {
	readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
	/** Stderr when absent. */
	readonly destination?: { write( line: string ): void };
}

/** Nobody may be reading stderr: more than this waits nowhere and is dropped. */
const MOST_WAITING = 4 * 1024 * 1024;
const HIDDEN = '[hidden]';
const DEEPEST = 6;

/** Compared without case, hyphens and underscores. */
const SECRET_NAMES =
	/^(authorization|proxyauthorization|cookie|setcookie|token|.*(access|refresh|account|staff|bearer)token|.*secret|.*password|consumerkey|.*apikey|key|privatekey|xwcwebhooksignature|oauthsignature|brightpearl(account|staff)token)$/;

const SECRET_SHAPES: readonly ( readonly [ RegExp, string ] )[] = [
	[ /\b(ck|cs)_[0-9A-Za-z]{8,}/g, `$1_${ HIDDEN }` ],
	[ /\b(Bearer|Basic)\s+[\w+/=.~-]{6,}/gi, `$1 ${ HIDDEN }` ],
	[
		/\b(consumer_key|consumer_secret|oauth_signature|access_token|refresh_token|token|code)=[^&\s"']+/gi,
		`$1=${ HIDDEN }`,
	],
	// The address that Brightpearl delivers to ends in its secret; the route's pattern in `:token`.
	[
		/(\/webhooks\/brightpearl\/[^/\s"']+\/)(?!:)[^\s"'/?#]+/g,
		`$1${ HIDDEN }`,
	],
	// user:password@ in an address
	[ /(\/\/[^/\s:@]+:)[^@\s/]+@/g, `$1${ HIDDEN }@` ],
];

export function createLogger( options: LoggingOptions ): Logger {
	return adapt(
		pino(
			{
				level: options.level,
				base: null,
				timestamp: () => `,"time":"${ new Date().toISOString() }"`,
				// Errors are written by `hideError`.
				serializers: { err: ( value: unknown ) => value },
				formatters: { level: ( label ) => ( { level: label } ) },
			},
			options.destination ??
				pino.destination( {
					fd: 2,
					sync: false,
					maxLength: MOST_WAITING,
				} )
		)
	);
}

function adapt( log: pino.Logger ): Logger {
	const at =
		( level: 'debug' | 'info' | 'warn' | 'error' ) =>
		( fields: LogFields, message: string ): void => {
			if ( log.isLevelEnabled( level ) ) {
				log[ level ]( withoutSecrets( fields ), hideShapes( message ) );
			}
		};
	return {
		debug: at( 'debug' ),
		info: at( 'info' ),
		warn: at( 'warn' ),
		error: at( 'error' ),
		child: ( fields ) => adapt( log.child( withoutSecrets( fields ) ) ),
	};
}

/** A copy in which what is secret by name or by shape is hidden. */
export function withoutSecrets( fields: LogFields ): Record< string, unknown > {
	return hide( fields, 0 ) as Record< string, unknown >;
}

function hide( value: unknown, depth: number ): unknown {
	if ( typeof value === 'string' ) {
		return hideShapes( value );
	}
	if ( types.isNativeError( value ) ) {
		return hideError( value, depth );
	}
	if ( typeof value === 'bigint' ) {
		return String( value );
	}
	if ( typeof value !== 'object' || value === null ) {
		return value;
	}
	if ( depth >= DEEPEST ) {
		return '[deeper]';
	}
	if ( Array.isArray( value ) ) {
		return value.map( ( item ) => hide( item, depth + 1 ) );
	}
	if ( ArrayBuffer.isView( value ) ) {
		return `[${ value.byteLength } bytes]`;
	}
	return Object.fromEntries(
		Object.entries( value ).map(
			( [ name, item ]: [ string, unknown ] ) => [
				name,
				isSecretName( name ) && item !== null && item !== undefined
					? HIDDEN
					: hide( item, depth + 1 ),
			]
		)
	);
}

function hideError( error: Error, depth: number ): unknown {
	return {
		name: error.name,
		message: hideShapes( error.message ),
		...( error.stack === undefined
			? {}
			: { stack: hideShapes( error.stack ) } ),
		...( error.cause === undefined || depth >= DEEPEST
			? {}
			: { cause: hide( error.cause, depth + 1 ) } ),
	};
}

function isSecretName( name: string ): boolean {
	return SECRET_NAMES.test( name.replace( /[-_]/g, '' ).toLowerCase() );
}

function hideShapes( text: string ): string {
	return SECRET_SHAPES.reduce(
		( hidden, [ shape, by ] ) => hidden.replace( shape, by ),
		text
	);
}
