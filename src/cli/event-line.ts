/**
 * One line of the live picture for one thing that happened; null = nothing a person watching
 * would care for.
 */
import type { App } from '../app-port.ts';
import type { FlowEvent } from '../flows/events.ts';
import type { Output } from './output.ts';
import { count } from './text.ts';

/** What of it the command line's contract (§4, `serve`) knows. */
type ToldEvent = Extract< FlowEvent, { event: 'order' | 'stock' | 'problem' } >;

/** Prints what happens, one line each, as long as the app lives. */
export function printEvents( app: App, output: Output ): void {
	app.events.subscribe( ( event ) => {
		// How far a run is and what a screen should read anew are the console's alone.
		if ( event.event !== 'progress' && event.event !== 'changed' ) {
			output.line( event, eventLine( event ) );
		}
	} );
}

export function eventLine( event: ToldEvent ): string | null {
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
