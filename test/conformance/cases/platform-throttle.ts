/**
 * The cap on requests (platform reference, §3).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import { bodyOf, headerNumber } from '../reading.ts';

const PATH = '/accounting-service/tax-code';
const REMAINING = 'brightpearl-requests-remaining';
const PERIOD = 'brightpearl-next-throttle-period';
const TOO_MANY = {
	response:
		'You have sent too many requests. Please wait before sending another request',
};

const remaining = ( reply: ApiReply ) => headerNumber( reply, REMAINING );

/** Spends what is left of a pool: the cap becomes what was used and two more. */
async function nearlySpent( api: Api, as: 'oauth' | 'private-app' ) {
	const { requestsPerMinute } = ( await api.sandbox(
		'GET',
		'/switches'
	) ) as { requestsPerMinute: number };
	const used = requestsPerMinute - remaining( await api.get( PATH, { as } ) );
	await api.sandbox( 'POST', '/switches', { requestsPerMinute: used + 2 } );
}

/** A turn of the minute in between would leave nothing to see. */
async function awayFromTheTurn( api: Api ) {
	const left = headerNumber( await api.get( PATH ), PERIOD );
	if ( left < 3000 ) {
		await new Promise( ( resolve ) => setTimeout( resolve, left + 200 ) );
	}
}

