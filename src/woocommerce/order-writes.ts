/**
 * What we write on the shop's orders: our own hidden meta, private notes, statuses (WooCommerce
 * reference 2, §4).
 *
 * Meta and statuses go through our plugin where the shop has it: it alone can hold customer mails
 * back, and it does not tell us of our own meta. Otherwise by REST, one order at a time: within a
 * batch WooCommerce makes a status that it does not know `pending`, where a single write is
 * refused.
 */
import type { ProblemDraft } from '../contracts/problem.ts';
import { fail, hold, ok, type Result } from '../contracts/result.ts';
import type { Store } from '../contracts/store.ts';
import type { RefusedReply } from './classify.ts';
import type { StorePlugin } from './plugin.ts';
import type { Transport } from './transport.ts';

/** Before WooCommerce's own note "Order status changed from … to …". */
const STATUS_NOTE = 'Set by Pearlbridge, as it is in Brightpearl.';

export type OrderWriter = Pick<
	Store,
	'writeOrderMeta' | 'addPrivateNote' | 'writeOrderStatus'
>;

export function createOrderWriter( {
	transport,
	plugin: pluginOf,
}: {
	readonly transport: Pick< Transport, 'send' >;
	/** Null = the shop is not paired. */
	readonly plugin: () => Promise< StorePlugin | null >;
} ): OrderWriter {
	async function byRest(
		method: 'POST' | 'PUT',
		route: string,
		body: unknown,
		refusalOf: ( reply: RefusedReply ) => ProblemDraft | null = () => null
	): Promise< Result< true | null > > {
		const reply = await transport.send( method, route, body );
		if ( reply.ok ) {
			return ok( true );
		}
		if ( isUnknownOrder( reply ) ) {
			return ok( null );
		}
		const refusal = refusalOf( reply );
		return refusal === null ? fail( reply.failure ) : hold( refusal );
	}

	return {
		async writeOrderMeta( orderId, meta ) {
			const plugin = await pluginOf();
			const answer = await plugin?.orderMeta( [
				{ id: orderId, meta: { ...meta } },
			] );
			if ( answer?.ok === false && answer.failure.kind === 'retry' ) {
				return answer;
			}
			if ( answer?.ok !== true || answer.value === null ) {
				// What the plugin refuses it has not done, and REST does the same.
				return byRest( 'PUT', `orders/${ orderId }`, {
					meta_data: Object.entries( meta ).map(
						( [ key, value ] ) => ( { key, value } )
					),
				} );
			}
			const result = answer.value.results.find(
				( { id } ) => id === orderId
			);
			if ( result?.ok === true ) {
				return ok( true );
			}
			return result?.code === 'unknown_order'
				? ok( null )
				: hold( metaRefused( orderId, result?.message ?? null ) );
		},

		addPrivateNote: ( orderId, text ) =>
			byRest( 'POST', `orders/${ orderId }/notes`, {
				note: text,
				customer_note: false,
			} ),

		async writeOrderStatus( orderId, status, { quiet } ) {
			const plugin = await pluginOf();
			const answer = await plugin?.orderStatus( {
				id: orderId,
				status,
				quiet,
				note: STATUS_NOTE,
			} );
			if ( answer?.ok === true && answer.value !== 'no-route' ) {
				switch ( answer.value ) {
					case 'set':
						return ok( true );
					case 'unknown-order':
						return ok( null );
					case 'unknown-status':
						return hold( statusUnknown( status ) );
				}
			}
			if (
				answer?.ok === false &&
				( quiet || answer.failure.kind === 'retry' )
			) {
				return answer;
			}
			return quiet
				? hold( notQuiet( plugin === null ? 'none' : 'old' ) )
				: byRest(
						'PUT',
						`orders/${ orderId }`,
						{ status },
						( reply ) =>
							isUnknownStatus( reply )
								? statusUnknown( status )
								: null
					);
		},
	};
}

/** 404 where it is read, 400 where it is changed (recorded). */
function isUnknownOrder( { status, code }: RefusedReply ): boolean {
	return (
		( status === 404 || status === 400 ) &&
		/^woocommerce_rest_(?:shop_)?order_invalid_id$/.test( code ?? '' )
	);
}

/** Nothing else of such a request could be wrong. */
function isUnknownStatus( { status, code }: RefusedReply ): boolean {
	return status === 400 && code === 'rest_invalid_param';
}

function refused(
	field: string,
	message: string,
	cause: string,
	fix: string
): ProblemDraft {
	return { code: 'write-back-refused', field, message, cause, fix };
}

function statusUnknown( status: string ): ProblemDraft {
	return refused(
		'writeBack.status',
		`The shop has no order status "${ status }", so it was not written.`,
		'The setting has a slip of the pen, or the plugin that added the status was switched off.',
		'Correct writeBack.status, or bring the status back in the shop.'
	);
}

function notQuiet( plugin: 'none' | 'old' ): ProblemDraft {
	return refused(
		'writeBack.mails',
		'A status of Brightpearl was not written into the shop, because the customer would get a mail.',
		plugin === 'none'
			? 'writeBack.mails is "quiet", which only the Pearlbridge plugin in the shop can do, and the shop is not paired with it.'
			: 'writeBack.mails is "quiet", and the Pearlbridge plugin in the shop is too old for it, or switched off.',
		`${ plugin === 'none' ? 'Pair the plugin' : 'Update or activate the plugin' }, or set writeBack.mails to "send" if the shop's own mails are welcome.`
	);
}

function metaRefused( orderId: number, said: string | null ): ProblemDraft {
	return refused(
		'writeBack.meta',
		`Our meta could not be written on order ${ orderId } of the shop: ${ said ?? 'it does not say why.' }`,
		'A plugin of the shop fails when an order is saved.',
		'Look into the log of WooCommerce (WooCommerce → Status → Logs), then retry.'
	);
}
