/**
 * Filters of `order-search` (resources reference, §0.2, §1.10; platform reference, §5.3).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import { at, codes, found, own, readOrder } from '../order-kit.ts';

const PATH = '/order-service/order-search';
const search = (
	api: Api,
	query: Readonly< Record< string, string > >,
	path = PATH
): Promise< ApiReply > => api.get( path, { query } );

export const searchFilterCases: readonly ConformanceCase[] = [
	{
		id: 'order-search/string-is-exact',
		fact: 'A STRING filter matches the whole value',
		source: 'resources §0.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { id, ref } = await own( api );
			const ids = async ( customerRef: string ) =>
				( await found( api, PATH, { customerRef } ) ).map(
					( row ) => row.orderId
				);
			assert.deepEqual( await ids( ref ), [ id ] );
			assert.deepEqual( await ids( ref.slice( 0, -1 ) ), [] );
		},
	},
	{
		id: 'order-search/filters-are-anded',
		fact: 'Several filters hold together',
		source: 'resources §0.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { id, ref } = await own( api );
			const count = async ( orderId: number ) =>
				(
					await found( api, PATH, {
						customerRef: ref,
						orderId: String( orderId ),
					} )
				).length;
			assert.equal( await count( id ), 1 );
			assert.equal( await count( id + 1 ), 0 );
		},
	},
	{
		id: 'order-search/bad-filter-is-500',
		fact: 'A filter that cannot be parsed is 500 CMNC-018, naming filter and type',
		source: 'platform §4.3, resources §0.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			for ( const [ name, type ] of [
				[ 'orderStatusId', 'INTEGER' ],
				[ 'orderId', 'IDSET' ],
			] ) {
				const reply = await search( api, {
					[ String( name ) ]: 'BAD PARAM',
				} );
				assert.equal( reply.status, 500 );
				assert.deepEqual( codes( reply ), [ 'CMNC-018' ] );
				assert.equal(
					at( reply.json, 'errors', 0, 'message' ),
					`The filter ${ name ?? '' }=BAD PARAM cannot be parsed as: ${ type ?? '' }`
				);
			}
		},
	},
	{
		id: 'order-search/escaped-as-gson',
		fact: 'An equals sign arrives as \\u003d',
		source: 'platform §1.8',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const { text } = await search( api, { orderId: 'BAD' } );
			assert( text.includes( 'orderId\\u003dBAD' ), text );
		},
	},
	{
		id: 'order-search/no-ranges-on-integers',
		fact: 'INTEGER takes one number, and an open range is for PERIOD alone',
		source: 'platform §5.3, resources §0.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			for ( const [ name, value ] of [
				[ 'contactId', '1-5' ],
				[ 'contactId', '1,2' ],
				[ 'orderId', '1/' ],
			] ) {
				const reply = await search( api, {
					[ String( name ) ]: String( value ),
				} );
				assert.deepEqual( codes( reply ), [ 'CMNC-018' ] );
			}
		},
	},
	{
		id: 'order-search/id-set-filter',
		fact: 'IDSET filters take id sets',
		source: 'resources §0.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const rows = await found( api, PATH, {
				orderId: `${ id }-${ id + 2 },999999999`,
			} );
			assert( rows.some( ( row ) => row.orderId === id ) );
		},
	},
	{
		id: 'order-search/period',
		fact: 'PERIOD takes from/to, from/ and /to',
		source: 'platform §5.3',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const { id, ref } = await own( api );
			const created = String(
				at( await readOrder( api, id ), 'createdOn' )
			);
			const moment = Date.parse( created );
			const around = ( ms: number ) =>
				new Date( moment + ms ).toISOString();
			const count = async ( createdOn: string ) =>
				( await found( api, PATH, { customerRef: ref, createdOn } ) )
					.length;
			assert.equal( await count( `${ around( -1000 ) }/` ), 1 );
			assert.equal( await count( `/${ around( 1000 ) }` ), 1 );
			assert.equal(
				await count( `${ around( -1000 ) }/${ around( 1000 ) }` ),
				1
			);
			assert.equal( await count( `${ around( 1000 ) }/` ), 0 );
			assert.equal( await count( `/${ around( -1000 ) }` ), 0 );
		},
	},
	{
		id: 'order-search/period-bounds',
		fact: 'Whether its bounds belong to a PERIOD is not known: each of them is a switch',
		source: 'platform §5.3',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const from = '2026-02-03T00:00:00Z';
			const to = '2026-02-05T00:00:00Z';
			const { id, ref } = await own( api, { taxDate: from } );
			const { id: last } = await own( api, { ref, taxDate: to } );
			for ( const [ periodStart, periodEnd, wanted ] of [
				[ 'inclusive', 'inclusive', [ id, last ] ],
				[ 'exclusive', 'inclusive', [ last ] ],
				[ 'inclusive', 'exclusive', [ id ] ],
				[ 'exclusive', 'exclusive', [] ],
			] as const ) {
				await api.sandbox( 'POST', '/switches', {
					periodStart,
					periodEnd,
				} );
				const rows = await found( api, PATH, {
					customerRef: ref,
					taxDate: `${ from }/${ to }`,
				} );
				assert.deepEqual(
					rows.map( ( row ) => row.orderId ),
					wanted
				);
			}
		},
	},
	{
		id: 'order-search/extra-filters',
		fact: 'placedOn, shippingMethodId, projectId, leadSourceId and isClone filter without being columns',
		source: 'resources §1.10',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { ref } = await own( api, {
				placedOn: '2026-02-03T10:00:00+00:00',
			} );
			const rows = await found( api, PATH, {
				customerRef: ref,
				placedOn: '2026-02-03T00:00:00Z/2026-02-04T00:00:00Z',
				shippingMethodId: '0',
				projectId: '0',
				isClone: 'false',
			} );
			assert.equal( rows.length, 1 );
			assert( rows[ 0 ] && ! ( 'placedOn' in rows[ 0 ] ) );
		},
	},
];
