/**
 * Id sets, OPTIONS and times (platform reference, §1.3–1.7).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { configured, makeSale } from '../order-kit.ts';
import { ACCOUNT_TIME, responseOf } from '../reading.ts';

const ORDER = '/order-service/order';

const uris = async ( api: Api, path: string ): Promise< string[] > => [
	...( responseOf( await api.options( path ) )
		.getUris as unknown as string[] ),
];

/** The offset is the one a calendar gives for that instant, none of our own reckoning. */
function assertOffset( time: string, timeZone: string ): void {
	const name = new Intl.DateTimeFormat( 'en-US', {
		timeZone,
		timeZoneName: 'longOffset',
	} )
		.formatToParts( new Date( time ) )
		.find( ( { type } ) => type === 'timeZoneName' )?.value;
	const wanted = name === 'GMT' ? '+00:00' : name?.replace( 'GMT', '' );
	assert.equal( time.slice( 23 ).replace( 'Z', '+00:00' ), wanted, time );
}

export const idSetCases: readonly ConformanceCase[] = [
	{
		id: 'id-set/omitted-is-all',
		fact: 'Left out, an id set means all, where the resource allows it',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const all = [
				...responseOf(
					await api.get( '/accounting-service/tax-code' )
				),
			];
			const one = [
				...responseOf(
					await api.get(
						`/accounting-service/tax-code/${ String( all[ 0 ]?.id ) }`
					)
				),
			];
			assert( all.length > 1 );
			assert.deepEqual( one, [ all[ 0 ] ] );
		},
	},
	{
		id: 'id-set/two-hundred-ids',
		fact: 'A GET takes 200 ids',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const product = await api.existing( 'product' );
			const found = [
				...responseOf(
					await api.get(
						`/product-service/product/${ product }-${ product + 199 }`
					)
				),
			];
			assert( found.some( ( { id } ) => Number( id ) === product ) );
		},
	},
	...( [ 'order', 'contact', 'product' ] as const ).map(
		( kind ): ConformanceCase => ( {
			id: `options/${ kind }-packs-existing-ids`,
			fact: `OPTIONS of ${ kind } answers existing ids only, relative to the service`,
			source: 'platform §1.4',
			mark: 'V',
			mode: 'read',
			run: async ( api ) => {
				const id = await api.existing( kind );
				assert.deepEqual(
					await uris(
						api,
						`/${ kind }-service/${ kind }/${ id },999999999`
					),
					[ `/${ kind }/${ id }` ]
				);
			},
		} )
	),
	{
		id: 'options/each-uri-holds-200-at-most',
		fact: 'Without a set OPTIONS covers all, each address at most 200 ids',
		source: 'platform §1.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const all = await uris( api, '/product-service/product' );
			assert( all.length > 0 );
			for ( const uri of all ) {
				const size = uri
					.replace( '/product/', '' )
					.split( ',' )
					.map( ( part ) => part.split( '-' ).map( Number ) )
					.reduce(
						( sum, [ from = 0, to = from ] ) => sum + to - from + 1,
						0
					);
				assert( size <= 200, uri );
			}
		},
	},
	...( [ 'order', 'contact', 'product' ] as const ).map(
		( kind ): ConformanceCase => ( {
			id: `optional/${ kind }-custom-fields`,
			fact: `includeOptional=customFields is taken by ${ kind } GET`,
			source: 'platform §1.5',
			mark: 'C',
			mode: 'read',
			run: async ( api ) => {
				const id = await api.existing( kind );
				const found = responseOf(
					await api.get( `/${ kind }-service/${ kind }/${ id }`, {
						query: { includeOptional: 'customFields' },
					} )
				);
				assert.equal( found.length, 1 );
			},
		} )
	),
	{
		id: 'time/answers-carry-the-accounts-offset',
		fact: "Times are answered with milliseconds and the account zone's offset",
		source: 'platform §1.7',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const [ order ] = [
				...responseOf( await api.get( `${ ORDER }/${ id }` ) ),
			];
			assert.match( String( order?.createdOn ), ACCOUNT_TIME );
		},
	},
	{
		id: 'time/the-offset-is-that-of-the-zone',
		fact: "Times carry the offset that the configuration's `timeZone` has at that time",
		source: 'platform §1.7',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const [ order ] = [
				...responseOf( await api.get( `${ ORDER }/${ id }` ) ),
			];
			const timeZone = await configured( api, 'timeZone' );
			for ( const time of [ order?.placedOn, order?.createdOn ] ) {
				assertOffset( String( time ), timeZone );
			}
		},
	},
	{
		id: 'time/the-offset-follows-the-season',
		fact: 'A time in winter has the offset of winter, one in summer that of summer',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const timeZone = await configured( api, 'timeZone' );
			for ( const sent of [
				'2026-01-20T10:00:00+00:00',
				'2026-07-20T10:00:00+00:00',
			] ) {
				const id = await makeSale( api, { placedOn: sent } );
				const [ order ] = [
					...responseOf( await api.get( `${ ORDER }/${ id }` ) ),
				];
				const shown = String( order?.placedOn );
				assert.equal( Date.parse( shown ), Date.parse( sent ) );
				assertOffset( shown, timeZone );
			}
		},
	},
	{
		id: 'time/an-offset-is-stored-exactly',
		fact: 'A time sent with an offset is stored as that instant',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const sent = '2026-04-17T10:00:00-06:00';
			const id = await makeSale( api, { placedOn: sent } );
			const [ order ] = [
				...responseOf( await api.get( `${ ORDER }/${ id }` ) ),
			];
			assert.equal(
				Date.parse( String( order?.placedOn ) ),
				Date.parse( sent )
			);
		},
	},
	{
		id: 'time/a-bare-date-is-utc-midnight',
		fact: 'A bare date in a PATCH is midnight UTC',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const order = responseOf(
				await api.patch( `${ ORDER }/${ id }`, [
					{
						op: 'replace',
						path: '/delivery/deliveryDate',
						value: '2027-01-20',
					},
				] )
			);
			assert.equal(
				Date.parse( String( order.delivery?.deliveryDate ) ),
				Date.parse( '2027-01-20T00:00:00Z' )
			);
		},
	},
];
