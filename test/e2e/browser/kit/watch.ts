/**
 * Whatever a page complains of: errors nobody caught, errors in the console (Chromium reports a
 * failed request there, too), breaches of the content security policy. And what it was told, for
 * secrets that must not be in it.
 */
import type { BrowserContext, Page } from 'playwright-core';

export interface Watch {
	follow( page: Page ): void;
	/** These are part of what is tested. */
	allow( ...patterns: readonly RegExp[] ): void;
	/** Empty as it should be. */
	complaints(): readonly string[];
	/** Texts of all answers so far; streams are not among them. */
	told(): Promise< string >;
}

const SAY_BREACHES = `document.addEventListener(
	'securitypolicyviolation',
	( { violatedDirective, blockedURI, sourceFile, lineNumber } ) =>
		console.error(
			'Content security policy: ' + violatedDirective + ' refused ' + blockedURI +
				' (' + sourceFile + ':' + lineNumber + ')'
		)
);`;

export async function createWatch( context: BrowserContext ): Promise< Watch > {
	const complaints: string[] = [];
	const allowed: RegExp[] = [];
	const answers: Promise< string >[] = [];
	await context.addInitScript( { content: SAY_BREACHES } );
	return {
		follow( page ) {
			page.on( 'pageerror', ( error ) => {
				complaints.push(
					`Uncaught: ${ error.stack ?? error.message }`
				);
			} );
			page.on( 'console', ( message ) => {
				if ( message.type() === 'error' ) {
					const { url } = message.location();
					complaints.push( `${ message.text() } (${ url })` );
				}
			} );
			page.on( 'response', ( response ) => {
				if (
					/json/.test( response.headers()[ 'content-type' ] ?? '' )
				) {
					answers.push( response.text().catch( () => '' ) );
				}
			} );
		},
		allow: ( ...patterns ) => void allowed.push( ...patterns ),
		complaints: () =>
			complaints.filter(
				( text ) =>
					! allowed.some( ( pattern ) => pattern.test( text ) )
			),
		told: async () => ( await Promise.all( answers ) ).join( '\n' ),
	};
}

/** Chromium's words when the service is not there. */
export const UNREACHABLE =
	/net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/;
/** … and when there is no session. */
export const NO_SESSION = /status of 401 \(Unauthorized\).*\/console\//;
