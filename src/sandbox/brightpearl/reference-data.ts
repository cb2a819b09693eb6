/**
 * Reference data of the product service, and how all of it is read (resources reference, §3.5).
 */
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Handler, Route } from './call.ts';
import { notFound } from './codes.ts';
import type { PriceList } from './profile.ts';
import { answer, refuse } from './reply.ts';

/** `GET` of reference data: all of it, or a set; nothing found is 404. */
export const listRoute =
	< T extends { readonly id: number } >(
		what: string,
		listOf: ( account: Account ) => readonly T[],
		show: ( entry: T, account: Account ) => unknown
	): Handler =>
	( call ) => {
		const ids = idsOf( call );
		if ( ! ids.ok ) {
			return ids.reply;
		}
		const wanted = ids.value;
		const found = listOf( call.account ).filter(
			( entry ) => wanted?.includes( entry.id ) ?? true
		);
		return found.length === 0
			? refuse( 404, notFound( `No ${ what } Found` ) )
			: answer( found.map( ( entry ) => show( entry, call.account ) ) );
	};

export const currencyOf = ( account: Account, list: PriceList ) =>
	account.profile.currencies.find( ( { id } ) => id === list.currencyId ) ?? {
		code: account.profile.baseCurrency,
		symbol: '',
	};

const CHANNEL_BRAND = { channelTypeId: 1, channelBrandId: 1 };

export const referenceRoutes: readonly Route[] = [
	route(
		'GET',
		'/product-service/channel/{ids?}',
		'get-channel',
		listRoute(
			'Channel',
			( account ) => account.profile.channels,
			( channel, account ) => ( {
				id: channel.id,
				name: channel.name,
				...CHANNEL_BRAND,
				...( channel.defaultWarehouseId === null
					? {}
					: {
							defaultWarehouseId: channel.defaultWarehouseId,
							contactGroupId: 1,
							defaultPriceListId: channel.priceListId,
							warehouseIds: channel.warehouseIds,
							showInChannelMenu: true,
							integrationDetail: {
								installedIntegrationId:
									account.profile.integrationId,
								configSetId: 2,
								providerCode: 'pearlbridge',
								integrationTypeCode: 'WEB',
								active: true,
							},
						} ),
			} )
		)
	),
	route(
		'GET',
		'/product-service/price-list/{ids?}',
		'get-price-list',
		listRoute(
			'Price List',
			( account ) => account.profile.priceLists,
			( list, account ) => ( {
				id: list.id,
				name: {
					languageCode: 'en',
					text: list.name,
					format: 'PLAINTEXT',
				},
				code: list.code,
				currencyCode: currencyOf( account, list ).code,
				currencySymbol: currencyOf( account, list ).symbol,
				currencyId: list.currencyId,
				priceListTypeCode: list.type,
				gross: list.gross,
			} )
		)
	),
];
