/**
 * Into the trash, out of it, and gone (platform notes, part 2, §5).
 */
import type { Order } from './model.ts';
import type { Shop } from './shop.ts';

/** The stock stays where it is; `order.deleted` is sent, `order.updated` is not. */
export function trashOrder( shop: Shop, order: Order ): void {
	order.meta_data.push(
		{
			id: shop.nextId( 'meta' ),
			key: '_wp_trash_meta_status',
			value: `wc-${ order.status }`,
		},
		{
			id: shop.nextId( 'meta' ),
			key: '_wp_trash_meta_time',
			value: String( shop.now() / 1000 ),
		}
	);
	order.status = 'trash';
	order.modified = shop.now();
	shop.fire( 'order.deleted', order.id );
	shop.touch();
}

/** As wp-admin does it: the old status again, and `order.restored` alone. */
export function untrashOrder( shop: Shop, order: Order ): void {
	const was = order.meta_data.find(
		( { key } ) => key === '_wp_trash_meta_status'
	);
	order.status = String( was?.value ?? 'wc-pending' ).replace( /^wc-/, '' );
	order.meta_data = order.meta_data.filter(
		( { key } ) => ! key.startsWith( '_wp_trash_meta_' )
	);
	order.modified = shop.now();
	shop.fire( 'order.restored', order.id );
	shop.touch();
}

/** For good, without a word to anybody, and without giving stock back. */
export function eraseOrder( shop: Shop, order: Order ): void {
	shop.orders.delete( order.id );
	shop.touch();
}
