/**
 * Who is let in (platform reference, §2.1, §2.3).
 */
import assert from 'node:assert/strict';
import type { ApiReply, ConformanceCase } from '../case.ts';
import { appKeys, signIn } from '../oauth-kit.ts';
import { bodyOf, headerNumber, responseOf } from '../reading.ts';

const PATH = '/integration-service/account-configuration';
const INSTANCE = 'brightpearl-installed-integration-instance-id';

const refusedWith = ( reply: ApiReply, text: RegExp ): void => {
	assert.match( String( bodyOf( reply, 401 ).response ), text );
};

const bodyIfAny = ( {
	json,
}: ApiReply ): Readonly< Record< string, unknown > > =>
	( json ?? {} ) as Readonly< Record< string, unknown > >;

export const authCases: readonly ConformanceCase[] = [
	...( [ 'private-app', 'staff-token' ] as const ).map(
		( as ): ConformanceCase => ( {
			id: `auth/${ as }`,
			fact: `A ${ as } is let in by its two headers`,
			source: 'platform §2.1',
			mark: 'D',
			mode: 'read',
			run: async ( api ) => {
				responseOf( await api.get( PATH, { as } ) );
			},
		} )
	),
	{
		id: 'auth/oauth-bearer',
		fact: 'An OAuth app is let in by Bearer token, app reference and developer reference',
		source: 'platform §2.1',
		mark: 'D',
		mode: 'read',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			responseOf( await api.get( PATH ) );
		},
	},
	{
		id: 'auth/developer-reference-is-required',
		fact: 'An OAuth call without the developer reference is not let in',
		source: 'platform §2.1',
		mark: 'D',
		mode: 'read',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			const reply = await api.get( PATH, {
				headers: { 'brightpearl-dev-ref': '' },
			} );
			assert.equal( reply.status, 401 );
		},
	},
	{
		id: 'auth/none-is-401',
		fact: 'Without credentials the answer is 401 `Not authenticated…`',
		source: 'platform §2.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			refusedWith(
				await api.get( PATH, { as: 'none' } ),
				/^Not authenticated/
			);
		},
	},
	{
		id: 'auth/unknown-token-is-echoed',
		fact: 'An unknown OAuth token is 401 `Invalid instance token: …` and echoes it',
		source: 'platform §2.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			refusedWith(
				await api.get( PATH, {
					as: 'none',
					headers: {
						authorization: 'Bearer BADTOKEN',
						'brightpearl-app-ref': 'conformance',
						'brightpearl-dev-ref': 'conformance',
					},
				} ),
				/^Invalid instance token: BADTOKEN$/
			);
		},
	},
	{
		id: 'auth/expired-token',
		fact: 'An expired token is 401 `Authorization token expired`',
		source: 'platform §2.3',
		mark: 'V',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', { tokenLifeSeconds: 1 } );
			// By a code of its own: the first refresh token is gone once it was rotated.
			const { accessToken } = await signIn( api );
			const app = await appKeys( api );
			await new Promise( ( resolve ) => setTimeout( resolve, 1100 ) );
			refusedWith(
				await api.get( PATH, {
					as: 'none',
					headers: {
						authorization: `Bearer ${ accessToken }`,
						'brightpearl-app-ref': app.clientId,
						'brightpearl-dev-ref': app.devRef,
					},
				} ),
				/^Authorization token expired$/
			);
		},
	},
	...( [ 'text', 'errors', 'html' ] as const ).map(
		( forbidden ): ConformanceCase => ( {
			id: `auth/forbidden-as-${ forbidden }`,
			fact: `A caller without rights is answered 403, perhaps as ${ forbidden }`,
			source: 'platform §2.3',
			mark: 'C',
			mode: 'read',
			needs: [ 'sandbox' ],
			run: async ( api ) => {
				await api.sandbox( 'POST', '/switches', { forbidden } );
				const reply = await api.get( PATH );
				assert.equal( reply.status, 403 );
				const shown = {
					text: typeof bodyIfAny( reply ).response === 'string',
					errors: Array.isArray( bodyIfAny( reply ).errors ),
					html: reply.json === null,
				};
				assert( shown[ forbidden ], reply.text );
			},
		} )
	),
	{
		id: 'auth/a-401-costs-a-request',
		fact: 'A 401 is no `errors` body, comes from the gateway, has throttle headers and costs a request',
		source: 'platform §2.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const bad = {
				as: 'none',
				headers: { authorization: 'Bearer BADTOKEN' },
			} as const;
			const first = await api.get( PATH, bad );
			const second = await api.get( PATH, bad );
			for ( const reply of [ first, second ] ) {
				assert.deepEqual( Object.keys( bodyOf( reply, 401 ) ), [
					'response',
				] );
				assert.equal( reply.headers[ 'message-type' ], 'api-proxy' );
				assert.equal( reply.headers[ 'www-authenticate' ], undefined );
				assert.equal( reply.headers[ INSTANCE ], undefined );
			}
			const left = [ first, second ].map( ( reply ) =>
				headerNumber( reply, 'brightpearl-requests-remaining' )
			);
			const turned =
				headerNumber( second, 'brightpearl-next-throttle-period' ) >
				headerNumber( first, 'brightpearl-next-throttle-period' );
			assert( turned || left[ 1 ]! < left[ 0 ]!, left.join( ' ' ) );
		},
	},
	{
		id: 'auth/oauth-answers-name-the-instance',
		fact: 'Answers to OAuth calls carry the installation instance id, others do not',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			const { headers } = await api.get( PATH );
			assert.match( headers[ INSTANCE ] ?? '', /^\d+$/ );
		},
	},
	{
		id: 'auth/instance-resource',
		fact: 'The installed instance is told by integration/instance, with the id of the header',
		source: 'platform §6.6',
		mark: 'C',
		mode: 'read',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			const reply = await api.get(
				'/integration-service/integration/instance'
			);
			const instance = responseOf( reply );
			assert.equal(
				String( instance.installedIntegrationInstanceId ),
				reply.headers[ INSTANCE ]
			);
			assert.equal( typeof instance.instanceName, 'string' );
		},
	},
	{
		id: 'auth/staff-token-by-password',
		fact: 'POST /{account}/authorise exchanges e-mail address and password for a staff token',
		source: 'platform §2.4',
		mark: 'C',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const { staff } = ( await api.sandbox(
				'GET',
				`/credentials?account=${ api.account }`
			) ) as { staff: Record< string, string > };
			const exchange = ( password: string | undefined ) =>
				api.raw( 'POST', `/${ api.account }/authorise`, {
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify( {
						apiAccountCredentials: {
							emailAddress: staff.emailAddress,
							password,
						},
					} ),
				} );
			const good = bodyOf( await exchange( staff.password ) );
			assert.match( String( good.response ), /^[A-Za-z0-9+/]{43}=$/ );
			const bad = await exchange( 'wrong' );
			assert.match( bad.text, /GWY/ );
		},
	},
];