export const throttleCases: readonly ConformanceCase[] = [
	{
		id: 'throttle/headers-on-every-answer',
		fact: 'Every answer tells what remains and the milliseconds to the next period',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			for ( const path of [ PATH, '/order-service/nothing' ] ) {
				const reply = await api.get( path );
				assert( Number.isInteger( remaining( reply ) ) );
				const period = headerNumber( reply, PERIOD );
				assert( period >= 0 && period <= 60_000, String( period ) );
			}
		},
	},
	{
		id: 'throttle/a-request-costs-one',
		fact: 'A request lowers what remains by one',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await awayFromTheTurn( api );
			const first = remaining( await api.get( PATH ) );
			const second = remaining( await api.get( PATH ) );
			assert.equal( second, first - 1 );
		},
	},
	{
		id: 'throttle/first-of-a-period-leaves-199',
		fact: 'With the default cap the first call of a period leaves 199',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', {
				requestsPerMinute: 200,
			} );
			// No case asks the other accounts anything: who is refused there is counted alone.
			const { accounts } = ( await api.sandbox( 'GET', '/state' ) ) as {
				accounts: { account: string }[];
			};
			const other = accounts.find(
				( { account } ) => account !== api.account
			);
			assert( other );
			const ask = () =>
				api.raw( 'GET', `/public-api/${ other.account }${ PATH }`, {
					headers: { authorization: 'Bearer NOBODY' },
				} );
			const first = await ask();
			if ( remaining( first ) < 199 ) {
				// An earlier run's, in the same minute.
				await new Promise( ( resolve ) =>
					setTimeout( resolve, headerNumber( first, PERIOD ) + 50 )
				);
			}
			const fresh = remaining( first ) < 199 ? await ask() : first;
			assert.equal( remaining( fresh ), 199 );
		},
	},
	{
		id: 'throttle/over-the-cap-is-503',
		fact: 'Over the cap the answer is 503 with a text, both headers and 0 remaining',
		source: 'platform §3',
		mark: 'D',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await awayFromTheTurn( api );
			await nearlySpent( api, 'private-app' );
			assert.equal( ( await api.get( PATH ) ).status, 200 );
			const last = await api.get( PATH );
			assert.equal( last.status, 200 );
			assert.equal( remaining( last ), 0 );
			const refused = await api.get( PATH );
			assert.deepEqual( bodyOf( refused, 503 ), TOO_MANY );
			assert.equal( remaining( refused ), 0 );
			assert( headerNumber( refused, PERIOD ) > 0 );
		},
	},
	{
		id: 'throttle/period-ends-with-the-utc-minute',
		fact: 'A period is the UTC wall-clock minute',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( PATH );
			const at = Date.parse( reply.headers.date ?? '' );
			const inMinute =
				( at % 60_000 ) / 1000 + headerNumber( reply, PERIOD ) / 1000;
			// Seconds of `Date` are cut off; 59.07 to 60.29 was recorded.
			assert( inMinute > 58.9 && inMinute < 60.4, String( inMinute ) );
		},
	},
	{
		id: 'throttle/private-apps-share-one-pool',
		fact: 'All private apps of an account share one pool, staff tokens included',
		source: 'platform §3',
		mark: 'D',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await awayFromTheTurn( api );
			const { privateApps } = ( await api.sandbox(
				'GET',
				`/credentials?account=${ api.account }`
			) ) as { privateApps: { appRef: string; accountToken: string }[] };
			const other = privateApps[ 1 ];
			assert( other );
			const first = remaining(
				await api.get( PATH, { as: 'private-app' } )
			);
			const second = remaining(
				await api.get( PATH, { as: 'staff-token' } )
			);
			const third = remaining(
				await api.get( PATH, {
					as: 'none',
					headers: {
						'brightpearl-app-ref': other.appRef,
						'brightpearl-account-token': other.accountToken,
					},
				} )
			);
			assert.deepEqual( [ second, third ], [ first - 1, first - 2 ] );
		},
	},
	{
		id: 'throttle/oauth-pool-is-the-developers',
		fact: 'OAuth apps have a pool of their own for each account and developer',
		source: 'platform §3',
		mark: 'D',
		mode: 'read',
		needs: [ 'sandbox', 'oauth' ],
		run: async ( api ) => {
			await awayFromTheTurn( api );
			await nearlySpent( api, 'oauth' );
			for ( let n = 0; n < 2; n++ ) {
				await api.get( PATH, { as: 'oauth' } );
			}
			const spent = await api.get( PATH, { as: 'oauth' } );
			assert.equal( spent.status, 503 );
			const { apps } = ( await api.sandbox(
				'GET',
				`/credentials?account=${ api.account }`
			) ) as { apps: { clientId: string; devRef: string }[] };
			// Who is refused is counted too: only the pool is asked about.
			const asked = (
				app: { clientId: string; devRef: string } | undefined
			) =>
				api.get( PATH, {
					as: 'none',
					headers: {
						authorization: 'Bearer NOBODY',
						'brightpearl-app-ref': app?.clientId ?? '',
						'brightpearl-dev-ref': app?.devRef ?? '',
					},
				} );
			assert.equal( ( await asked( apps[ 1 ] ) ).status, 503 );
			assert.equal( ( await asked( apps[ 2 ] ) ).status, 401 );
		},
	},
	{
		id: 'throttle/an-outage-is-told-apart',
		fact: 'A 503 may be an outage: its text does not speak of too many requests',
		source: 'platform §3',
		mark: 'C',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			for ( const body of [ 'json', 'html' ] ) {
				await api.sandbox( 'POST', '/faults', [
					{ kind: 'unavailable', body },
				] );
				const { status, text } = await api.get( PATH );
				assert.equal( status, 503 );
				assert( ! /too many requests/i.test( text ) );
			}
		},
	},
	{
		id: 'throttle/a-refused-request-was-not-executed',
		fact: 'What is refused for the cap was not done',
		source: 'platform §3',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const search = '/accounting-service/customer-payment-search';
			const orderId = await api.existing( 'order' );
			const query = { transactionRef: `throttled-${ Date.now() }` };
			await api.sandbox( 'POST', '/faults', [
				{ kind: 'throttled', method: 'POST', count: 1 },
			] );
			const refused = await api.post(
				'/accounting-service/customer-payment',
				{
					...query,
					paymentMethodCode: 'CARD',
					paymentType: 'RECEIPT',
					orderId,
					currencyIsoCode: 'GBP',
					amountPaid: '1.00',
					paymentDate: '2026-06-01',
				}
			);
			assert.deepEqual( bodyOf( refused, 503 ), TOO_MANY );
			const { results } = bodyOf( await api.get( search, { query } ) )
				.response ?? { results: undefined };
			assert.equal( results?.length, 0 );
		},
	},
];
