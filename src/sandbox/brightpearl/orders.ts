/**
 * `order`: the resource of orders of every type (resources reference, §1.1, §1.4).
 */
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import { customFieldSections } from './custom-fields.ts';
import { existing } from './existing.ts';
import { orderFieldsOf } from './order-custom-fields.ts';
import { createLegacyOrder } from './order-legacy.ts';
import { patchOrder } from './order-patch.ts';
import { showOrder } from './order-view.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

const SECTIONS = [ 'customFields', 'nullCustomFields' ];

/** What an unknown section does is not known: the same as an unknown parameter. */
function faultOfSections( call: Call ): Reply | null {
	const unknown = ( call.query.get( 'includeOptional' ) ?? '' )
		.split( ',' )
		.filter( ( name ) => name !== '' && ! SECTIONS.includes( name ) );
	return unknown.length === 0 || call.switches.unknownParameters === 'ignore'
		? null
		: refuse(
				400,
				...unknown.map( ( name ) =>
					problem(
						INVENTED.searchParameter,
						`There is no optional section ${ name }`
					)
				)
			);
}

/** Nothing found is 200 `[]` here, unlike everywhere else (platform reference, §5.4). */
function readOrders( call: Call ): Reply {
	const refused = faultOfSections( call );
	if ( refused ) {
		return refused;
	}
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	return answer(
		( ids.value ?? [] )
			.flatMap( ( id ) => call.account.tables.orders.get( id ) ?? [] )
			.map( ( order ) => ( {
				...showOrder( call.account, order ),
				...customFieldSections(
					call,
					order.customFields ?? {},
					orderFieldsOf( order )
				),
			} ) )
	);
}

export const orderRoutes: readonly Route[] = [
	route( 'POST', '/order-service/order', 'post-order', createLegacyOrder ),
	route( 'GET', '/order-service/order/{ids}', 'get-order', readOrders ),
	route( 'PATCH', '/order-service/order/{id}', 'patch-order', patchOrder ),
	route(
		'OPTIONS',
		'/order-service/order/{ids?}',
		'options-order',
		( call ) => existing( call, '/order', call.account.tables.orders.ids() )
	),
];
