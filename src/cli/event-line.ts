/**
 * One line of the live picture for one thing that happened; null = nothing a person watching
 * would care for.
 */
import type { FlowEvent } from '../flows/events.ts';
import { count } from './text.ts';

export function eventLine( event: FlowEvent ): string | null {
	switch ( event.event ) {
		case 'order':
			return orderLine( event );
		case 'stock':
			return event.changes.length === 0
				? null
				: `stock   ${ event.changes
						.map(
							( { sku, from, to } ) =>
								`${ sku } ${ from ?? '–' } → ${ to }`
						)
						.join( ', ' ) }`;
		case 'problem':
			return `problem ${ event.problem.subject }: ${ event.problem.message }`;
	}
}

function orderLine(
	event: Extract< FlowEvent, { event: 'order' } >
): string | null {
	const order = `order   ${ event.number ?? event.orderId }`;
	if ( event.state !== 'synced' ) {
		// What is on its way is told when it has arrived; problems have a line of their own.
		return event.state === 'held' || event.state === 'ignored'
			? `${ order } is ${ event.state }`
			: null;
	}
	const facts = [
		event.rows === null ? null : count( event.rows, 'row' ),
		event.total === null
			? null
			: `${ event.total } ${ event.currency ?? '' }`.trimEnd(),
		event.allocation === null ? null : `allocated: ${ event.allocation }`,
	].filter( ( fact ) => fact !== null );
	return `${ order } → Brightpearl ${ event.salesOrderId ?? '–' }${
		facts.length === 0 ? '' : ` (${ facts.join( ', ' ) })`
	}`;
}
