/** Price lists, channels and the contact service's lists (resources reference, §2.5, §3.4, §3.5). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { at, hasColumns, list, response } from '../stock-kit.ts';

export const referenceCases: readonly ConformanceCase[] = [
	{
		id: 'price-list/recorded-shape',
		fact: 'A price list has a name in a language, a code, a currency, its type and whether it shows tax',
		source: 'resources §3.4',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/product-service/price-list' ) )
			);
			assert( all.length > 0 );
			for ( const one of all ) {
				assert( Number.isInteger( at( one, 'id' ) ) );
				assert.equal( typeof at( one, 'name', 'text' ), 'string' );
				assert.equal( at( one, 'name', 'format' ), 'PLAINTEXT' );
				assert.match(
					String( at( one, 'currencyCode' ) ),
					/^[A-Z]{3}$/
				);
				assert( Number.isInteger( at( one, 'currencyId' ) ) );
				assert.match(
					String( at( one, 'priceListTypeCode' ) ),
					/^(BUY|SELL)$/
				);
				assert.equal( typeof at( one, 'gross' ), 'boolean' );
			}
		},
	},
	{
		id: 'channel/recorded-shape',
		fact: 'A channel has id, name, type and brand; more only where it was set up',
		source: 'resources §3.5',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/product-service/channel' ) )
			);
			assert( all.length > 0 );
			for ( const one of all ) {
				for ( const field of [
					'id',
					'channelTypeId',
					'channelBrandId',
				] ) {
					assert( Number.isInteger( at( one, field ) ), field );
				}
				assert.equal( typeof at( one, 'name' ), 'string' );
				const warehouseIds = at( one, 'warehouseIds' );
				if ( warehouseIds !== undefined ) {
					assert( list( warehouseIds ).every( Number.isInteger ) );
				}
			}
		},
	},
	{
		id: 'channel-brand/list',
		fact: 'channel-brand can be read',
		source: 'resources §3.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/product-service/channel-brand' );
			assert.equal( reply.status, 200, reply.text );
		},
	},
	{
		id: 'lead-source/list',
		fact: 'Lead sources have id, owner, parent, name and whether they are active',
		source: 'resources §2.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			for ( const one of list(
				response( await api.get( '/contact-service/lead-source' ) )
			) ) {
				assert( Number.isInteger( at( one, 'id' ) ) );
				assert.equal( typeof at( one, 'name' ), 'string' );
				assert.equal( typeof at( one, 'isActive' ), 'boolean' );
			}
		},
	},
	{
		id: 'tag/keyed-by-id',
		fact: 'Tags are an object keyed by tag id',
		source: 'resources §2.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/contact-service/tag' );
			if ( reply.status === 404 ) {
				api.skip( 'the account has no tags' );
			}
			for ( const [ id, tag ] of Object.entries(
				response( reply ) as object
			) ) {
				assert.equal( String( at( tag, 'tagId' ) ), id );
				assert.equal( typeof at( tag, 'tagName' ), 'string' );
			}
		},
	},
	{
		id: 'company-search/columns',
		fact: 'company-search has companyId and name',
		source: 'resources §2.5',
		mark: 'C',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				'/contact-service/company-search',
				'companyId name'
			),
	},
	...[ 'contact-group-search', 'contact-group-member-search' ].map(
		( path ): ConformanceCase => ( {
			id: `${ path }/exists`,
			fact: `${ path } exists`,
			source: 'resources §2.5',
			mark: 'C',
			mode: 'read',
			run: async ( api ) => {
				const reply = await api.get( `/contact-service/${ path }` );
				assert.equal( reply.status, 200, reply.text );
				list( response( reply, 'results' ) );
			},
		} )
	),
];
