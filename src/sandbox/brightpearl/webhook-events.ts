/**
 * What can be subscribed to (platform reference, §6.3): whole events, and every prefix of one.
 * `order.created` and all of `contact` cannot.
 */
import type { ResourceChange } from './model.ts';

const EVENTS: readonly string[] = [
	'drop-ship-note.created',
	'drop-ship-note.destroyed',
	'drop-ship-note.modified.shipped',
	'goods-in-note.created',
	'quarantine-release.created',
	'goods-out-note.created',
	'goods-out-note.destroyed',
	'goods-out-note.modified',
	...[
		'printed',
		'picked',
		'packed',
		'shipped',
		'un-printed',
		'un-picked',
		'un-packed',
	].map( ( step ) => `goods-out-note.modified.${ step }` ),
	'order.modified',
	'order.modified.fully-shipped',
	'order.modified.order-status',
	'sales-order.created',
	'product.created',
	'product.destroyed',
	'product.modified',
	'product.modified.on-hand-modified',
];

const covers = ( subscribed: string, event: string ): boolean =>
	event === subscribed || event.startsWith( `${ subscribed }.` );

export const isSubscribable = ( subscribeTo: string ): boolean =>
	EVENTS.some( ( event ) => covers( subscribeTo, event ) );

export const fullEventOf = ( {
	resourceType,
	lifecycle,
	specifier,
}: Pick<
	ResourceChange,
	'resourceType' | 'lifecycle' | 'specifier'
> ): string =>
	[
		resourceType,
		lifecycle,
		...( specifier === null ? [] : [ specifier ] ),
	].join( '.' );

/** Nothing is sent for what cannot be subscribed to, whatever the prefix. */
export const isRaisedFor = ( subscribeTo: string, event: string ): boolean =>
	covers( subscribeTo, event ) && isSubscribable( event );
