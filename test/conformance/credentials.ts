/**
 * Whose keys a run uses. They come from the environment, never from the command line, where other
 * processes and the shell's history would see them.
 */
export type Kind = 'oauth' | 'private-app' | 'staff-token';

/** The headers of each way to sign in; a way that is not there was not given. */
export type Credentials = Readonly<
	Partial< Record< Kind, Readonly< Record< string, string > > > >
>;

/** The one a run uses where a case asks for none. */
export const PREFERRED: readonly Kind[] = [
	'private-app',
	'staff-token',
	'oauth',
];

/** Platform reference, §2.1. */
export function credentialsFromEnvironment(
	env: Readonly< Record< string, string | undefined > >
): Credentials {
	const appRef = env.BRIGHTPEARL_APP_REF ?? '';
	const devRef = env.BRIGHTPEARL_DEV_REF ?? '';
	if ( appRef === '' ) {
		return {};
	}
	const app = {
		'brightpearl-app-ref': appRef,
		...( devRef === '' ? {} : { 'brightpearl-dev-ref': devRef } ),
	};
	const { BRIGHTPEARL_ACCOUNT_TOKEN: account = '' } = env;
	const { BRIGHTPEARL_STAFF_TOKEN: staff = '' } = env;
	const { BRIGHTPEARL_ACCESS_TOKEN: access = '' } = env;
	return {
		...( account === ''
			? {}
			: {
					'private-app': {
						...app,
						'brightpearl-account-token': account,
					},
				} ),
		...( staff === ''
			? {}
			: { 'staff-token': { ...app, 'brightpearl-staff-token': staff } } ),
		...( access === ''
			? {}
			: { oauth: { ...app, authorization: `Bearer ${ access }` } } ),
	};
}

const NO_SECRETS = [ 'brightpearl-app-ref', 'brightpearl-dev-ref' ];

/** Takes the keys out of a text: a 401 echoes the token it was sent. */
export function redactor(
	credentials: Credentials
): ( text: string ) => string {
	const secrets = Object.values( credentials )
		.flatMap( ( headers ) => Object.entries( headers ) )
		.filter( ( [ name ] ) => ! NO_SECRETS.includes( name ) )
		.map( ( [ , value ] ) => value.replace( /^Bearer /, '' ) );
	return ( text ) =>
		secrets.reduce(
			( left, secret ) =>
				left
					.replaceAll( secret, '[redacted]' )
					// As Gson writes the `=` at a token's end.
					.replaceAll(
						secret.replaceAll( '=', '\\u003d' ),
						'[redacted]'
					),
			text
		);
}
