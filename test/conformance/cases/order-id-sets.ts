/**
 * Id sets and OPTIONS, on orders (platform reference, §1.3, §1.4).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { at, codes, list, makeSale, refused, response } from '../order-kit.ts';

const PATH = '/order-service/order';
const NONE = 999_999_999;

async function ids( api: Api, set: string ): Promise< unknown[] > {
	const reply = await api.get( `${ PATH }/${ set }` );
	assert.equal( reply.status, 200, reply.text );
	return list( response( reply ) ).map( ( order ) => at( order, 'id' ) );
}

const uris = async ( api: Api, path: string ): Promise< string[] > => {
	const reply = await api.options( path );
	assert.equal( reply.status, 200, reply.text );
	return list( response( reply, 'getUris' ) ).map( String );
};

/** Every id that a set of ranges names. */
const expand = ( set: string ): number[] =>
	set.split( ',' ).flatMap( ( part ) => {
		const [ from = 0, to = from ] = part.split( '-' ).map( Number );
		return Array.from( { length: to - from + 1 }, ( _, n ) => from + n );
	} );

export const idSetCases: readonly ConformanceCase[] = [
	{
		id: 'id-set/single-and-list',
		fact: 'An id set is one id or an ascending list with commas',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const first = await makeSale( api );
			const second = await makeSale( api );
			assert.deepEqual( await ids( api, `${ first }` ), [ first ] );
			assert.deepEqual( await ids( api, `${ first },${ second }` ), [
				first,
				second,
			] );
		},
	},
	{
		id: 'id-set/range-is-inclusive',
		fact: 'A range takes in both its ends',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const first = await makeSale( api );
			const second = await makeSale( api );
			const got = await ids( api, `${ first }-${ second }` );
			assert( got.includes( first ) && got.includes( second ) );
		},
	},
	{
		id: 'id-set/mixture',
		fact: 'Ranges and single ids can be mixed in ascending order',
		source: 'platform §1.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const got = await ids( api, `${ id }-${ id + 3 },${ NONE }` );
			assert( got.includes( id ) );
		},
	},
	{
		id: 'id-set/descending-is-refused',
		fact: 'A comma list that does not ascend is 400 CMNC-006',
		source: 'platform §1.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const reply = await api.get( `${ PATH }/${ id + 1 },${ id }` );
			refused( reply );
			assert( codes( reply ).includes( 'CMNC-006' ) );
		},
	},
	{
		id: 'id-set/dotted-list-may-descend',
		fact: 'A list with dots may come in any order',
		source: 'platform §1.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const got = await ids( api, `${ NONE }.${ id }` );
			assert.deepEqual( got, [ id ] );
		},
	},
	{
		id: 'id-set/not-an-id',
		fact: 'A set that holds no ids is refused',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			for ( const set of [ '0', '5-3', 'x', '1,,2', '-4' ] ) {
				refused( await api.get( `${ PATH }/${ set }` ) );
			}
		},
	},
	{
		id: 'id-set/more-than-200',
		fact: 'A GET takes at most 200 ids; what a larger set answers is a switch',
		source: 'platform §1.3',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const within = await api.get( `${ PATH }/1-200` );
			assert.equal( within.status, 200 );
			refused( await api.get( `${ PATH }/1-201` ) );
			await api.sandbox( 'POST', '/switches', { idLimit: 500 } );
			const more = await api.get( `${ PATH }/1-201` );
			assert.equal( more.status, 200 );
		},
	},
	{
		id: 'id-set/too-large-answers',
		fact: 'What a set that is too large answers is not known: 400, or 414 for its length',
		source: 'platform §1.3',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			for ( const largeIdSets of [ 400, 414 ] ) {
				await api.sandbox( 'POST', '/switches', { largeIdSets } );
				refused( await api.get( `${ PATH }/1-201` ), largeIdSets );
			}
		},
	},
	{
		id: 'options/relative-to-the-service',
		fact: '`OPTIONS` names the existing ids in addresses relative to the service',
		source: 'platform §1.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			assert.deepEqual( await uris( api, `${ PATH }/${ id }` ), [
				`/order/${ id }`,
			] );
			const reply = await api.get(
				`/order-service${ ( await uris( api, `${ PATH }/${ id }` ) )[ 0 ] ?? '' }`
			);
			assert.equal( response( reply, 0, 'id' ), id );
		},
	},
	{
		id: 'options/nothing-exists',
		fact: '`OPTIONS` of a set of which nothing exists is 200 with no addresses',
		source: 'platform §1.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.options( `${ PATH }/${ NONE }` );
			assert.equal( reply.status, 200 );
			assert.deepEqual( reply.json, { response: { getUris: [] } } );
		},
	},
	{
		id: 'options/set-may-be-left-out',
		fact: 'Without an id set `OPTIONS` names all, in addresses of at most 200 ids',
		source: 'platform §1.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const all = await uris( api, PATH );
			const named = all.map( ( uri ) =>
				expand( uri.replace( /^\/order\//, '' ) )
			);
			assert( named.flat().includes( id ) );
			assert( named.every( ( set ) => set.length <= 200 ) );
		},
	},
	{
		id: 'options/gaps-are-cut-out',
		fact: 'Ids that do not exist are cut out of the ranges',
		source: 'platform §1.4',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const first = await makeSale( api );
			const credit = await makeSale( api, {}, 'sales-credit' );
			const second = await makeSale( api );
			// A credit takes an id of the same space and is no sales order.
			assert( first < credit && credit < second );
			const got = await uris(
				api,
				`/order-service/sales-order/${ first }-${ second }`
			);
			const named = got.flatMap( ( uri ) =>
				expand( uri.replace( /^\/sales-order\//, '' ) )
			);
			assert( named.includes( first ) && named.includes( second ) );
			assert( ! named.includes( credit ) );
		},
	},
	{
		id: 'options/counts-as-a-request',
		fact: '`OPTIONS` counts against the limit',
		source: 'platform §1.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const left = ( headers: Readonly< Record< string, string > > ) =>
				Number( headers[ 'brightpearl-requests-remaining' ] );
			const before = await api.options( `${ PATH }/${ NONE }` );
			const after = await api.options( `${ PATH }/${ NONE }` );
			const used = left( before.headers ) - left( after.headers );
			// A new period may have begun between the two.
			assert( used !== 0, 'nothing was counted' );
		},
	},
	{
		id: 'options/sales-order',
		fact: '`OPTIONS` stands on sales-order, with addresses of at most 200 ids',
		source: 'platform §1.3, §1.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const path = '/order-service/sales-order';
			assert.deepEqual( await uris( api, `${ path }/${ id }` ), [
				`/sales-order/${ id }`,
			] );
			const named = ( await uris( api, path ) ).map( ( uri ) =>
				expand( uri.replace( /^\/sales-order\//, '' ) )
			);
			assert( named.flat().includes( id ) );
			assert( named.every( ( set ) => set.length <= 200 ) );
		},
	},
	{
		id: 'options/product-price-of-all',
		fact: '`OPTIONS` of product-price takes `*` for all products',
		source: 'resources §3.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const named = (
				await uris( api, '/product-service/product-price/*' )
			).map( ( uri ) =>
				expand( uri.replace( /^\/product-price\//, '' ) )
			);
			assert( named.flat().includes( id ) );
			assert( named.every( ( set ) => set.length <= 200 ) );
		},
	},
	...[
		[ 'product', '/product-service/product' ],
		[ 'contact', '/contact-service/contact' ],
		[ 'product-price', '/product-service/product-price' ],
	].map( ( [ name = '', path = '' ] ): ConformanceCase => ( {
		id: `options/${ name }`,
		fact: `\`OPTIONS\` stands on ${ name } too`,
		source: 'platform §1.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing(
				name === 'contact' ? 'contact' : 'product'
			);
			const got = await uris( api, `${ path }/${ id }` );
			assert( got[ 0 ]?.startsWith( `/${ name }/${ id }` ), got[ 0 ] );
		},
	} ) ),
];
